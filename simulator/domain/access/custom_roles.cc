#include "domain/access/custom_roles.h"

#include <algorithm>
#include <array>
#include <utility>

#include "domain/access/built_in_roles.h"
#include "domain/access/scopes.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

struct Facts {
  const World& world;
  const CustomRole& wanted;
  const CustomRole* known;
};

struct Rule {
  std::string_view name;
  ErrorCode error;
  bool (*broken)(const Facts&);
  std::string_view place;
};

bool foreign_scope(const Facts& facts) {
  const auto& scopes = facts.wanted.assignable_scopes;
  return scopes.empty() || std::any_of(scopes.begin(), scopes.end(), [&](const std::string& one) {
           return tenant_of_scope(facts.world, one) != facts.wanted.tenant_id;
         });
}

bool name_taken(const Facts& facts) {
  const auto& roles = facts.world.custom_roles;
  const auto built_in = built_in_roles();
  return std::any_of(built_in.begin(), built_in.end(),
                     [&](const BuiltInRole& role) {
                       return equal_ignoring_case(role.name, facts.wanted.name);
                     }) ||
         std::any_of(roles.begin(), roles.end(), [&](const auto& entry) {
           const CustomRole& role = entry.second;
           return role.id != facts.wanted.id && role.tenant_id == facts.wanted.tenant_id &&
                  equal_ignoring_case(role.name, facts.wanted.name);
         });
}

bool full(const Facts& facts) {
  const auto& roles = facts.world.custom_roles;
  return facts.known == nullptr &&
         std::count_if(roles.begin(), roles.end(), [&](const auto& entry) {
           return entry.second.tenant_id == facts.wanted.tenant_id;
         }) >= static_cast<std::ptrdiff_t>(kMaxCustomRoles);
}

constexpr std::array kPutRules{
    Rule{"role has an id of its own", ErrorCode::ArmInvalidRequestContent,
         [](const Facts& f) {
           return !is_guid(f.wanted.id) || built_in_role(f.wanted.id) != nullptr ||
                  (f.known != nullptr && f.known->tenant_id != f.wanted.tenant_id);
         },
         "roleDefinitionId"},
    Rule{"role has a name", ErrorCode::ArmInvalidRequestContent,
         [](const Facts& f) { return f.wanted.name.empty() || f.wanted.name.size() > 128; },
         "properties.roleName"},
    Rule{"role is assignable in the tenant", ErrorCode::ArmInvalidRequestContent, foreign_scope,
         "properties.assignableScopes"},
    Rule{"role's name is new", ErrorCode::ArmRoleDefinitionNameExists, name_taken, ""},
    Rule{"fewer roles than the limit", ErrorCode::ArmRoleDefinitionLimitExceeded, full, ""},
};

constexpr std::array kDeleteRules{
    Rule{"role is not built in", ErrorCode::ArmInvalidRequestContent,
         [](const Facts& f) { return built_in_role(f.wanted.id) != nullptr; }, "roleDefinitionId"},
    Rule{"nobody holds the role", ErrorCode::ArmRoleDefinitionHasAssignments,
         [](const Facts& f) {
           const auto& rows = f.world.role_assignments;
           return f.known != nullptr &&
                  std::any_of(rows.begin(), rows.end(), [&](const auto& entry) {
                    return lower(entry.second.role_definition_id).ends_with(f.wanted.id);
                  });
         },
         ""},
};

}  // namespace

void list_custom_role_rules(std::vector<RuleRow>& out) {
  list_rules("Custom role", kPutRules, out);
  list_rules("Custom role, deleted", kDeleteRules, out);
}

Result<CustomRole> put_custom_role(World& world, const Env& env, CustomRole wanted) {
  const CustomRole* known = world.custom_roles.find(wanted.id);
  if (const Rule* rule = first_broken(kPutRules, Facts{world, wanted, known}, env.trace)) {
    return Error{rule->error, {std::string{rule->place}}, {}};
  }
  wanted.created = known == nullptr ? env.now : known->created;
  wanted.created_by = known == nullptr ? wanted.updated_by : known->created_by;
  wanted.updated = env.now;
  return world.custom_roles.put(wanted.id, wanted);
}

Result<std::optional<CustomRole>> delete_custom_role(World& world, const Env& env,
                                                     const std::string& id,
                                                     std::string_view tenant_id) {
  CustomRole named;
  named.id = id;
  const CustomRole* known = world.custom_roles.find(id);
  if (known != nullptr && known->tenant_id != tenant_id) {
    known = nullptr;
  }
  if (const Rule* rule = first_broken(kDeleteRules, Facts{world, named, known}, env.trace)) {
    return Error{rule->error, {std::string{rule->place}}, {}};
  }
  if (known == nullptr) {
    return std::optional<CustomRole>{};
  }
  std::optional<CustomRole> gone{*known};
  world.custom_roles.erase(id);
  return gone;
}

}  // namespace pcsim
