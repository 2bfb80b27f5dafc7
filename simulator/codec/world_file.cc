#include "codec/world_file.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <utility>

#include "codec/located_json.h"
#include "codec/time.h"
#include "domain/policies/policy_rules.h"
#include "pcsim/operation.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using Kind = LocatedJson::Kind;
using Refusal = std::optional<std::string>;  // what was expected, when the value does not fit

template <class T>
struct Member {
  std::string_view name;
  bool required;
  Refusal (*read)(const LocatedJson&, T&);
};

template <class T, std::string T::*Field>
Refusal text(const LocatedJson& node, T& target) {
  if (node.kind != Kind::Text) {
    return "must be a string";
  }
  target.*Field = node.text;
  return std::nullopt;
}

template <class T, std::string T::*Field>
Refusal lowered(const LocatedJson& node, T& target) {
  Refusal refusal = text<T, Field>(node, target);
  target.*Field = lower(target.*Field);
  return refusal;
}

template <class T, std::string T::*Field>
Refusal guid(const LocatedJson& node, T& target) {
  if (node.kind != Kind::Text || !is_guid(node.text)) {
    return "must be a GUID";
  }
  target.*Field = lower(node.text);
  return std::nullopt;
}

template <class T, bool T::*Field>
Refusal flag(const LocatedJson& node, T& target) {
  if (node.kind != Kind::Boolean) {
    return "must be true or false";
  }
  target.*Field = node.boolean;
  return std::nullopt;
}

template <class T, std::int64_t T::*Field>
Refusal number(const LocatedJson& node, T& target) {
  if (node.kind != Kind::Integer) {
    return "must be a whole number";
  }
  target.*Field = node.integer;
  return std::nullopt;
}

template <class T, auto Field>
Refusal instant(const LocatedJson& node, T& target) {
  const auto value = node.kind == Kind::Text ? parse_instant(node.text) : std::nullopt;
  if (!value) {
    return "must be a date such as 2024-03-02T09:00:00Z";
  }
  target.*Field = *value;
  return std::nullopt;
}

template <class Value, std::size_t Size>
Refusal choose(const LocatedJson& node, Value& target,
               const std::array<std::pair<std::string_view, Value>, Size>& choices) {
  std::string expected = "must be one of";
  for (const auto& [name, value] : choices) {
    if (node.kind == Kind::Text && node.text == name) {
      target = value;
      return std::nullopt;
    }
    expected += " " + std::string(name);
  }
  return expected;
}

using KindChoice = std::pair<std::string_view, PartnerKind>;
Refusal partner_kind(const LocatedJson& node, Partner& target) {
  return choose(node, target.kind,
                std::array{KindChoice{"direct", PartnerKind::Direct},
                           KindChoice{"indirect_provider", PartnerKind::IndirectProvider},
                           KindChoice{"indirect_reseller", PartnerKind::IndirectReseller}});
}

using StatusChoice = std::pair<std::string_view, SubscriptionStatus>;
Refusal subscription_status(const LocatedJson& node, Subscription& target) {
  return choose(node, target.status,
                std::array{StatusChoice{"active", SubscriptionStatus::Active},
                           StatusChoice{"suspended", SubscriptionStatus::Suspended},
                           StatusChoice{"deleted", SubscriptionStatus::Deleted}});
}

using RoleChoice = std::pair<std::string_view, std::uint32_t>;
Refusal user_roles(const LocatedJson& node, User& target) {
  if (node.kind != Kind::Array) {
    return "must be an array of role names";
  }
  for (const LocatedJson& item : node.items) {
    std::uint32_t role = 0;
    Refusal refusal = choose(
        item, role,
        std::array{RoleChoice{"admin_agent", kAdminAgent}, RoleChoice{"sales_agent", kSalesAgent},
                   RoleChoice{"helpdesk_agent", kHelpdeskAgent},
                   RoleChoice{"global_admin", kGlobalAdmin}, RoleChoice{"user_admin", kUserAdmin}});
    if (refusal) {
      return refusal;
    }
    target.roles |= role;
  }
  return std::nullopt;
}

template <class T>
std::optional<WorldFileError> read_object(const LocatedJson& node, const std::string& path,
                                          std::span<const Member<T>> members, T& target) {
  if (node.kind != Kind::Object) {
    return WorldFileError{path, node.line, "must be an object"};
  }
  for (const auto& [name, value] : node.members) {
    const auto row = std::find_if(members.begin(), members.end(),
                                  [&key = name](const auto& member) { return member.name == key; });
    const std::string member = path + "." + name;
    if (row == members.end()) {
      return WorldFileError{member, value.line, "is not a member of a world file"};
    }
    if (Refusal refusal = row->read(value, target)) {
      return WorldFileError{member, value.line, *refusal};
    }
  }
  for (const auto& row : members) {
    const bool present = std::any_of(node.members.begin(), node.members.end(),
                                     [&](const auto& member) { return member.first == row.name; });
    if (row.required && !present) {
      return WorldFileError{path + "." + std::string(row.name), node.line, "is missing"};
    }
  }
  return std::nullopt;
}

