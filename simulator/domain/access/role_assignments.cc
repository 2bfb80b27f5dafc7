#include "domain/access/role_assignments.h"

#include <algorithm>
#include <array>
#include <utility>

#include "domain/access/authorise.h"
#include "domain/access/built_in_roles.h"
#include "domain/access/principals.h"
#include "domain/access/scopes.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

std::string role_of(std::string_view definition) {
  return lower(definition.substr(definition.rfind('/') + 1));
}

struct Facts {
  const World& world;
  const RoleAssignment& wanted;
  const RoleAssignment* known;  ///< the assignment that has the id
  std::string_view type;        ///< of the principal, as the directory knows it
};

/// Whether `row`, an assignment of the world, is one of the wanted role to the same principal at
/// the same scope.
bool same_holding(const World& world, const RoleAssignment& row, const RoleAssignment& wanted) {
  return equal_ignoring_case(row.scope, wanted.scope) &&
         equal_ignoring_case(row.principal_id, wanted.principal_id) &&
         role_of(row.role_definition_id) == role_of(wanted.role_definition_id) &&
         equal_ignoring_case(tenant_of(world, row), wanted.tenant_id);
}

bool held_already(const Facts& facts) {
  const auto& rows = facts.world.role_assignments;
  return facts.known == nullptr && std::any_of(rows.begin(), rows.end(), [&](const auto& entry) {
           return same_holding(facts.world, entry.second, facts.wanted);
         });
}

/// What an assignment counts towards: its subscription, else its own scope.
std::string counted_scope(const std::string& scope) {
  const std::string subscription = subscription_in_scope(scope);
  return subscription.empty() ? scope : "/subscriptions/" + subscription;
}

bool full(const Facts& facts) {
  const std::string counted = counted_scope(facts.wanted.scope);
  const auto& rows = facts.world.role_assignments;
  return facts.known == nullptr && std::count_if(rows.begin(), rows.end(), [&](const auto& entry) {
                                     return scope_covers(counted, entry.second.scope);
                                   }) >= static_cast<std::ptrdiff_t>(kMaxAssignments);
}

std::string without_dashes(std::string text) {
  text.erase(std::remove(text.begin(), text.end(), '-'), text.end());
  return text;
}

struct Rule {
  std::string_view name;
  ErrorCode error;
  bool (*broken)(const Facts&);
  std::vector<std::string> (*arguments)(const Facts&);
};

std::vector<std::string> nothing(const Facts&) { return {}; }

constexpr std::array kRules{
    Rule{"role can be assigned here", ErrorCode::ArmRoleDefinitionDoesNotExist,
         [](const Facts& f) {
           return !assignable_at(f.world, f.wanted.role_definition_id, f.wanted.tenant_id,
                                 f.wanted.scope);
         },
         [](const Facts& f) {
           return std::vector<std::string>{role_of(f.wanted.role_definition_id)};
         }},
    Rule{"principal is in the directory", ErrorCode::ArmPrincipalNotFound,
         [](const Facts& f) { return f.type.empty(); },
         [](const Facts& f) {
           return std::vector<std::string>{without_dashes(f.wanted.principal_id),
                                           f.wanted.tenant_id};
         }},
    Rule{"principal is of the type named", ErrorCode::ArmUnmatchedPrincipalType,
         [](const Facts& f) {
           return !f.wanted.principal_type.empty() &&
                  !equal_ignoring_case(f.wanted.principal_type, f.type);
         },
         [](const Facts& f) {
           return std::vector<std::string>{f.wanted.principal_id, std::string{f.type},
                                           f.wanted.principal_type};
         }},
    Rule{"holder and role and scope stay", ErrorCode::ArmRoleAssignmentUpdateNotPermitted,
         [](const Facts& f) {
           return f.known != nullptr && !same_holding(f.world, *f.known, f.wanted);
         },
         nothing},
    Rule{"role is not held already", ErrorCode::ArmRoleAssignmentExists, held_already, nothing},
    Rule{"fewer assignments than the limit", ErrorCode::ArmRoleAssignmentLimitExceeded, full,
         [](const Facts& f) { return std::vector<std::string>{counted_scope(f.wanted.scope)}; }},
};

/// Whether an assignment to `principal` counts as one to `asked`, by itself or by a group.
bool assigned_to(const World& world, const RoleAssignment& row, const std::string& asked) {
  if (equal_ignoring_case(row.principal_id, asked)) {
    return true;
  }
  const auto groups = groups_of(world, asked);
  return std::find(groups.begin(), groups.end(), lower(row.principal_id)) != groups.end();
}

}  // namespace

void list_assignment_rules(std::vector<RuleRow>& out) {
  list_rules("Role assignment", kRules, out);
}

void assign_role(World& world, RoleAssignment row) {
  const std::string key = row.id;
  world.role_assignments.put(key, std::move(row));
}

bool assignable_at(const World& world, std::string_view definition, std::string_view tenant_id,
                   const std::string& scope) {
  const std::string id = role_of(definition);
  if (const BuiltInRole* role = built_in_role(id)) {
    return scope_covers(role->assignable_scopes, scope);
  }
  const CustomRole* role = world.custom_roles.find(id);
  return role != nullptr && equal_ignoring_case(role->tenant_id, tenant_id) &&
         std::any_of(role->assignable_scopes.begin(), role->assignable_scopes.end(),
                     [&](const std::string& outer) { return scope_inherits(world, outer, scope); });
}

Result<RoleAssignment> put_role_assignment(World& world, const Env& env, RoleAssignment wanted) {
  const RoleAssignment* known = world.role_assignments.find(wanted.id);
  const Facts facts{world, wanted, known,
                    principal_type(world, wanted.tenant_id, wanted.principal_id)};
  if (const Rule* rule = first_broken(kRules, facts, env.trace)) {
    return Error{rule->error, rule->arguments(facts), {}};
  }
  wanted.principal_type = std::string{facts.type};
  wanted.role_definition_id = role_of(wanted.role_definition_id);
  wanted.created = known == nullptr ? env.now : known->created;
  wanted.created_by = known == nullptr ? wanted.updated_by : known->created_by;
  wanted.updated = env.now;
  assign_role(world, wanted);
  return wanted;
}

std::vector<const RoleAssignment*> list_role_assignments(const World& world,
                                                         std::string_view tenant_id,
                                                         const std::string& scope,
                                                         const AssignmentFilter& filter) {
  std::vector<const RoleAssignment*> rows;
  for (const auto& [id, row] : world.role_assignments) {
    const bool here = scope_inherits(world, row.scope, scope) ||
                      (!filter.at_scope && scope_covers(scope, row.scope));
    if (!here || !equal_ignoring_case(tenant_of(world, row), tenant_id)) {
      continue;
    }
    if ((filter.principal.empty() || equal_ignoring_case(row.principal_id, filter.principal)) &&
        (filter.assigned_to.empty() || assigned_to(world, row, filter.assigned_to))) {
      rows.push_back(&row);
    }
  }
  return rows;
}

}  // namespace pcsim
