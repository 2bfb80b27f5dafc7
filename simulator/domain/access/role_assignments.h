#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/rules.h"
#include "domain/world.h"
#include "pcsim/ports.h"
#include "pcsim/result.h"

/// Who holds which role where.
namespace pcsim {

struct Actor;

/// Built-in roles by the id of their definition. Source: Azure built-in roles.
constexpr std::string_view kOwnerRole = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
constexpr std::string_view kReservationPurchaserRole = "f7b75c60-3036-4b75-91c3-6b41c27c1689";

/// Where roles on all reservations of a tenant are assigned.
constexpr std::string_view kCapacityScope = "/providers/Microsoft.Capacity";

/// How many assignments a subscription, with all below it, or another scope may have.
/// Source: Azure RBAC limits.
constexpr std::size_t kMaxAssignments = 4'000;

/// Stores a role assignment under its id.
void assign_role(World& world, RoleAssignment row);

/// Whether the role of that definition exists in the tenant and can be assigned at `scope`.
bool assignable_at(const World& world, std::string_view definition, std::string_view tenant_id,
                   const std::string& scope);

/// Assigns what `wanted` says, or changes the description and condition of the assignment that has
/// its id already. Errors: 404 RoleDefinitionDoesNotExist, 400 PrincipalNotFound, 400
/// UnmatchedPrincipalType, 400 RoleAssignmentUpdateNotPermitted, 409 RoleAssignmentExists, 400
/// RoleAssignmentLimitExceeded.
/// Source: docs/reference/arm.md#role-assignments.
Result<RoleAssignment> put_role_assignment(World& world, const Env& env, RoleAssignment wanted);

/// Which assignments a list shows. Source: docs/reference/arm.md#filters.
struct AssignmentFilter {
  bool at_scope = false;
  std::string principal{}, assigned_to{};
};

/// The assignments of a tenant that hold at `scope` and, unless the filter says otherwise, below.
std::vector<const RoleAssignment*> list_role_assignments(const World& world,
                                                         std::string_view tenant_id,
                                                         const std::string& scope,
                                                         const AssignmentFilter& filter);

/// Appends the rules of role assignments.
void list_assignment_rules(std::vector<RuleRow>& out);

}  // namespace pcsim
