#include "domain/reservations/scopes.h"

#include "domain/access/scopes.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

std::string group_scope(const std::string& name) {
  return "/providers/Microsoft.Management/managementGroups/" + management_group_name(name);
}

/// A single reservation without a scope applies where it is billed.
std::string single_scope(const Reservation& row) {
  return row.applied_scopes.empty() ? "/subscriptions/" + row.billing_subscription_id
                                    : row.applied_scopes.front();
}

}  // namespace

bool sold_by_partner(const AzureSubscription& azure) { return azure.billed_by.empty(); }

bool applies_to(const World& world, const Reservation& reservation,
                const AzureSubscription& azure) {
  if (!equal_ignoring_case(azure.customer_id, reservation.customer_id) || !sold_by_partner(azure)) {
    return false;
  }
  if (reservation.scope_type == "Single") {
    return equal_ignoring_case(subscription_of_scope(single_scope(reservation)), azure.id);
  }
  return reservation.scope_type != "ManagementGroup" ||
         scope_inherits(world, group_scope(reservation.management_group),
                        "/subscriptions/" + azure.id);
}

bool applies_to_group(const World& world, const Reservation& reservation,
                      const AzureSubscription& azure, const std::string& resource_group) {
  return applies_to(world, reservation, azure) &&
         (reservation.scope_type != "Single" ||
          scope_covers(single_scope(reservation),
                       "/subscriptions/" + azure.id + "/resourceGroups/" + resource_group));
}

std::string management_group_name(const std::string& id) { return id.substr(id.rfind('/') + 1); }

bool known_management_group(const World& world, const std::string& tenant,
                            const std::string& name) {
  return tenant_of_scope(world, group_scope(name)) == lower(tenant);
}

bool scope_available(const World& world, const Customer& customer, const std::string& scope) {
  const AzureSubscription* found = world.azure_subscriptions.find(subscription_of_scope(scope));
  return found != nullptr && equal_ignoring_case(found->customer_id, customer.id) &&
         sold_by_partner(*found);
}

Result<Done> check_applied_scopes(const World& world, const Customer& customer,
                                  const PurchaseRequest& request) {
  for (const std::string& scope : request.applied_scopes) {
    if (!scope_available(world, customer, scope)) {
      return Error{ErrorCode::ArmAppliedScopesNotAssociated, {scope}, {}};
    }
  }
  if (request.scope_type == "ManagementGroup" &&
      !known_management_group(world, customer.id, request.management_group)) {
    return Error{ErrorCode::ArmAppliedScopesNotAssociated, {request.management_group}, {}};
  }
  return Done{};
}

}  // namespace pcsim
