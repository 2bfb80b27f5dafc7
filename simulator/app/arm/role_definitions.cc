#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "app/arm/scope_call.h"
#include "app/handlers.h"
#include "codec/arm/role_codec.h"
#include "codec/arm/subscription_codec.h"
#include "domain/access/custom_roles.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using nlohmann::ordered_json;

constexpr const char* kRead = "Microsoft.Authorization/roleDefinitions/read";
constexpr const char* kWrite = "Microsoft.Authorization/roleDefinitions/write";
constexpr const char* kDelete = "Microsoft.Authorization/roleDefinitions/delete";

bool fits(const RoleFilter& filter, std::string_view name, std::string_view type) {
  return (filter.name.empty() || equal_ignoring_case(filter.name, name)) &&
         (filter.type.empty() || equal_ignoring_case(filter.type, type));
}

/// Whether a custom role can be assigned at `scope` or, when asked for, below it.
bool concerns(const Call& call, const CustomRole& role, const std::string& scope, bool below) {
  return role.tenant_id == directory_of(call, scope) &&
         std::any_of(role.assignable_scopes.begin(), role.assignable_scopes.end(),
                     [&](const std::string& one) {
                       return scope_inherits(call.world, one, scope) ||
                              (below && scope_inherits(call.world, scope, one));
                     });
}

std::string definition_id(const Call& call) { return path_id(call, "roleDefinitionId"); }

/// Whether the caller may do `action` wherever the role can be assigned.
Result<Done> allow_everywhere(const Call& call, const char* action, const CustomRole& role) {
  for (const std::string& scope : role.assignable_scopes) {
    PCSIM_TRY(allowed, allow(call, action, scope));
    static_cast<void>(allowed);
  }
  return Done{};
}

}  // namespace

Result<Reply> handle_ArmListRoleDefinitions(const Call& call) {
  const std::string scope = scope_of(call);
  PCSIM_TRY(allowed, allow(call, kRead, scope));
  static_cast<void>(allowed);
  PCSIM_TRY(filter, parse_role_filter(query_value(call, "$filter")));
  ordered_json values = ordered_json::array();
  for (const BuiltInRole& role : built_in_roles()) {
    const bool here = scope_covers(role.assignable_scopes, scope) ||
                      (filter.below && scope_covers(scope, role.assignable_scopes));
    if (here && fits(filter, role.name, "BuiltInRole")) {
      values.push_back(role_definition_json(role, scope));
    }
  }
  for (const auto& [id, role] : call.world.custom_roles) {
    if (concerns(call, role, scope, filter.below) && fits(filter, role.name, "CustomRole")) {
      values.push_back(role_definition_json(role, scope));
    }
  }
  return Reply{0, value_list(std::move(values)), {}};
}

Result<Reply> handle_ArmGetRoleDefinition(const Call& call) {
  const std::string scope = scope_of(call);
  PCSIM_TRY(allowed, allow(call, kRead, scope));
  static_cast<void>(allowed);
  const std::string id = definition_id(call);
  if (const BuiltInRole* role = built_in_role(id)) {
    return Reply{0, role_definition_json(*role, scope).dump(), {}};
  }
  const CustomRole* role = call.world.custom_roles.find(id);
  if (role == nullptr || role->tenant_id != directory_of(call, scope)) {
    return Error{ErrorCode::ArmRoleDefinitionDoesNotExist, {id}, {}};
  }
  return Reply{0, role_definition_json(*role, scope).dump(), {}};
}

Result<Reply> handle_ArmPutRoleDefinition(const Call& call) {
  const std::string scope = scope_of(call);
  PCSIM_TRY(allowed, allow(call, kWrite, scope));
  static_cast<void>(allowed);
  CustomRole wanted = parse_custom_role(call.body);
  wanted.id = definition_id(call);
  wanted.tenant_id = directory_of(call, scope);
  wanted.updated_by = lower(call.principal.object_id);
  PCSIM_TRY(everywhere, allow_everywhere(call, kWrite, wanted));
  static_cast<void>(everywhere);
  PCSIM_TRY(role, put_custom_role(call.world, call.env, std::move(wanted)));
  return Reply{0, role_definition_json(role, scope).dump(), {}};
}

Result<Reply> handle_ArmDeleteRoleDefinition(const Call& call) {
  const std::string scope = scope_of(call);
  PCSIM_TRY(allowed, allow(call, kDelete, scope));
  static_cast<void>(allowed);
  PCSIM_TRY(gone, delete_custom_role(call.world, call.env, definition_id(call),
                                     directory_of(call, scope)));
  if (!gone) {
    return Reply{204, {}, {}};
  }
  return Reply{0, role_definition_json(*gone, scope).dump(), {}};
}

Result<Reply> handle_ArmListPermissions(const Call& call) {
  const std::string scope = scope_of(call);
  const std::string at = scope.empty() ? "/" : scope;
  const Actor actor = actor_of(call);
  if (const std::string id = subscription_in_scope(scope); !id.empty()) {
    PCSIM_TRY(found, subscription_of_caller(call.world, actor, id));
    static_cast<void>(found);
  }
  std::set<std::string> held;
  for (const RoleAssignment* row : assignments_at(call.world, actor, at)) {
    held.insert(lower(row->role_definition_id.substr(row->role_definition_id.rfind('/') + 1)));
  }
  if (const Delegation* delegated =
          delegation_of(call.world, actor, subscription_in_scope(scope))) {
    held.insert(lower(delegated->role_definition_id));
  }
  if (held.empty()) {
    return authorization_failed(actor, "Microsoft.Authorization/permissions/read", at);
  }
  ordered_json values = ordered_json::array();
  for (const std::string& id : held) {
    if (const BuiltInRole* role = built_in_role(id)) {
      values.push_back(permission_json(*role));
    } else if (const CustomRole* custom = call.world.custom_roles.find(id)) {
      values.push_back(permission_json(*custom));
    }
  }
  return Reply{0, value_list(std::move(values)), {}};
}

}  // namespace pcsim
