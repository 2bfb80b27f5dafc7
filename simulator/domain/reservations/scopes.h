#pragma once

#include <string>

#include "domain/reservations/purchase.h"
#include "domain/world.h"
#include "pcsim/result.h"

/// Where a reservation gives its benefit. Source: docs/reference/reservations.md#scopes.
namespace pcsim {

/// Whether the customer's billing partner sold it the subscription.
bool sold_by_partner(const AzureSubscription& azure);

/// Whether a reservation gives its benefit in a subscription, or in a part of it: shared ones in
/// all that the partner sold to the customer and in no other.
bool applies_to(const World& world, const Reservation& reservation, const AzureSubscription& azure);

/// Whether it does in a resource group of the subscription.
bool applies_to_group(const World& world, const Reservation& reservation,
                      const AzureSubscription& azure, const std::string& resource_group);

/// The last part of a management group's id.
std::string management_group_name(const std::string& id);

/// Whether `tenant` has the management group; the group above all is named like its tenant.
bool known_management_group(const World& world, const std::string& tenant, const std::string& name);

/// Whether one scope may be chosen for a reservation of `customer`.
bool scope_available(const World& world, const Customer& customer, const std::string& scope);

/// Whether every applied scope is a subscription of `customer` that the partner sold, or lies
/// below one, and the management group is the tenant's.
/// Errors: ArmAppliedScopesNotAssociated.
Result<Done> check_applied_scopes(const World& world, const Customer& customer,
                                  const PurchaseRequest& request);

}  // namespace pcsim
