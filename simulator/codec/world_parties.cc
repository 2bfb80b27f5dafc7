#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <utility>

#include "codec/member_table.h"
#include "codec/world_sections.h"
#include "domain/policies/policy_rules.h"

namespace pcsim {
namespace {

using namespace members;

using KindChoice = std::pair<std::string_view, PartnerKind>;
Refusal partner_kind(const LocatedJson& node, Partner& target) {
  return choose(node, target.kind,
                std::array{KindChoice{"direct", PartnerKind::Direct},
                           KindChoice{"indirect_provider", PartnerKind::IndirectProvider},
                           KindChoice{"indirect_reseller", PartnerKind::IndirectReseller}});
}

using StatusChoice = std::pair<std::string_view, AccountStatus>;
Refusal account_status(const LocatedJson& node, Customer& target) {
  return choose(node, target.account_status,
                std::array{StatusChoice{"none", AccountStatus::None},
                           StatusChoice{"allowed", AccountStatus::Allowed},
                           StatusChoice{"under_review", AccountStatus::UnderReview},
                           StatusChoice{"not_allowed", AccountStatus::NotAllowed},
                           StatusChoice{"unknown", AccountStatus::Unknown},
                           StatusChoice{"not_ready", AccountStatus::NotReady}});
}

Refusal reservation_discount(const LocatedJson& node, Partner& target) {
  const auto share = node.kind == Kind::Text ? Decimal::parse(node.text) : std::nullopt;
  if (!share || *share < Decimal{} || *share >= Decimal::of(1)) {
    return "must be a decimal from 0 to less than 1 in a string";
  }
  target.reservation_discount = *share;
  return std::nullopt;
}

const std::array kPartner{
    guid<&Partner::tenant_id>("tenant_id"),
    lowered<&Partner::domain>("domain"),
    text<&Partner::company_name>("company_name"),
    text<&Partner::country>("country"),
    Member<Partner>{"kind", true, partner_kind},
    text<&Partner::mpn_id>("mpn_id", Need::Optional),
    texts<&Partner::providers>("providers", Need::Optional),
    Member<Partner>{"reservation_discount", false, reservation_discount},
    number<&Partner::requests_per_minute>("requests_per_minute", Need::Optional),
    guid<&Partner::admin_agents_group>("admin_agents_group"),
    Member<Partner>{"helpdesk_agents_group", false, &read_guid<&Partner::helpdesk_agents_group>},
    Member<Partner>{"sales_agents_group", false, &read_guid<&Partner::sales_agents_group>},
    flag<&Partner::agreement_signed>("agreement_signed", Need::Optional),
    texts<&Partner::agreement_regions>("agreement_regions", Need::Optional),
    flag<&Partner::programme_active>("programme_active", Need::Optional),
    flag<&Partner::sandbox>("sandbox", Need::Optional)};
const std::array kAddress{text<&Address::country>("country"),
                          text<&Address::region>("region", Need::Optional),
                          text<&Address::city>("city", Need::Optional),
                          text<&Address::state>("state", Need::Optional),
                          text<&Address::address_line1>("address_line1", Need::Optional),
                          text<&Address::address_line2>("address_line2", Need::Optional),
                          text<&Address::postal_code>("postal_code", Need::Optional),
                          text<&Address::first_name>("first_name", Need::Optional),
                          text<&Address::last_name>("last_name", Need::Optional),
                          text<&Address::phone_number>("phone_number", Need::Optional),
                          text<&Address::middle_name>("middle_name", Need::Optional)};
const std::array kBillingProfile{
    guid<&BillingProfile::id>("id"),
    text<&BillingProfile::first_name>("first_name", Need::Optional),
    text<&BillingProfile::last_name>("last_name", Need::Optional),
    text<&BillingProfile::email>("email", Need::Optional),
    text<&BillingProfile::culture>("culture", Need::Optional),
    text<&BillingProfile::language>("language", Need::Optional),
    text<&BillingProfile::company_name>("company_name", Need::Optional),
    number<&BillingProfile::etag>("etag", Need::Optional)};
const std::array kCustomer{
    guid<&Customer::id>("id"),
    guid<&Customer::commerce_id>("commerce_id"),
    lowered<&Customer::partner_key>("partner_key", Need::Optional),
    lowered<&Customer::domain>("domain"),
    text<&Customer::company_name>("company_name"),
    text<&Customer::organization_registration_number>("organization_registration_number",
                                                      Need::Optional),
    lowered<&Customer::reseller_key>("reseller_key", Need::Optional),
    text<&Customer::market>("market"),
    flag<&Customer::direct_signed>("direct_signed", Need::Optional),
    flag<&Customer::delegated_access>("delegated_access", Need::Optional),
    flag<&Customer::granular_access>("granular_access", Need::Optional),
    text<&Customer::note>("note", Need::Optional),
    instant<&Customer::created>("created", Need::Optional),
    Member<Customer>{"account_status", false, account_status},
    flag<&Customer::locked>("locked", Need::Optional),
    instant<&Customer::account_reviewed>("account_reviewed", Need::Optional)};
const std::array kAgreement{guid<&Agreement::customer_id>("customer_id"),
                            text<&Agreement::user_id>("user_id", Need::Optional),
                            text<&Agreement::first_name>("first_name"),
                            text<&Agreement::last_name>("last_name"),
                            text<&Agreement::email>("email"),
                            text<&Agreement::phone_number>("phone_number", Need::Optional),
                            text<&Agreement::template_id>("template_id"),
                            text<&Agreement::type>("type"),
                            instant<&Agreement::date_agreed>("date_agreed"),
                            text<&Agreement::middle_name>("middle_name", Need::Optional)};
const std::array kPermission{text<&SelfServePolicy::Permission::resource>("resource"),
                             text<&SelfServePolicy::Permission::action>("action")};
const std::array kPolicy{guid<&SelfServePolicy::customer_id>("customer_id"),
                         lowered<&SelfServePolicy::partner_key>("partner_key"),
                         text<&SelfServePolicy::etag>("etag")};
const std::array kRoleAssignment{
    guid<&RoleAssignment::id>("id"),
    text<&RoleAssignment::scope>("scope"),
    text<&RoleAssignment::role_definition_id>("role_definition_id"),
    guid<&RoleAssignment::principal_id>("principal_id"),
    text<&RoleAssignment::principal_type>("principal_type"),
    instant<&RoleAssignment::created>("created", Need::Optional),
    instant<&RoleAssignment::updated>("updated", Need::Optional),
    text<&RoleAssignment::created_by>("created_by", Need::Optional),
    text<&RoleAssignment::updated_by>("updated_by", Need::Optional),
    text<&RoleAssignment::description>("description", Need::Optional),
    text<&RoleAssignment::condition>("condition", Need::Optional),
    text<&RoleAssignment::condition_version>("condition_version", Need::Optional),
    lowered<&RoleAssignment::tenant_id>("tenant_id", Need::Optional)};

Failure read_customer(LocatedJson item, const std::string& where, World& world) {
  Customer customer{};
  auto profile = take(item, "billing_profile");
  if (Failure failure = read_object<Customer>(item, where, kCustomer, customer)) {
    return failure;
  }
  if (!profile) {
    return DataFailure{where + ".billing_profile", item.line, "is missing"};
  }
  const std::string path = where + ".billing_profile";
  auto address = take(*profile, "default_address");
  if (Failure failure =
          read_object<BillingProfile>(*profile, path, kBillingProfile, customer.billing_profile)) {
    return failure;
  }
  if (!address) {
    return DataFailure{path + ".default_address", profile->line, "is missing"};
  }
  if (Failure failure = read_object<Address>(*address, path + ".default_address", kAddress,
                                             customer.billing_profile.default_address)) {
    return failure;
  }
  const std::string id = customer.id;
  if (world.customers.find(id) != nullptr) {
    return DataFailure{where, item.line, "its id " + id + " appears twice"};
  }
  world.customers.put(id, std::move(customer));
  return std::nullopt;
}

Failure read_policy(LocatedJson item, const std::string& where, World& world) {
  SelfServePolicy policy{};
  const auto permissions = take(item, "permissions");
  if (Failure failure = read_object<SelfServePolicy>(item, where, kPolicy, policy)) {
    return failure;
  }
  if (permissions) {
    if (Failure failure =
            read_list(*permissions, where + ".permissions", kPermission, policy.permissions)) {
      return failure;
    }
  }
  const std::string key = policy_id(policy.partner_key, policy.customer_id);
  if (world.policies.find(key) != nullptr) {
    return DataFailure{where, item.line, "this partner already has a policy for the customer"};
  }
  world.policies.put(key, std::move(policy));
  return std::nullopt;
}

Failure read_customers(const LocatedJson& node, const std::string& path, World& world) {
  return each(node, path, [&](const LocatedJson& item, const std::string& where) {
    return read_customer(item, where, world);
  });
}

Failure read_policies(const LocatedJson& node, const std::string& path, World& world) {
  return each(node, path, [&](const LocatedJson& item, const std::string& where) {
    return read_policy(item, where, world);
  });
}

Failure read_switches(const LocatedJson& node, const std::string& path, World& world) {
  if (node.kind != LocatedJson::Kind::Object) {
    return DataFailure{path, node.line, "must be an object of switches and their options"};
  }
  for (const auto& [name, option] : node.members) {
    if (std::string problem = world.switches.choose_or_explain(name, option.text);
        !problem.empty()) {
      return DataFailure{path + "." + name, option.line, std::move(problem)};
    }
  }
  return std::nullopt;
}

constexpr std::array kSections{
    WorldSection{"switches", read_switches},
    WorldSection{"partners",
                 [](const LocatedJson& node, const std::string& path, World& world) {
                   return read_rows(node, path, kPartner, world.partners, &Partner::tenant_id);
                 }},
    WorldSection{"customers", read_customers},
    WorldSection{"agreements",
                 [](const LocatedJson& node, const std::string& path, World& world) {
                   return read_list(node, path, kAgreement, world.agreements);
                 }},
    WorldSection{"policies", read_policies},
    WorldSection{"role_assignments",
                 [](const LocatedJson& node, const std::string& path, World& world) {
                   return read_rows(node, path, kRoleAssignment, world.role_assignments,
                                    &RoleAssignment::id);
                 }}};

}  // namespace

std::span<const WorldSection> party_sections() { return kSections; }

}  // namespace pcsim
