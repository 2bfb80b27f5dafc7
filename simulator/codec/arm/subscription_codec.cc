#include "codec/arm/subscription_codec.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "codec/time.h"

namespace pcsim {

using nlohmann::json;
using nlohmann::ordered_json;

std::string member_text(const json& object, const char* name) {
  const auto found = object.is_object() ? object.find(name) : object.end();
  return object.is_object() && found != object.end() && found->is_string()
             ? found->get<std::string>()
             : std::string{};
}

std::string value_list(ordered_json values) {
  ordered_json out;
  out["value"] = std::move(values);
  return out.dump();
}

ordered_json subscription_json(const SubscriptionView& view) {
  const AzureSubscription& row = *view.row;
  ordered_json out{{"id", "/subscriptions/" + row.id},
                   {"subscriptionId", row.id},
                   {"tenantId", row.customer_id},
                   {"displayName", row.friendly_name},
                   {"state", azure_state_word(view.state)}};
  out["subscriptionPolicies"] = ordered_json{{"locationPlacementId", "Public_2014-09-01"},
                                             {"quotaId", view.quota},
                                             {"spendingLimit", "Off"}};
  out["authorizationSource"] = "RoleBased";
  out["managedByTenants"] = ordered_json::array();
  for (const std::string& tenant : view.managing_tenants) {
    out["managedByTenants"].push_back(ordered_json{{"tenantId", tenant}});
  }
  return out;
}

ordered_json tenant_json(const TenantView& view, bool ids_only) {
  ordered_json out{{"id", "/tenants/" + view.id}, {"tenantId", view.id}};
  if (ids_only) {
    return out;
  }
  out["countryCode"] = view.country;
  out["displayName"] = view.name;
  out["domains"] = ordered_json::array({view.domain});
  out["defaultDomain"] = view.domain;
  out["tenantType"] = "AAD";
  out["tenantCategory"] = view.category;
  return out;
}

ordered_json alias_json(const SubscriptionAlias& alias, Instant now) {
  ordered_json properties{{"subscriptionId", alias.subscription_id},
                          {"provisioningState", now >= alias.succeeds ? "Succeeded" : "Accepted"},
                          {"displayName", alias.display_name},
                          {"acceptOwnershipState", "Completed"}};
  if (!alias.billing_scope.empty()) {
    properties["billingScope"] = alias.billing_scope;
  }
  properties["workload"] = alias.workload;
  if (!alias.reseller_id.empty()) {
    properties["resellerId"] = alias.reseller_id;
  }
  properties["createdTime"] = to_iso(alias.created);
  ordered_json out{{"id", "/providers/Microsoft.Subscription/aliases/" + alias.name},
                   {"name", alias.name},
                   {"type", "Microsoft.Subscription/aliases"}};
  out["properties"] = std::move(properties);
  return out;
}

AliasRequest parse_alias(const json& body) {
  const json properties = body.value("properties", json::object());
  const json more = properties.value("additionalproperties", json::object());
  return {member_text(properties, "displayname"),    member_text(properties, "workload"),
          member_text(properties, "billingscope"),   member_text(properties, "subscriptionid"),
          member_text(properties, "resellerid"),     member_text(more, "managementgroupid"),
          member_text(more, "subscriptiontenantid"), member_text(more, "subscriptionownerid")};
}

}  // namespace pcsim
