#pragma once

#include <string_view>

#include "domain/world.h"

/// Who holds which role where.
namespace pcsim {

/// Built-in roles by the id of their definition. Source: Azure built-in roles.
constexpr std::string_view kOwnerRole = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
constexpr std::string_view kReservationPurchaserRole = "f7b75c60-3036-4b75-91c3-6b41c27c1689";

/// Where roles on all reservations of a tenant are assigned.
constexpr std::string_view kCapacityScope = "/providers/Microsoft.Capacity";

/// Stores a role assignment under its id.
void assign_role(World& world, RoleAssignment row);

}  // namespace pcsim
