#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "domain/access/built_in_roles.h"
#include "domain/access/role_assignments.h"
#include "domain/world.h"

namespace pcsim {

/// A role assignment; `seen_from` is the scope its role definition is shown at.
nlohmann::ordered_json role_assignment_json(const RoleAssignment& row,
                                            const std::string& seen_from);

/// What a request to assign a role says; id, scope and tenant are not in its body.
RoleAssignment parse_role_assignment(const nlohmann::json& body);

/// The conditions `atScope()`, `principalId eq '…'` and `assignedTo('…')`, joined by `and`.
/// Error: ArmInvalidFilter.
Result<AssignmentFilter> parse_assignment_filter(const std::string& text);

nlohmann::ordered_json role_definition_json(const BuiltInRole& role, const std::string& scope);
nlohmann::ordered_json role_definition_json(const CustomRole& role, const std::string& scope);

CustomRole parse_custom_role(const nlohmann::json& body);

/// `roleName eq '…'`, `type eq '…'`, `atScopeAndBelow()` and `atScope()`, joined by `and`.
struct RoleFilter {
  std::string name{}, type{};
  bool below = false;  ///< roles for what lies below the scope too
};
/// Error: ArmInvalidFilter.
Result<RoleFilter> parse_role_filter(const std::string& text);

/// One entry of what a caller may do.
nlohmann::ordered_json permission_json(const BuiltInRole& role);
nlohmann::ordered_json permission_json(const CustomRole& role);

}  // namespace pcsim
