#include "domain/access/scopes.h"

#include <algorithm>

#include "pcsim/text.h"

namespace pcsim {
namespace {

constexpr std::string_view kSubscriptions = "/subscriptions/";
constexpr std::string_view kManagementGroups = "/providers/microsoft.management/managementgroups/";
constexpr std::string_view kOrders = "/providers/microsoft.capacity/reservationorders/";

/// The segment after `prefix` in lower case.
std::string segment_after(std::string_view scope, std::string_view prefix) {
  if (!equal_ignoring_case(scope.substr(0, prefix.size()), prefix)) {
    return {};
  }
  const std::string_view rest = scope.substr(prefix.size());
  return lower(rest.substr(0, rest.find('/')));
}

bool is_below(const World& world, const std::string& group_id, std::string_view inner) {
  const std::string inner_tenant = tenant_of_scope(world, inner);
  const ManagementGroup* group = world.management_groups.find(group_id);
  // The root group of a tenant has the tenant's id.
  if (group_id == inner_tenant) {
    return !subscription_in_scope(inner).empty() || !management_group_in_scope(inner).empty();
  }
  const std::string subscription = subscription_in_scope(inner);
  return group != nullptr && !subscription.empty() && lower(group->tenant_id) == inner_tenant &&
         std::any_of(group->subscriptions.begin(), group->subscriptions.end(),
                     [&](const std::string& id) { return lower(id) == subscription; });
}

}  // namespace

bool scope_covers(std::string_view outer, std::string_view inner) {
  while (!outer.empty() && outer.back() == '/') {
    outer.remove_suffix(1);
  }
  return outer.size() <= inner.size() &&
         equal_ignoring_case(outer, inner.substr(0, outer.size())) &&
         (outer.size() == inner.size() || inner[outer.size()] == '/');
}

bool scope_inherits(const World& world, std::string_view outer, std::string_view inner) {
  if (scope_covers(outer, inner)) {
    return true;
  }
  const std::string group = management_group_in_scope(outer);
  return !group.empty() && is_below(world, group, inner);
}

std::string subscription_in_scope(std::string_view scope) {
  return segment_after(scope, kSubscriptions);
}

std::string management_group_in_scope(std::string_view scope) {
  return segment_after(scope, kManagementGroups);
}

std::string order_in_scope(std::string_view scope) { return segment_after(scope, kOrders); }

std::string tenant_of_scope(const World& world, std::string_view scope) {
  if (const std::string id = subscription_in_scope(scope); !id.empty()) {
    const AzureSubscription* found = world.azure_subscriptions.find(id);
    return found == nullptr ? std::string{} : lower(found->customer_id);
  }
  if (const std::string id = management_group_in_scope(scope); !id.empty()) {
    const ManagementGroup* found = world.management_groups.find(id);
    const bool root = world.customers.find(id) != nullptr;
    return found != nullptr ? lower(found->tenant_id) : root ? id : std::string{};
  }
  if (const std::string id = order_in_scope(scope); !id.empty()) {
    for (const auto& [key, reservation] : world.reservations) {
      if (lower(reservation.order_id) == id) {
        return lower(reservation.directory.empty() ? reservation.customer_id
                                                   : reservation.directory);
      }
    }
  }
  return {};
}

}  // namespace pcsim