#define TEXT(T, required, field) \
  Member<T> { #field, required, text < T, &T::field> }
#define LOWER(T, required, field) \
  Member<T> { #field, required, lowered < T, &T::field> }
#define GUID(T, required, field) \
  Member<T> { #field, required, guid < T, &T::field> }
#define FLAG(T, required, field) \
  Member<T> { #field, required, flag < T, &T::field> }
#define NUMBER(T, required, field) \
  Member<T> { #field, required, number < T, &T::field> }
#define INSTANT(T, required, field) \
  Member<T> { #field, required, instant < T, &T::field> }

const std::array kPartner{GUID(Partner, true, tenant_id),
                          LOWER(Partner, true, domain),
                          TEXT(Partner, true, company_name),
                          TEXT(Partner, true, country),
                          Member<Partner>{"kind", true, partner_kind},
                          TEXT(Partner, false, mpn_id),
                          GUID(Partner, true, admin_agents_group)};
const std::array kApplication{
    GUID(Application, true, client_id), TEXT(Application, true, client_secret),
    GUID(Application, true, tenant_id), GUID(Application, true, object_id)};
const std::array kUser{GUID(User, true, id),
                       TEXT(User, true, user_principal_name),
                       TEXT(User, true, password),
                       GUID(User, true, tenant_id),
                       TEXT(User, false, display_name),
                       Member<User>{"roles", false, user_roles},
                       FLAG(User, false, mfa)};
const std::array kAddress{TEXT(Address, true, country),        TEXT(Address, false, region),
                          TEXT(Address, false, city),          TEXT(Address, false, state),
                          TEXT(Address, false, address_line1), TEXT(Address, false, address_line2),
                          TEXT(Address, false, postal_code),   TEXT(Address, false, first_name),
                          TEXT(Address, false, last_name),     TEXT(Address, false, phone_number)};
const std::array kBillingProfile{
    GUID(BillingProfile, true, id),           TEXT(BillingProfile, false, first_name),
    TEXT(BillingProfile, false, last_name),   TEXT(BillingProfile, false, email),
    TEXT(BillingProfile, false, culture),     TEXT(BillingProfile, false, language),
    TEXT(BillingProfile, false, company_name)};
const std::array kCustomer{GUID(Customer, true, id),
                           GUID(Customer, true, commerce_id),
                           LOWER(Customer, true, partner_key),
                           LOWER(Customer, true, domain),
                           TEXT(Customer, true, company_name),
                           TEXT(Customer, false, organization_registration_number),
                           LOWER(Customer, false, reseller_key),
                           TEXT(Customer, true, market),
                           FLAG(Customer, false, direct_signed),
                           TEXT(Customer, false, note),
                           INSTANT(Customer, false, created)};
const std::array kAgreement{
    GUID(Agreement, true, customer_id),   TEXT(Agreement, false, user_id),
    TEXT(Agreement, true, first_name),    TEXT(Agreement, true, last_name),
    TEXT(Agreement, true, email),         TEXT(Agreement, false, phone_number),
    TEXT(Agreement, true, template_id),   TEXT(Agreement, true, type),
    INSTANT(Agreement, true, date_agreed)};
const std::array kSubscription{GUID(Subscription, true, id),
                               GUID(Subscription, true, customer_id),
                               TEXT(Subscription, true, offer_id),
                               TEXT(Subscription, true, offer_name),
                               TEXT(Subscription, false, friendly_name),
                               TEXT(Subscription, false, order_id),
                               NUMBER(Subscription, false, quantity),
                               Member<Subscription>{"status", false, subscription_status},
                               INSTANT(Subscription, true, created),
                               INSTANT(Subscription, false, visible_from),
                               INSTANT(Subscription, false, registration_requested),
                               FLAG(Subscription, false, azure_plan),
                               TEXT(Subscription, false, partner_id)};
const std::array kAzureSubscription{
    GUID(AzureSubscription, true, id), GUID(AzureSubscription, true, customer_id),
    GUID(AzureSubscription, true, plan_id), TEXT(AzureSubscription, true, friendly_name),
    FLAG(AzureSubscription, false, active)};
const std::array kPermission{TEXT(SelfServePolicy::Permission, true, resource),
                             TEXT(SelfServePolicy::Permission, true, action)};
const std::array kPolicy{GUID(SelfServePolicy, true, customer_id),
                         LOWER(SelfServePolicy, true, partner_key),
                         TEXT(SelfServePolicy, true, etag)};
const std::array kRoleAssignment{GUID(RoleAssignment, true, id),
                                 TEXT(RoleAssignment, true, scope),
                                 TEXT(RoleAssignment, true, role_definition_id),
                                 GUID(RoleAssignment, true, principal_id),
                                 TEXT(RoleAssignment, true, principal_type),
                                 INSTANT(RoleAssignment, false, created)};

#undef TEXT
#undef LOWER
#undef GUID
#undef FLAG
#undef NUMBER
#undef INSTANT

using Failure = std::optional<WorldFileError>;

/// Takes the member `name` out of `node`, so that what stays can be read by a member table.
std::optional<LocatedJson> take(LocatedJson& node, std::string_view name) {
  const auto found = std::find_if(node.members.begin(), node.members.end(),
                                  [&](const auto& member) { return member.first == name; });
  if (node.kind != Kind::Object || found == node.members.end()) {
    return std::nullopt;
  }
  LocatedJson value = std::move(found->second);
  node.members.erase(found);
  return value;
}

Failure each(const LocatedJson& node, const std::string& path, auto read) {
  if (node.kind != Kind::Array) {
    return WorldFileError{path, node.line, "must be an array"};
  }
  for (std::size_t index = 0; index < node.items.size(); ++index) {
    if (Failure failure = read(node.items[index], path + "[" + std::to_string(index) + "]")) {
      return failure;
    }
  }
  return std::nullopt;
}

template <class T, std::size_t Size>
Failure read_map(const LocatedJson& node, const std::string& path,
                 const std::array<Member<T>, Size>& members, Table<T>& target,
                 std::string T::*key) {
  return each(node, path, [&](const LocatedJson& item, const std::string& where) -> Failure {
    T value{};
    if (Failure failure = read_object<T>(item, where, members, value)) {
      return failure;
    }
    const std::string id = value.*key;
    if (target.find(id) != nullptr) {
      return WorldFileError{where, item.line, "its id " + id + " appears twice"};
    }
    target.put(id, std::move(value));
    return std::nullopt;
  });
}

/// `Target` is a vector or a Ledger.
template <class T, std::size_t Size, class Target>
Failure read_list(const LocatedJson& node, const std::string& path,
                  const std::array<Member<T>, Size>& members, Target& target) {
  return each(node, path, [&](const LocatedJson& item, const std::string& where) -> Failure {
    T value{};
    if (Failure failure = read_object<T>(item, where, members, value)) {
      return failure;
    }
    target.push_back(std::move(value));
    return std::nullopt;
  });
}

Failure read_customer(LocatedJson item, const std::string& where, World& world) {
  Customer customer{};
  auto profile = take(item, "billing_profile");
  if (Failure failure = read_object<Customer>(item, where, kCustomer, customer)) {
    return failure;
  }
  if (!profile) {
    return WorldFileError{where + ".billing_profile", item.line, "is missing"};
  }
  const std::string path = where + ".billing_profile";
  auto address = take(*profile, "default_address");
  if (Failure failure =
          read_object<BillingProfile>(*profile, path, kBillingProfile, customer.billing_profile)) {
    return failure;
  }
  if (!address) {
    return WorldFileError{path + ".default_address", profile->line, "is missing"};
  }
  if (Failure failure = read_object<Address>(*address, path + ".default_address", kAddress,
                                             customer.billing_profile.default_address)) {
    return failure;
  }
  const std::string id = customer.id;
  if (world.customers.find(id) != nullptr) {
    return WorldFileError{where, item.line, "its id " + id + " appears twice"};
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
    return WorldFileError{where, item.line, "this partner already has a policy for the customer"};
  }
  world.policies.put(key, std::move(policy));
  return std::nullopt;
}

Failure read_section(const std::string& name, const LocatedJson& node, World& world) {
  if (name == "partners") {
    return read_map(node, name, kPartner, world.partners, &Partner::tenant_id);
  }
  if (name == "applications") {
    return read_map(node, name, kApplication, world.applications, &Application::client_id);
  }
  if (name == "users") {
    return read_map(node, name, kUser, world.users, &User::id);
  }
  if (name == "customers") {
    return each(node, name, [&](const LocatedJson& item, const std::string& where) {
      return read_customer(item, where, world);
    });
  }
  if (name == "agreements") {
    return read_list(node, name, kAgreement, world.agreements);
  }
  if (name == "subscriptions") {
    return read_map(node, name, kSubscription, world.subscriptions, &Subscription::id);
  }
  if (name == "azure_subscriptions") {
    return read_map(node, name, kAzureSubscription, world.azure_subscriptions,
                    &AzureSubscription::id);
  }
  if (name == "policies") {
    return each(node, name, [&](const LocatedJson& item, const std::string& where) {
      return read_policy(item, where, world);
    });
  }
  if (name == "role_assignments") {
    return read_list(node, name, kRoleAssignment, world.role_assignments);
  }
  return WorldFileError{name, node.line, "is not a member of a world file"};
}

}  // namespace

std::variant<World, WorldFileError> read_world(std::string_view content) {
  const auto parsed = parse_located_json(content);
  if (const auto* error = std::get_if<LocatedJsonError>(&parsed)) {
    return WorldFileError{error->member, error->line, error->text};
  }
  const auto& root = std::get<LocatedJson>(parsed);
  if (root.kind != Kind::Object) {
    return WorldFileError{"", root.line, "a world file must hold an object"};
  }
  World world;
  for (const auto& [name, node] : root.members) {
    if (Failure failure = read_section(name, node, world)) {
      return *failure;
    }
  }
  world.freeze();
  return world;
}

}  // namespace pcsim
