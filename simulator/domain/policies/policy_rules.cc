#include "domain/policies/policy_rules.h"

#include <algorithm>
#include <array>

#include "domain/customers/customer_rules.h"
#include "domain/rules.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

constexpr std::array<std::string_view, 2> kResources{"AzureReservedInstances", "AzureSavingsPlan"};

/// Savings plans came in 2022.
bool known_resource(std::string_view resource, const Switches& switches) {
  const bool both = switches.is({Switch::PermissionResources, "since-2022"});
  return equal_ignoring_case(kResources[0], resource) ||
         (both && equal_ignoring_case(kResources[1], resource));
}

/// An Azure plan or a Microsoft Azure offer in service that the customer has.
bool has_active_azure(const World& world, const std::string& customer_id) {
  return std::any_of(world.subscriptions.begin(), world.subscriptions.end(),
                     [&](const auto& entry) {
                       const Subscription& one = entry.second;
                       return equal_ignoring_case(one.customer_id, customer_id) &&
                              one.status == SubscriptionStatus::Active &&
                              (one.azure_plan || equal_ignoring_case(one.offer_id, "MS-AZR-0145P"));
                     });
}

bool ids_agree(const PolicyDraft& draft) {
  const auto expected = policy_id(draft.grantor_tenant, draft.entity_tenant);
  return (draft.id.empty() || equal_ignoring_case(draft.id, expected)) &&
         (draft.path_id.empty() || equal_ignoring_case(draft.path_id, expected));
}

constexpr ErrorCode kInvalid = ErrorCode::InvalidRequestInput;

constexpr PolicyRule kIdGiven{"id_given", kInvalid, "/id", [](const PolicyFacts& f) {
                                return f.draft.id.empty() && f.draft.path_id.empty();
                              }};
constexpr PolicyRule kIdsAgree{"id_of_members", ErrorCode::SelfServePolicyIdIncorrect, "/id",
                               [](const PolicyFacts& f) { return !ids_agree(f.draft); }};

constexpr PolicyRule kEntityType{
    "entity_is_customer", kInvalid, "/selfServeEntity/selfServeEntityType",
    [](const PolicyFacts& f) { return !equal_ignoring_case(f.draft.entity_type, "customer"); }};
constexpr PolicyRule kEntityTenant{
    "entity_tenant_is_guid", kInvalid, "/selfServeEntity/tenantID",
    [](const PolicyFacts& f) { return !is_guid(f.draft.entity_tenant); }};
constexpr PolicyRule kGrantorType{
    "grantor_is_bill_to_partner", kInvalid, "/grantor/grantorType", [](const PolicyFacts& f) {
      return !equal_ignoring_case(f.draft.grantor_type, "billToPartner");
    }};
constexpr PolicyRule kGrantorTenant{
    "grantor_is_caller", kInvalid, "/grantor/tenantID", [](const PolicyFacts& f) {
      return !equal_ignoring_case(f.draft.grantor_tenant, f.partner.tenant_id);
    }};
constexpr PolicyRule kPermissions{"permissions_given", kInvalid, "/permissions",
                                  [](const PolicyFacts& f) { return f.draft.permissions.empty(); }};
constexpr PolicyRule kResourcesKnown{
    "resources_known", kInvalid, "/permissions", [](const PolicyFacts& f) {
      return std::any_of(
          f.draft.permissions.begin(), f.draft.permissions.end(),
          [&](const auto& row) { return !known_resource(row.resource, f.switches); });
    }};
constexpr PolicyRule kActions{
    "action_is_purchase", kInvalid, "/permissions", [](const PolicyFacts& f) {
      return std::any_of(
          f.draft.permissions.begin(), f.draft.permissions.end(),
          [](const auto& row) { return !equal_ignoring_case(row.action, "Purchase"); });
    }};
constexpr PolicyRule kBillToPartner{
    "reseller_leaves_it_to_provider", ErrorCode::PartnerAccessDenied, "",
    [](const PolicyFacts& f) { return f.partner.kind == PartnerKind::IndirectReseller; }};
constexpr PolicyRule kCustomer{"customer_exists", ErrorCode::TenantNotFound, "",
                               [](const PolicyFacts& f) { return f.customer == nullptr; }};
