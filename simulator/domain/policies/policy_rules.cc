#include "domain/policies/policy_rules.h"

#include <algorithm>
#include <array>

#include "domain/customers/customer_rules.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

constexpr std::array<std::string_view, 2> kResources{"AzureReservedInstances", "AzureSavingsPlan"};

Error invalid(std::string_view pointer) {
  return Error{ErrorCode::InvalidRequestInput, {}, std::string{pointer}};
}

bool known_resource(std::string_view resource) {
  return std::any_of(kResources.begin(), kResources.end(),
                     [&](std::string_view row) { return equal_ignoring_case(row, resource); });
}

Result<Done> check_permissions(const PolicyDraft& draft) {
  if (draft.permissions.empty()) {
    return invalid("/permissions");
  }
  for (std::size_t i = 0; i < draft.permissions.size(); ++i) {
    const auto pointer = "/permissions/" + std::to_string(i);
    if (!known_resource(draft.permissions[i].resource)) {
      return invalid(pointer + "/resource");
    }
    if (!equal_ignoring_case(draft.permissions[i].action, "Purchase")) {
      return invalid(pointer + "/action");
    }
  }
  return Done{};
}

}  // namespace

std::string policy_id(std::string_view grantor, std::string_view customer) {
  return lower(grantor) + "_" + lower(customer);
}

Result<std::string> customer_of_policy_id(const Partner& partner, std::string_view id) {
  const auto parts = split(id, '_');
  if (parts.size() != 2 || !is_guid(parts[0]) || !is_guid(parts[1])) {
    return ErrorCode::SelfServePolicyIdIncorrect;
  }
  if (!equal_ignoring_case(parts[0], partner.tenant_id)) {
    return ErrorCode::SelfServePolicyNotFound;
  }
  return lower(parts[1]);
}

std::string policy_key(const Partner& partner, std::string_view customer_id) {
  return policy_id(partner.domain, customer_id);
}

const SelfServePolicy* find_policy(const World& world, const Partner& partner,
                                   std::string_view customer_id) {
  return world.policies.find(policy_key(partner, customer_id));
}

Result<Done> check_policy(const World& world, const Partner& partner, const PolicyDraft& draft) {
  if (!equal_ignoring_case(draft.entity_type, "customer")) {
    return invalid("/selfServeEntity/selfServeEntityType");
  }
  if (!is_guid(draft.entity_tenant)) {
    return invalid("/selfServeEntity/tenantID");
  }
  if (!equal_ignoring_case(draft.grantor_type, "billToPartner")) {
    return invalid("/grantor/grantorType");
  }
  if (!equal_ignoring_case(draft.grantor_tenant, partner.tenant_id)) {
    return invalid("/grantor/tenantID");
  }
  PCSIM_TRY(permissions, check_permissions(draft));
  if (partner.kind == PartnerKind::IndirectReseller) {
    return ErrorCode::PartnerAccessDenied;
  }
  const Customer* customer = world.customers.find(lower(draft.entity_tenant));
  if (customer == nullptr) {
    return ErrorCode::TenantNotFound;
  }
  if (!sees_customer(partner, *customer)) {
    return Error{ErrorCode::NoCommerceRelationship, {partner.tenant_id, draft.entity_tenant}};
  }
  return permissions;
}

Result<Done> check_policy_change(const World& world, const Partner& partner,
                                 const PolicyDraft& draft) {
  if (draft.id.empty() && draft.path_id.empty()) {
    return invalid("/id");
  }
  const auto expected = policy_id(draft.grantor_tenant, draft.entity_tenant);
  for (const auto* id : {&draft.id, &draft.path_id}) {
    if (!id->empty() && !equal_ignoring_case(*id, expected)) {
      return ErrorCode::SelfServePolicyIdIncorrect;
    }
  }
  PCSIM_TRY(members, check_policy(world, partner, draft));
  const SelfServePolicy* found = find_policy(world, partner, draft.entity_tenant);
  if (found == nullptr) {
    return ErrorCode::SelfServePolicyNotFound;
  }
  if (draft.etag.empty()) {
    return invalid("/attributes/etag");
  }
  if (unquoted(draft.etag) != unquoted(found->etag)) {
    return ErrorCode::EtagNoLongerValid;
  }
  return members;
}

std::string policy_etag(std::string_view guid) { return '"' + std::string{guid} + '"'; }

}  // namespace pcsim
