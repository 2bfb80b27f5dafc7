#include "domain/customers/relationship_change.h"

#include <algorithm>
#include <array>

#include "domain/customers/holdings.h"
#include "domain/customers/relationships.h"
#include "domain/policies/policy_rules.h"
#include "domain/rules.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

constexpr std::array<AcceptanceRule, 3> kAcceptance{{
    {"partner_sells", "an indirect reseller invites together with its provider",
     [](const Acceptance& a) { return a.partner.kind == PartnerKind::IndirectReseller; }},
    {"reseller_buys_through_partner", "the reseller does not buy through this partner",
     [](const Acceptance& a) {
       const auto related = [&](const std::string& key) {
         return equal_ignoring_case(key, a.partner.domain);
       };
       return a.reseller != nullptr &&
              std::none_of(a.reseller->providers.begin(), a.reseller->providers.end(), related);
     }},
    {"no_other_partner", "the customer buys from another partner",
     [](const Acceptance& a) {
       return !a.customer.partner_key.empty() &&
              !equal_ignoring_case(a.customer.partner_key, a.partner.domain);
     }},
}};

constexpr std::array<EndRule, 3> kEnd{{
    {"reservations_cancelled", ErrorCode::OrderNotCancellable,
     [](const EndFacts& f) {
       return f.end == RelationshipEnd::Relationship && holds_reservation(f.world, f.customer);
     }},
    {"subscriptions_suspended", ErrorCode::OrderNotCancellable,
     [](const EndFacts& f) {
       return f.end == RelationshipEnd::Relationship &&
              f.env.switches.is({Switch::RelationshipEnd, "reservations-and-subscriptions"}) &&
              holds_active_subscription(f.world, f.customer);
     }},
    {"administration_granted", ErrorCode::OperationNotSupported,
     [](const EndFacts& f) {
       return f.end == RelationshipEnd::DelegatedAccess && !f.customer.delegated_access;
     }},
}};

}  // namespace

std::span<const AcceptanceRule> acceptance_rules() { return kAcceptance; }

std::string_view accept_relationship(World& world, const Acceptance& acceptance, Trace* trace) {
  if (const auto* broken = first_broken(acceptance_rules(), acceptance, trace)) {
    return broken->refusal;
  }
  const std::string reseller =
      acceptance.reseller == nullptr ? std::string{} : lower(acceptance.reseller->domain);
  Customer& customer = *world.customers.edit(acceptance.customer.id);
  customer.partner_key = lower(acceptance.partner.domain);
  customer.reseller_key = reseller;
  customer.delegated_access = acceptance.delegated_access;
  return {};
}

std::span<const EndRule> end_rules() { return kEnd; }

Result<Done> check_end(const EndFacts& facts) {
  if (const auto* broken = first_broken(end_rules(), facts, facts.env.trace)) {
    return broken->error;
  }
  return Done{};
}

void end_relationship(World& world, const std::string& customer_id, const Partner& partner,
                      RelationshipEnd end) {
  Customer& customer = *world.customers.edit(customer_id);
  if (end == RelationshipEnd::DelegatedAccess) {
    customer.delegated_access = false;
    return;
  }
  customer.reseller_key.clear();
  if (partner.kind != PartnerKind::IndirectReseller) {
    customer.partner_key.clear();
    world.policies.erase(policy_key(partner, customer.id));
  }
}

}  // namespace pcsim
