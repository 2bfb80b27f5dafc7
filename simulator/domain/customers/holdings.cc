#include "domain/customers/holdings.h"

#include <algorithm>
#include <string>
#include <vector>

#include "domain/access/authorise.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

/// Erases the rows that `belongs` names.
template <class T, class Belongs>
void erase_rows(Table<T>& table, Belongs belongs) {
  std::vector<std::string> keys;
  for (const auto& [key, row] : table) {
    if (belongs(row)) {
      keys.push_back(key);
    }
  }
  for (const auto& key : keys) {
    table.erase(key);
  }
}

}  // namespace

bool holds_reservation(const World& world, const Customer& customer) {
  return std::any_of(world.reservations.begin(), world.reservations.end(), [&](const auto& entry) {
    return equal_ignoring_case(entry.second.customer_id, customer.id) && !entry.second.cancelled &&
           !entry.second.elsewhere;
  });
}

bool holds_software(const World& world, const Catalogue& catalogue, const Customer& customer) {
  // A cancelled line has no quantity left.
  const auto software = [&](const OrderLine& line) {
    const auto item = catalogue.item(line.offer_id);
    return line.quantity > 0 && item.product != nullptr &&
           (item.product->provision() == Provision::Software ||
            item.product->provision() == Provision::SoftwareSubscription);
  };
  return std::any_of(world.orders.begin(), world.orders.end(), [&](const auto& entry) {
    const Order& order = entry.second;
    return equal_ignoring_case(order.customer_id, customer.id) &&
           std::any_of(order.lines.begin(), order.lines.end(), software);
  });
}

bool holds_active_subscription(const World& world, const Customer& customer) {
  return std::any_of(world.subscriptions.begin(), world.subscriptions.end(),
                     [&](const auto& entry) {
                       return equal_ignoring_case(entry.second.customer_id, customer.id) &&
                              entry.second.status == SubscriptionStatus::Active;
                     });
}

void erase_customer(World& world, const std::string& customer_id) {
  const auto of_customer = [&](const auto& row) {
    return equal_ignoring_case(row.customer_id, customer_id);
  };
  const auto of_tenant = [&](const auto& row) {
    return equal_ignoring_case(row.tenant_id, customer_id);
  };
  erase_rows(world.users, of_tenant);
  erase_rows(world.applications, of_tenant);
  erase_rows(world.carts, of_customer);
  erase_rows(world.orders, of_customer);
  erase_rows(world.subscriptions, of_customer);
  // While its subscriptions are there, they tell whose the assignments and delegations are.
  erase_rows(world.role_assignments, [&](const RoleAssignment& row) {
    return equal_ignoring_case(tenant_of(world, row), customer_id);
  });
  erase_rows(world.delegations, [&](const Delegation& row) {
    return equal_ignoring_case(tenant_of_scope(world, "/subscriptions/" + row.subscription_id),
                               customer_id);
  });
  erase_rows(world.custom_roles, of_tenant);
  erase_rows(world.management_groups, of_tenant);
  erase_rows(world.subscription_aliases, of_tenant);
  erase_rows(world.support_tickets, of_customer);
  erase_rows(world.azure_subscriptions, of_customer);
  erase_rows(world.reservations, of_customer);
  erase_rows(world.refunds, of_customer);
  erase_rows(world.refund_sessions, of_customer);
  erase_rows(world.exchanges, of_customer);
  erase_rows(world.resale_prices, of_customer);
  erase_rows(world.policies, of_customer);
  erase_rows(world.quotes, of_customer);
  erase_rows(world.holds, of_customer);
  erase_rows(world.upgrades, of_customer);
  erase_rows(world.transfers, of_customer);
  world.customers.erase(customer_id);
}

}  // namespace pcsim
