#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "codec/world_sections.h"
#include "domain/agreements/agreement_rules.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

/// What a reference is looked up in.
struct Context {
  const World& world;
  const MarketTable& markets;
  const LocatedJson& item;  ///< the entity that holds the reference
};

/// The text member `name` of an object in lower case, or an empty text.
std::string member_text(const LocatedJson& object, std::string_view name) {
  const auto found = std::find_if(object.members.begin(), object.members.end(),
                                  [&](const auto& member) { return member.first == name; });
  return found == object.members.end() ? std::string{} : lower(found->second.text);
}

const Partner* partner_of_key(const World& world, const std::string& key) {
  for (const auto& [id, partner] : world.partners) {
    if (equal_ignoring_case(partner.domain, key)) {
      return &partner;
    }
  }
  return nullptr;
}

bool is_market(const Context& at, const std::string& value) {
  return at.markets.find(value) != nullptr;
}

bool is_customer(const Context& at, const std::string& value) {
  return at.world.customers.find(lower(value)) != nullptr;
}

bool is_tenant(const Context& at, const std::string& value) {
  return is_customer(at, value) || at.world.partners.find(lower(value)) != nullptr;
}

bool is_partner_tenant(const Context& at, const std::string& value) {
  return at.world.partners.find(lower(value)) != nullptr;
}

bool is_partner(const Context& at, const std::string& value) {
  return partner_of_key(at.world, value) != nullptr;
}

bool is_seller(const Context& at, const std::string& value) {
  const Partner* partner = partner_of_key(at.world, value);
  return partner != nullptr && partner->kind != PartnerKind::IndirectReseller;
}

bool is_reseller(const Context& at, const std::string& value) {
  const Partner* partner = partner_of_key(at.world, value);
  return partner != nullptr && partner->kind == PartnerKind::IndirectReseller;
}

bool is_provider(const Context& at, const std::string& value) {
  const Partner* partner = partner_of_key(at.world, value);
  return partner != nullptr && partner->kind == PartnerKind::IndirectProvider;
}

bool is_biller(const Context& at, const std::string& value) {
  return equal_ignoring_case(value, "direct") || equal_ignoring_case(value, "enterprise") ||
         is_seller(at, value);
}

bool is_template(const Context&, const std::string& value) {
  return agreement_template(value) != nullptr;
}

bool is_order_of_customer(const Context& at, const std::string& value) {
  const Order* order = at.world.orders.find(lower(value));
  return order != nullptr && lower(order->customer_id) == member_text(at.item, "customer_id");
}

bool is_subscription_of_customer(const Context& at, const std::string& value) {
  const Subscription* found = at.world.subscriptions.find(lower(value));
  return found != nullptr && found->customer_id == member_text(at.item, "customer_id");
}

bool is_azure_subscription(const Context& at, const std::string& value) {
  return at.world.azure_subscriptions.find(lower(value)) != nullptr;
}

bool is_azure_subscription_of_customer(const Context& at, const std::string& value) {
  const AzureSubscription* found = at.world.azure_subscriptions.find(lower(value));
  return found != nullptr && found->customer_id == member_text(at.item, "customer_id");
}

bool is_application(const Context& at, const std::string& value) {
  return at.world.applications.find(lower(value)) != nullptr;
}

bool is_user(const Context& at, const std::string& value) {
  return at.world.users.find(lower(value)) != nullptr;
}

bool is_group_of(const Partner& partner, const std::string& id) {
  return lower(partner.admin_agents_group) == id || lower(partner.helpdesk_agents_group) == id ||
         lower(partner.sales_agents_group) == id;
}

/// An object that a guest or an application has in a tenant that is not its own.
bool is_object_abroad(const Context& at, const std::string& id) {
  for (const auto& [key, user] : at.world.users) {
    for (const GuestAccess& guest : user.guest_of) {
      if (lower(guest.object_id) == id) {
        return true;
      }
    }
  }
  return std::any_of(at.world.service_principals.begin(), at.world.service_principals.end(),
                     [&](const auto& row) { return lower(row.second.object_id) == id; });
}

bool is_principal(const Context& at, const std::string& value) {
  const std::string id = lower(value);
  if (at.world.users.find(id) != nullptr) {
    return true;
  }
  const auto named = [&](const std::string& other) { return lower(other) == id; };
  return std::any_of(at.world.applications.begin(), at.world.applications.end(),
                     [&](const auto& row) { return named(row.second.object_id); }) ||
         std::any_of(at.world.partners.begin(), at.world.partners.end(),
                     [&](const auto& row) { return is_group_of(row.second, id); }) ||
         is_object_abroad(at, id);
}

/// A member that names something else; an empty text names nothing. The order of a subscription
/// is missing here: it may be older than what the file tells.
struct Reference {
  std::string_view section, member;
  bool (*holds)(const Context&, const std::string&);
  std::string_view wanted;
};

constexpr std::string_view kCustomer = "names no customer of this file";
constexpr std::string_view kMarket = "is the code of no market";
constexpr std::string_view kPartnerTenant = "names no partner's tenant";
constexpr std::string_view kAzureSubscription = "names no Azure subscription of this file";
constexpr std::string_view kOrder = "names no order of this customer";

