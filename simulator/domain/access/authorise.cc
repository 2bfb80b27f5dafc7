#include "domain/access/authorise.h"

#include <algorithm>

#include "domain/access/built_in_roles.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

/// The id at the end of a role definition's path, or of a bare one.
std::string_view last_segment(std::string_view definition) {
  return definition.substr(definition.rfind('/') + 1);
}

std::string joined(const std::vector<std::string>& patterns) {
  std::string out;
  for (const std::string& pattern : patterns) {
    out += (out.empty() ? "" : " ") + pattern;
  }
  return out;
}

/// Whether an assignment is the caller's: a guest is none of the groups of his home tenant.
bool concerns(const World& world, const Actor& actor, const RoleAssignment& row) {
  if (actor.is_guest && equal_ignoring_case(row.principal_type, "ForeignGroup")) {
    return false;
  }
  const std::string tenant = tenant_of(world, row);
  return actor.is(row.principal_id) && (tenant.empty() || tenant == actor.tenant_id);
}

bool allowed(const World& world, std::string_view definition, std::string_view action) {
  const auto role = role_actions(world, definition);
  return role && actions_allow(role->actions, role->not_actions, action);
}

bool about_reservations(std::string_view action) {
  constexpr std::string_view kCapacity = "microsoft.capacity/";
  constexpr std::string_view kRead = "/read";
  const std::string text = lower(action);
  return text.starts_with(kCapacity) && !text.ends_with(kRead);
}

}  // namespace

bool Actor::is(std::string_view principal_id) const {
  return !principal_id.empty() &&
         (equal_ignoring_case(principal_id, object_id) ||
          std::any_of(groups.begin(), groups.end(), [&](const std::string& group) {
            return equal_ignoring_case(group, principal_id);
          }));
}

std::optional<RoleActions> role_actions(const World& world, std::string_view definition) {
  const std::string id = lower(last_segment(definition));
  if (const BuiltInRole* role = built_in_role(id)) {
    return RoleActions{std::string{role->actions}, std::string{role->not_actions}};
  }
  const CustomRole* role = world.custom_roles.find(id);
  if (role == nullptr) {
    return std::nullopt;
  }
  return RoleActions{joined(role->actions), joined(role->not_actions)};
}

std::string tenant_of(const World& world, const RoleAssignment& row) {
  return row.tenant_id.empty() ? tenant_of_scope(world, row.scope) : lower(row.tenant_id);
}

std::vector<const RoleAssignment*> assignments_at(const World& world, const Actor& actor,
                                                  const std::string& scope) {
  std::vector<const RoleAssignment*> rows;
  const std::string tenant = tenant_of_scope(world, scope);
  if (!tenant.empty() && tenant != actor.tenant_id) {
    return rows;
  }
  for (const auto& [id, row] : world.role_assignments) {
    if (concerns(world, actor, row) && scope_inherits(world, row.scope, scope)) {
      rows.push_back(&row);
    }
  }
  return rows;
}

const Delegation* delegation_of(const World& world, const Actor& actor,
                                const std::string& subscription_id) {
  for (const auto& [id, row] : world.delegations) {
    if (lower(row.subscription_id) == lower(subscription_id) &&
        lower(row.managing_tenant_id) == actor.tenant_id && actor.is(row.principal_id)) {
      return &row;
    }
  }
  return nullptr;
}

Result<Done> authorise(const World& world, const Actor& actor, std::string_view action,
                       const std::string& scope) {
  for (const RoleAssignment* row : assignments_at(world, actor, scope)) {
    if (allowed(world, row->role_definition_id, action)) {
      return Done{};
    }
  }
  const Delegation* delegated = delegation_of(world, actor, subscription_in_scope(scope));
  if (delegated != nullptr && !about_reservations(action) &&
      allowed(world, delegated->role_definition_id, action)) {
    return Done{};
  }
  return authorization_failed(actor, std::string{action}, scope);
}

Error authorization_failed(const Actor& actor, std::string action, std::string scope) {
  return Error{ErrorCode::ArmAuthorizationFailed,
               {actor.name, actor.object_id, std::move(action), std::move(scope)},
               {}};
}

bool holds_role(const World& world, const Actor& actor, std::string_view role,
                const std::string& scope) {
  const auto rows = assignments_at(world, actor, scope);
  return std::any_of(rows.begin(), rows.end(), [&](const RoleAssignment* row) {
    return equal_ignoring_case(last_segment(row->role_definition_id), role);
  });
}

bool has_role_at(const World& world, const Actor& actor, const std::string& scope) {
  return !assignments_at(world, actor, scope).empty();
}

bool sees_scope(const World& world, const Actor& actor, const std::string& scope) {
  return has_role_at(world, actor, scope) ||
         delegation_of(world, actor, subscription_in_scope(scope)) != nullptr ||
         std::any_of(world.role_assignments.begin(), world.role_assignments.end(),
                     [&](const auto& entry) {
                       return concerns(world, actor, entry.second) &&
                              scope_covers(scope, entry.second.scope);
                     });
}

}  // namespace pcsim
