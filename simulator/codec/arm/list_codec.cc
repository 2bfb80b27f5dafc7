#include <nlohmann/json.hpp>

#include "codec/arm/purchase_codec.h"
#include "codec/time.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using nlohmann::ordered_json;

std::string list_json(ordered_json values) {
  ordered_json out;
  out["value"] = std::move(values);
  return out.dump();
}

}  // namespace

std::string subscriptions_json(const std::vector<AzureSubscription>& subscriptions) {
  ordered_json values = ordered_json::array();
  for (const AzureSubscription& row : subscriptions) {
    ordered_json item{{"id", "/subscriptions/" + row.id},
                      {"subscriptionId", row.id},
                      {"tenantId", row.customer_id},
                      {"displayName", row.friendly_name},
                      {"state", row.active ? "Enabled" : "Disabled"}};
    item["subscriptionPolicies"] = ordered_json{{"locationPlacementId", "Public_2014-09-01"},
                                                {"quotaId", "CSP_2015-05-01"},
                                                {"spendingLimit", "Off"}};
    item["authorizationSource"] = "RoleBased";
    item["managedByTenants"] = ordered_json::array();
    values.push_back(std::move(item));
  }
  return list_json(std::move(values));
}

std::string role_assignments_json(const std::vector<RoleAssignment>& rows,
                                  const std::string& subscription_id) {
  ordered_json values = ordered_json::array();
  for (const RoleAssignment& row : rows) {
    const std::string role = row.role_definition_id.substr(row.role_definition_id.rfind('/') + 1);
    const std::string scope = row.scope == "/" ? "" : row.scope;
    ordered_json item{
        {"id", scope + "/providers/Microsoft.Authorization/roleAssignments/" + row.id},
        {"name", row.id},
        {"type", "Microsoft.Authorization/roleAssignments"}};
    item["properties"] = ordered_json{
        {"roleDefinitionId", "/subscriptions/" + subscription_id +
                                 "/providers/Microsoft.Authorization/roleDefinitions/" + role},
        {"principalId", row.principal_id},
        {"principalType", row.principal_type},
        {"scope", row.scope},
        {"createdOn", to_iso(row.created)},
        {"updatedOn", to_iso(row.created)},
        {"createdBy", ""},
        {"updatedBy", ""}};
    values.push_back(std::move(item));
  }
  return list_json(std::move(values));
}

}  // namespace pcsim