constexpr std::array kReferences{
    Reference{"partners", "country", is_market, kMarket},
    Reference{"partners", "providers", is_provider, "names no indirect provider's domain"},
    Reference{"applications", "tenant_id", is_tenant, "names no partner and no customer"},
    Reference{"users", "tenant_id", is_tenant, "names no partner and no customer"},
    Reference{"users", "usage_location", is_market, kMarket},
    Reference{"users.guest_of", "tenant_id", is_tenant, "names no partner and no customer"},
    Reference{"service_principals", "tenant_id", is_tenant, "names no partner and no customer"},
    Reference{"service_principals", "client_id", is_application, "names no application"},
    Reference{"service_principals", "consenting_users", is_user, "names no user"},
    Reference{"access_policies", "tenant_id", is_tenant, "names no partner and no customer"},
    Reference{"access_policies", "users", is_user, "names no user"},
    Reference{"customers", "partner_key", is_seller, "names no domain of a partner who sells"},
    Reference{"customers", "reseller_key", is_reseller, "names no indirect reseller's domain"},
    Reference{"customers", "market", is_market, kMarket},
    Reference{"agreements", "customer_id", is_customer, kCustomer},
    Reference{"agreements", "template_id", is_template, "names no agreement template"},
    Reference{"policies", "customer_id", is_customer, kCustomer},
    Reference{"policies", "partner_key", is_partner, "names no partner's domain"},
    Reference{"role_assignments", "principal_id", is_principal,
              "names no user, application object or group of partner agents"},
    Reference{"custom_roles", "tenant_id", is_tenant, "names no partner and no customer"},
    Reference{"management_groups", "tenant_id", is_customer, kCustomer},
    Reference{"management_groups", "subscriptions", is_azure_subscription, kAzureSubscription},
    Reference{"delegations", "subscription_id", is_azure_subscription, kAzureSubscription},
    Reference{"delegations", "managing_tenant_id", is_tenant, "names no partner and no customer"},
    Reference{"delegations", "principal_id", is_principal,
              "names no user, application object or group of partner agents"},
    Reference{"subscription_aliases", "tenant_id", is_tenant, "names no partner and no customer"},
    Reference{"subscription_aliases", "subscription_id", is_azure_subscription, kAzureSubscription},
    Reference{"support_tickets", "customer_id", is_customer, kCustomer},
    Reference{"support_tickets", "subscription_id", is_azure_subscription_of_customer,
              "names no Azure subscription of this customer"},
    Reference{"subscriptions", "customer_id", is_customer, kCustomer},
    Reference{"azure_subscriptions", "customer_id", is_customer, kCustomer},
    Reference{"azure_subscriptions", "plan_id", is_subscription_of_customer,
              "names no subscription of this customer"},
    Reference{"azure_subscriptions", "next_plan_id", is_subscription_of_customer,
              "names no subscription of this customer"},
    Reference{"azure_subscriptions", "billed_by", is_biller,
              "must be direct, enterprise or the domain of a partner who sells"},
    Reference{"offers", "market", is_market, kMarket},
    Reference{"holds", "customer_id", is_customer, kCustomer},
    Reference{"upgrades", "customer_id", is_customer, kCustomer},
    Reference{"transfers", "customer_id", is_customer, kCustomer},
    Reference{"transfers", "source_id", is_partner_tenant, kPartnerTenant},
    Reference{"transfers", "target_id", is_partner_tenant, kPartnerTenant},
    Reference{"carts", "customer_id", is_customer, kCustomer},
    Reference{"carts.placed", "order_id", is_order_of_customer, kOrder},
    Reference{"orders", "customer_id", is_customer, kCustomer},
    Reference{"orders", "country", is_market, kMarket},
    Reference{"reservations", "customer_id", is_customer, kCustomer},
    Reference{"reservations", "partner_order_id", is_order_of_customer, kOrder},
    Reference{"reservations", "billing_subscription_id", is_azure_subscription_of_customer,
              "names no Azure subscription of this customer"},
    Reference{"refunds", "customer_id", is_customer, kCustomer},
    Reference{"resale_prices", "customer_id", is_customer, kCustomer},
    Reference{"audit", "partner_key", is_partner, "names no partner's domain"}};

/// Whether the texts of `node`, one or an array of them, name what `row` wants.
bool holds(const Reference& row, const Context& at, const LocatedJson& node) {
  const auto one = [&](const LocatedJson& value) {
    return value.text.empty() || row.holds(at, value.text);
  };
  return node.kind == LocatedJson::Kind::Array
             ? std::all_of(node.items.begin(), node.items.end(), one)
             : one(node);
}

/// Looks at the members of `object`, which belongs to the entity of `at` and stands at `path`.
Failure broken_in(const LocatedJson& object, const std::string& section, const std::string& path,
                  const Context& at) {
  for (const auto& [member, value] : object.members) {
    for (const Reference& row : kReferences) {
      if (row.section == section && row.member == member && !holds(row, at, value)) {
        return DataFailure{path + "." + member, value.line, std::string{row.wanted}};
      }
    }
    for (std::size_t index = 0; index < value.items.size(); ++index) {
      if (Failure failure =
              broken_in(value.items[index], section + "." + member,
                        path + "." + member + "[" + std::to_string(index) + "]", at)) {
        return failure;
      }
    }
  }
  return std::nullopt;
}

}  // namespace

Failure broken_reference(const LocatedJson& root, const World& world, const MarketTable& markets) {
  for (const auto& [section, node] : root.members) {
    for (std::size_t index = 0; index < node.items.size(); ++index) {
      const LocatedJson& item = node.items[index];
      if (Failure failure = broken_in(item, section, section + "[" + std::to_string(index) + "]",
                                      {world, markets, item})) {
        return failure;
      }
    }
  }
  return std::nullopt;
}

}  // namespace pcsim