constexpr PolicyRule kRelationship{
    "customer_of_partner", ErrorCode::NoCommerceRelationship, "",
    [](const PolicyFacts& f) { return !sees_customer(f.partner, *f.customer); },
    [](const PolicyFacts& f) {
      return std::vector<std::string>{f.partner.tenant_id, f.draft.entity_tenant};
    }};
constexpr PolicyRule kAzure{"customer_has_azure", ErrorCode::InvalidAzureSubscription, "",
                            [](const PolicyFacts& f) {
                              return f.switches.is({Switch::PolicyNeedsAzure, "on"}) &&
                                     !has_active_azure(f.world, f.customer->id);
                            }};
constexpr PolicyRule kNone{"one_policy_per_customer", ErrorCode::SelfServePolicyExists, "",
                           [](const PolicyFacts& f) { return f.existing != nullptr; }};
constexpr PolicyRule kExists{"policy_exists", ErrorCode::SelfServePolicyNotFound, "",
                             [](const PolicyFacts& f) { return f.existing == nullptr; }};
constexpr PolicyRule kEtagGiven{
    "etag_given", kInvalid, "/attributes/etag", [](const PolicyFacts& f) {
      return f.draft.etag.empty() && f.switches.is({Switch::PolicyEtagMissing, "refused"});
    }};
constexpr PolicyRule kEtagCurrent{
    "etag_current", ErrorCode::EtagNoLongerValid, "", [](const PolicyFacts& f) {
      return !f.draft.etag.empty() && unquoted(f.draft.etag) != unquoted(f.existing->etag);
    }};

constexpr std::array kCreation{kEntityType,  kEntityTenant,   kGrantorType, kGrantorTenant,
                               kPermissions, kResourcesKnown, kActions,     kBillToPartner,
                               kCustomer,    kRelationship,   kNone,        kAzure};
constexpr std::array kUpdate{kIdGiven,     kIdsAgree,      kEntityType,  kEntityTenant,
                             kGrantorType, kGrantorTenant, kPermissions, kResourcesKnown,
                             kActions,     kBillToPartner, kCustomer,    kRelationship,
                             kExists,      kEtagGiven,     kEtagCurrent};

/// The wrong permission, so that the error says which one.
std::string place(const PolicyRule& rule, const PolicyDraft& draft, const Switches& switches) {
  const bool resource = rule.name == kResourcesKnown.name;
  if (!resource && rule.name != kActions.name) {
    return std::string{rule.pointer};
  }
  for (std::size_t i = 0; i < draft.permissions.size(); ++i) {
    const auto& row = draft.permissions[i];
    if (resource ? !known_resource(row.resource, switches)
                 : !equal_ignoring_case(row.action, "Purchase")) {
      return std::string{rule.pointer} + "/" + std::to_string(i) +
             (resource ? "/resource" : "/action");
    }
  }
  return std::string{rule.pointer};
}

Result<Done> judge(std::span<const PolicyRule> rules, const World& world, const Partner& partner,
                   const PolicyDraft& draft, const Env& env) {
  if (env.trace != nullptr) {
    env.trace->value("customer", draft.entity_tenant);
  }
  const PolicyFacts facts{world,
                          partner,
                          draft,
                          find_policy(world, partner, draft.entity_tenant),
                          world.customers.find(lower(draft.entity_tenant)),
                          env.switches};
  const auto* broken = first_broken(rules, facts, env.trace);
  if (broken == nullptr) {
    return Done{};
  }
  Error error{broken->error, {}, place(*broken, draft, env.switches)};
  if (broken->arguments != nullptr) {
    error.arguments = broken->arguments(facts);
  }
  return error;
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

std::span<const PolicyRule> policy_creation_rules() { return kCreation; }

std::span<const PolicyRule> policy_update_rules() { return kUpdate; }

Result<Done> check_policy(const World& world, const Partner& partner, const PolicyDraft& draft,
                          const Env& env) {
  return judge(policy_creation_rules(), world, partner, draft, env);
}

Result<Done> check_policy_change(const World& world, const Partner& partner,
                                 const PolicyDraft& draft, const Env& env) {
  return judge(policy_update_rules(), world, partner, draft, env);
}

std::string policy_etag(std::string_view guid) { return '"' + std::string{guid} + '"'; }

}  // namespace pcsim
