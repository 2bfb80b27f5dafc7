#include "codec/arm/role_codec.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "codec/arm/odata.h"
#include "codec/arm/subscription_codec.h"
#include "codec/time.h"
#include "domain/access/scopes.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

/// When Azure introduced the roles every tenant has.
constexpr std::string_view kBuiltInSince = "2015-02-02T21:55:09.88Z";

/// What stands before a role definition seen from `scope`: its subscription, else nothing.
std::string definition_prefix(const std::string& scope) {
  const std::string subscription = subscription_in_scope(scope);
  return subscription.empty() ? std::string{} : "/subscriptions/" + subscription;
}

std::string definition_path(const std::string& scope, std::string_view id) {
  return definition_prefix(scope) + "/providers/Microsoft.Authorization/roleDefinitions/" +
         std::string{id};
}

ordered_json words(std::string_view list) {
  ordered_json out = ordered_json::array();
  for (const std::string_view word :
       list.empty() ? std::vector<std::string_view>{} : split(list, ' ')) {
    out.push_back(word);
  }
  return out;
}

std::vector<std::string> texts(const json& object, const char* name) {
  std::vector<std::string> out;
  for (const json& entry : object.value(name, json::array())) {
    if (entry.is_string()) {
      out.push_back(entry.get<std::string>());
    }
  }
  return out;
}

Error invalid_filter(const std::string& text) { return {ErrorCode::ArmInvalidFilter, {text}, {}}; }

ordered_json definition(std::string_view id, const std::string& scope, ordered_json properties) {
  ordered_json out{{"id", definition_path(scope, id)},
                   {"name", id},
                   {"type", "Microsoft.Authorization/roleDefinitions"}};
  out["properties"] = std::move(properties);
  return out;
}

}  // namespace

ordered_json role_assignment_json(const RoleAssignment& row, const std::string& seen_from) {
  const std::string scope = row.scope == "/" ? "" : row.scope;
  const std::string role = row.role_definition_id.substr(row.role_definition_id.rfind('/') + 1);
  ordered_json properties{{"roleDefinitionId", definition_path(seen_from, role)},
                          {"principalId", row.principal_id},
                          {"principalType", row.principal_type},
                          {"scope", row.scope}};
  for (const auto& [name, text] :
       {std::pair{"description", &row.description}, std::pair{"condition", &row.condition},
        std::pair{"conditionVersion", &row.condition_version}}) {
    properties[name] = text->empty() ? ordered_json{} : ordered_json(*text);
  }
  properties["createdOn"] = to_iso(row.created);
  properties["updatedOn"] = to_iso(row.updated == 0 ? row.created : row.updated);
  properties["createdBy"] = row.created_by;
  properties["updatedBy"] = row.updated_by;
  properties["delegatedManagedIdentityResourceId"] = nullptr;
  ordered_json out{{"id", scope + "/providers/Microsoft.Authorization/roleAssignments/" + row.id},
                   {"name", row.id},
                   {"type", "Microsoft.Authorization/roleAssignments"}};
  out["properties"] = std::move(properties);
  return out;
}

RoleAssignment parse_role_assignment(const json& body) {
  const json properties = body.value("properties", json::object());
  RoleAssignment row;
  row.role_definition_id = member_text(properties, "roledefinitionid");
  row.principal_id = lower(member_text(properties, "principalid"));
  row.principal_type = member_text(properties, "principaltype");
  row.description = member_text(properties, "description");
  row.condition = member_text(properties, "condition");
  row.condition_version = member_text(properties, "conditionversion");
  return row;
}

Result<AssignmentFilter> parse_assignment_filter(const std::string& text) {
  AssignmentFilter out;
  for (const std::string& condition : filter_conditions(text)) {
    bool called = false;
    const std::string argument = call_argument(condition, "assignedTo", called);
    if (called && !argument.empty()) {
      out.assigned_to = argument;
      continue;
    }
    const std::string none = call_argument(condition, "atScope", called);
    if (called && none.empty()) {
      out.at_scope = true;
      continue;
    }
    const Condition equals = parse_condition(condition);
    if (equals.field != "principalid" || equals.op != "eq" || equals.value.empty()) {
      return invalid_filter(text);
    }
    out.principal = equals.value;
  }
  return out;
}

ordered_json permission_json(const BuiltInRole& role) {
  ordered_json out;
  out["actions"] = words(role.actions);
  out["notActions"] = words(role.not_actions);
  out["dataActions"] = ordered_json::array();
  out["notDataActions"] = ordered_json::array();
  return out;
}

ordered_json permission_json(const CustomRole& role) {
  ordered_json out;
  out["actions"] = role.actions;
  out["notActions"] = role.not_actions;
  out["dataActions"] = role.data_actions;
  out["notDataActions"] = role.not_data_actions;
  return out;
}

ordered_json role_definition_json(const BuiltInRole& role, const std::string& scope) {
  ordered_json properties{
      {"roleName", role.name}, {"type", "BuiltInRole"}, {"description", role.description}};
  properties["assignableScopes"] = words(role.assignable_scopes);
  properties["permissions"] = ordered_json::array();
  properties["permissions"].push_back(permission_json(role));
  properties["createdOn"] = kBuiltInSince;
  properties["updatedOn"] = kBuiltInSince;
  properties["createdBy"] = nullptr;
  properties["updatedBy"] = nullptr;
  return definition(role.id, scope, std::move(properties));
}

ordered_json role_definition_json(const CustomRole& role, const std::string& scope) {
  ordered_json properties{
      {"roleName", role.name}, {"type", "CustomRole"}, {"description", role.description}};
  properties["assignableScopes"] = role.assignable_scopes;
  properties["permissions"] = ordered_json::array();
  properties["permissions"].push_back(permission_json(role));
  properties["createdOn"] = to_iso(role.created);
  properties["updatedOn"] = to_iso(role.updated);
  properties["createdBy"] = role.created_by;
  properties["updatedBy"] = role.updated_by;
  return definition(role.id, scope, std::move(properties));
}

CustomRole parse_custom_role(const json& body) {
  const json properties = body.value("properties", json::object());
  CustomRole role;
  role.name = member_text(properties, "rolename");
  role.description = member_text(properties, "description");
  role.assignable_scopes = texts(properties, "assignablescopes");
  for (const json& one : properties.value("permissions", json::array())) {
    for (const auto& [name, list] :
         {std::pair{"actions", &role.actions}, std::pair{"notactions", &role.not_actions},
          std::pair{"dataactions", &role.data_actions},
          std::pair{"notdataactions", &role.not_data_actions}}) {
      for (std::string& action : texts(one, name)) {
        list->push_back(std::move(action));
      }
    }
  }
  return role;
}

Result<RoleFilter> parse_role_filter(const std::string& text) {
  RoleFilter out;
  for (const std::string& condition : filter_conditions(text)) {
    bool called = false;
    call_argument(condition, "atScopeAndBelow", called);
    if (called) {
      out.below = true;
      continue;
    }
    call_argument(condition, "atScope", called);
    if (called) {
      continue;
    }
    const Condition equals = parse_condition(condition);
    if (equals.op != "eq" || (equals.field != "rolename" && equals.field != "type")) {
      return invalid_filter(text);
    }
    (equals.field == "type" ? out.type : out.name) = equals.value;
  }
  return out;
}

}  // namespace pcsim
