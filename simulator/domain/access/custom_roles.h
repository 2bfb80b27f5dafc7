#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/rules.h"
#include "domain/world.h"
#include "pcsim/ports.h"
#include "pcsim/result.h"

/// Roles that tenants define. Source: docs/reference/arm.md#roles.
namespace pcsim {

/// How many a tenant may have. Source: Azure RBAC limits.
constexpr std::size_t kMaxCustomRoles = 5'000;

/// Stores a role, new or changed. Errors: 400 InvalidRequestContent, 409
/// RoleDefinitionWithSameNameExists, 400 RoleDefinitionLimitExceeded.
Result<CustomRole> put_custom_role(World& world, const Env& env, CustomRole wanted);

/// Takes a role out; nothing when the tenant has none of that id. Errors: 400
/// InvalidRequestContent for a built-in role, 400 RoleDefinitionHasAssignments.
Result<std::optional<CustomRole>> delete_custom_role(World& world, const Env& env,
                                                     const std::string& id,
                                                     std::string_view tenant_id);

/// Appends the rules of both.
void list_custom_role_rules(std::vector<RuleRow>& out);

}  // namespace pcsim
