#include "domain/customers/relationships.h"

#include <algorithm>

#include "pcsim/text.h"

namespace pcsim {
namespace {

bool buys_through(const Partner& reseller, const Partner& provider) {
  return reseller.kind == PartnerKind::IndirectReseller &&
         provider.kind == PartnerKind::IndirectProvider &&
         std::any_of(
             reseller.providers.begin(), reseller.providers.end(),
             [&](const std::string& key) { return equal_ignoring_case(key, provider.domain); });
}

Error invalid(const char* name) { return Error{ErrorCode::InvalidRequestInput, {}, name}; }

}  // namespace

std::optional<RelationshipType> relationship_type(std::string_view word) {
  std::string plain = lower(word);
  std::erase(plain, '_');
  if (plain == "isindirectcloudsolutionproviderof") {
    return RelationshipType::IndirectProviderOf;
  }
  if (plain == "isindirectresellerof") {
    return RelationshipType::IndirectResellerOf;
  }
  return std::nullopt;
}

std::string_view relationship_word(RelationshipType type) {
  return type == RelationshipType::IndirectProviderOf ? "is_indirect_cloud_solution_provider_of"
                                                      : "is_indirect_reseller_of";
}

std::vector<const Partner*> related_partners(const World& world, const Partner& partner,
                                             RelationshipType type) {
  std::vector<const Partner*> out;
  for (const auto& [id, other] : world.partners) {
    const bool related = type == RelationshipType::IndirectProviderOf
                             ? buys_through(other, partner)
                             : buys_through(partner, other);
    if (related) {
      out.push_back(&other);
    }
  }
  return out;
}

std::optional<Relationship> partner_beside(const World& world, const Partner& caller,
                                           const Customer& customer) {
  const bool reseller = caller.kind == PartnerKind::IndirectReseller;
  const auto* other =
      partner_of_key(world, reseller ? customer.partner_key : customer.reseller_key);
  if (other == nullptr) {
    return std::nullopt;
  }
  return Relationship{other, reseller ? RelationshipType::IndirectResellerOf
                                      : RelationshipType::IndirectProviderOf};
}

const Partner* partner_of_mpn(const World& world, std::string_view mpn_id) {
  for (const auto& [id, partner] : world.partners) {
    if (!mpn_id.empty() && partner.mpn_id == mpn_id) {
      return &partner;
    }
  }
  return nullptr;
}

const Partner* partner_of_key(const World& world, std::string_view key) {
  for (const auto& [id, partner] : world.partners) {
    if (!key.empty() && equal_ignoring_case(partner.domain, key)) {
      return &partner;
    }
  }
  return nullptr;
}

bool is_numeric(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

Result<const Partner*> asked_mpn_partner(const World& world, const Partner& caller,
                                         const std::optional<std::string>& mpn_id) {
  if (mpn_id && !is_numeric(*mpn_id)) {
    return Error{ErrorCode::InvalidProperty, {}, "mpnId"};
  }
  const auto* found = mpn_id ? partner_of_mpn(world, *mpn_id) : &caller;
  if (found == nullptr || found->mpn_id.empty()) {
    return Error{ErrorCode::PartnerOrganizationNotFound, {mpn_id.value_or(caller.tenant_id)}, {}};
  }
  return found;
}

Result<Invitation> asked_invitation(const World& world, const Partner& caller,
                                    std::string_view provider_id, std::string_view reseller_id) {
  Invitation out{&caller};
  if (!provider_id.empty()) {
    const auto* provider = world.partners.find(lower(provider_id));
    if (provider == nullptr || !buys_through(caller, *provider)) {
      return invalid("indirectCloudSolutionProviderId");
    }
    out.provider = provider;
  }
  if (!reseller_id.empty()) {
    const auto* reseller = world.partners.find(lower(reseller_id));
    if (reseller == nullptr || !buys_through(*reseller, caller)) {
      return invalid("indirectResellerId");
    }
    out = {reseller, &caller};
  }
  return out;
}

}  // namespace pcsim
