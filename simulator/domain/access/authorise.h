#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/access/scopes.h"
#include "domain/world.h"
#include "pcsim/result.h"

/// What role assignments let a caller do. Source: docs/reference/arm.md#access.
namespace pcsim {

/// A caller of the resource manager as role assignments know him; ids are lower-case.
struct Actor {
  std::string tenant_id, object_id, name;
  std::vector<std::string> groups{};
  bool is_guest = false;      ///< an account of another tenant, invited here
  std::string home_tenant{};  ///< of a guest or of an agent on behalf

  /// Whether `principal_id` is this caller or one of his groups.
  bool is(std::string_view principal_id) const;
};

/// Whether the caller may do `action` (`Microsoft.Capacity/reservationOrders/read`, …) at `scope`.
/// A caller of another tenant has what its owner delegated to him, and no say about reservations.
/// Error: ArmAuthorizationFailed.
Result<Done> authorise(const World& world, const Actor& actor, std::string_view action,
                       const std::string& scope);

/// Refusal naming the caller, the action and the scope.
Error authorization_failed(const Actor& actor, std::string action, std::string scope);

/// The patterns of what a role allows, separated by spaces; nothing when there is no such role.
struct RoleActions {
  std::string actions, not_actions;
};
std::optional<RoleActions> role_actions(const World& world, std::string_view definition);

/// The tenant in which an assignment holds; empty when it holds in the principal's.
std::string tenant_of(const World& world, const RoleAssignment& row);

/// The caller's own assignments and those of his groups that hold at `scope`.
std::vector<const RoleAssignment*> assignments_at(const World& world, const Actor& actor,
                                                  const std::string& scope);

/// Whether the caller holds the role of that definition id at `scope` or above it.
bool holds_role(const World& world, const Actor& actor, std::string_view role,
                const std::string& scope);

/// Whether the caller holds any role at `scope` or above it.
bool has_role_at(const World& world, const Actor& actor, const std::string& scope);

/// Whether the caller holds a role at `scope`, above it or below it, or it was delegated to him.
bool sees_scope(const World& world, const Actor& actor, const std::string& scope);

/// What of a subscription was delegated to the caller, when it belongs to another tenant.
const Delegation* delegation_of(const World& world, const Actor& actor,
                                const std::string& subscription_id);

}  // namespace pcsim
