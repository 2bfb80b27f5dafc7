#include "domain/access/role_assignments.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "app/arm/scope_call.h"
#include "app/handlers.h"
#include "codec/arm/role_codec.h"
#include "codec/arm/subscription_codec.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using nlohmann::ordered_json;

std::string assignment_path(const Call& call) {
  return scope_of(call) + "/providers/Microsoft.Authorization/roleAssignments/" +
         call.path.at("roleAssignmentId");
}

/// The scope of the path as an assignment keeps it.
std::string kept_scope(const Call& call) {
  const std::string scope = scope_of(call);
  return scope.empty() ? "/" : scope;
}

/// The assignment of the path, when it is at the path's scope; null otherwise.
const RoleAssignment* assignment_of(const Call& call) {
  const RoleAssignment* row = call.world.role_assignments.find(path_id(call, "roleAssignmentId"));
  if (row == nullptr || !equal_ignoring_case(row->scope, kept_scope(call))) {
    return nullptr;
  }
  return equal_ignoring_case(tenant_of(call.world, *row), directory_of(call, scope_of(call)))
             ? row
             : nullptr;
}

/// Who may do `action` at the scope; the refusal of a write names the assignment.
Result<Done> allow_assignment(const Call& call, std::string_view action) {
  auto allowed = allow(call, action, scope_of(call));
  if (!allowed && allowed.error().code == ErrorCode::ArmAuthorizationFailed &&
      call.path.contains("roleAssignmentId")) {
    return authorization_failed(actor_of(call), std::string{action}, assignment_path(call));
  }
  return allowed;
}

}  // namespace

Result<Reply> handle_ArmListRoleAssignments(const Call& call) {
  PCSIM_TRY(allowed, allow_assignment(call, "Microsoft.Authorization/roleAssignments/read"));
  static_cast<void>(allowed);
  PCSIM_TRY(filter, parse_assignment_filter(query_value(call, "$filter")));
  const std::string scope = scope_of(call);
  ordered_json values = ordered_json::array();
  for (const RoleAssignment* row :
       list_role_assignments(call.world, directory_of(call, scope), kept_scope(call), filter)) {
    values.push_back(role_assignment_json(*row, scope));
  }
  return Reply{0, value_list(std::move(values)), {}};
}

Result<Reply> handle_ArmPutRoleAssignment(const Call& call) {
  const std::string id = path_id(call, "roleAssignmentId");
  if (!is_guid(id)) {
    return Error{ErrorCode::ArmInvalidRoleAssignmentId, {call.path.at("roleAssignmentId")}, {}};
  }
  PCSIM_TRY(allowed, allow_assignment(call, "Microsoft.Authorization/roleAssignments/write"));
  static_cast<void>(allowed);
  const std::string scope = scope_of(call);
  PCSIM_TRY(writable, check_writable(call, scope));
  static_cast<void>(writable);
  RoleAssignment wanted = parse_role_assignment(call.body);
  wanted.id = id;
  wanted.scope = kept_scope(call);
  wanted.tenant_id = directory_of(call, scope);
  wanted.updated_by = lower(call.principal.object_id);
  const bool known = call.world.role_assignments.find(id) != nullptr;
  PCSIM_TRY(row, put_role_assignment(call.world, call.env, std::move(wanted)));
  return Reply{known ? 200 : 201, role_assignment_json(row, scope).dump(), {}};
}

Result<Reply> handle_ArmGetRoleAssignment(const Call& call) {
  PCSIM_TRY(allowed, allow_assignment(call, "Microsoft.Authorization/roleAssignments/read"));
  static_cast<void>(allowed);
  const RoleAssignment* row = assignment_of(call);
  if (row == nullptr) {
    return Error{ErrorCode::ArmRoleAssignmentNotFound, {call.path.at("roleAssignmentId")}, {}};
  }
  return Reply{0, role_assignment_json(*row, scope_of(call)).dump(), {}};
}

Result<Reply> handle_ArmDeleteRoleAssignment(const Call& call) {
  PCSIM_TRY(allowed, allow_assignment(call, "Microsoft.Authorization/roleAssignments/delete"));
  static_cast<void>(allowed);
  PCSIM_TRY(writable, check_writable(call, scope_of(call)));
  static_cast<void>(writable);
  const RoleAssignment* row = assignment_of(call);
  if (row == nullptr) {
    return Reply{204, {}, {}};
  }
  const std::string shown = role_assignment_json(*row, scope_of(call)).dump();
  call.world.role_assignments.erase(path_id(call, "roleAssignmentId"));
  return Reply{0, shown, {}};
}

}  // namespace pcsim
