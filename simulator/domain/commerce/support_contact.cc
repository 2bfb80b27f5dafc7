#include "domain/commerce/support_contact.h"

#include <array>
#include <string_view>

#include "domain/commerce/purchase.h"
#include "domain/rules.h"

namespace pcsim {
namespace {

struct SupportFacts {
  const Partner* named;
  NamedPartner relation;
  const SupportContact& contact;
};

struct SupportRule {
  std::string_view name;
  ErrorCode error;
  bool (*broken)(const SupportFacts&);
};

constexpr std::array kRules{
    SupportRule{"support tenant is a partner", ErrorCode::MpnIdNotFound,
                [](const SupportFacts& facts) { return facts.named == nullptr; }},
    SupportRule{
        "support id is the tenant's", ErrorCode::MpnIdNotFound,
        [](const SupportFacts& facts) { return facts.named->mpn_id != facts.contact.mpn_id; }},
    SupportRule{
        "support by the seller or its reseller", ErrorCode::MpnIdNotReseller,
        [](const SupportFacts& facts) { return facts.relation == NamedPartner::NoReseller; }},
};

}  // namespace

void list_support_rules(std::vector<RuleRow>& out) {
  list_rules("Support contact", kRules, out);
}

SupportContact support_of(const Subscription& subscription, const Partner& seller) {
  return subscription.support.value_or(
      SupportContact{seller.tenant_id, seller.mpn_id, seller.company_name});
}

Result<Done> check_support(const World& world, const Partner& seller, const SupportContact& contact,
                           Trace* trace) {
  const SupportFacts facts{world.partners.find(contact.tenant_id),
                           named_partner(world, &seller, contact.mpn_id), contact};
  if (const auto* rule = first_broken(kRules, facts, trace)) {
    return rule->error;
  }
  return Done{};
}

}  // namespace pcsim
