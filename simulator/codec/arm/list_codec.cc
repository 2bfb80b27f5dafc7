#include <nlohmann/json.hpp>

#include "codec/arm/purchase_codec.h"
#include "codec/time.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using nlohmann::ordered_json;

ordered_json utilization() {
  ordered_json aggregates = ordered_json::array();
  for (const int grain : {1, 7, 30}) {
    aggregates.push_back(ordered_json{
        {"grain", grain}, {"grainUnit", "days"}, {"value", 0}, {"valueUnit", "percentage"}});
  }
  return {{"trend", "SAME"}, {"aggregates", std::move(aggregates)}};
}

/// The scope type as the portal shows it: it tells a resource group from a subscription.
std::string friendly_scope_type(const Reservation& row) {
  const bool group = !row.applied_scopes.empty() &&
                     row.applied_scopes.front().find("/resourcegroups/") != std::string::npos;
  return row.scope_type == "Single" && group ? "ResourceGroup" : row.scope_type;
}

ordered_json reservation_properties(const Reservation& row, const PriceList& prices, Instant now) {
  const std::string state = provisioning_state(row, now);
  const bool done = state == "Succeeded";
  const std::string billing_scope = "/subscriptions/" + row.billing_subscription_id;
  const std::string display = done ? "Succeeded" : "Pending";
  ordered_json out{{"reservedResourceType", row.resource_type},
                   {"instanceFlexibility", row.instance_flexibility ? "On" : "Off"},
                   {"displayName", row.display_name},
                   {"appliedScopeType", row.scope_type}};
  if (row.scope_type == "Single") {
    out["appliedScopes"] = row.applied_scopes;
    if (row.applied_scopes.empty()) {
      out["appliedScopes"] = ordered_json::array({billing_scope});
    }
  }
  out["userFriendlyAppliedScopeType"] = friendly_scope_type(row);
  out["quantity"] = row.quantity;
  out["term"] = row.term;
  out["billingPlan"] = row.billing_plan;
  out["provisioningState"] = state;
  out["displayProvisioningState"] = display;
  out["provisioningSubState"] = state;
  out["capabilities"] = "ApiReturnEnabled, ApiExchangeEnabled";
  out["archived"] = false;
  out["renew"] = row.renew;
  out["userFriendlyRenewState"] = row.renew ? "On" : "Off";
  if (done) {
    const Instant expiry = add_months(row.succeeds, term_months(row.term));
    out["effectiveDateTime"] = to_iso(row.succeeds);
    out["benefitStartTime"] = to_iso(row.succeeds);
    out["expiryDate"] = to_date(expiry);
    out["expiryDateTime"] = to_iso(expiry);
  }
  out["lastUpdatedDateTime"] = to_iso(done ? row.succeeds : row.created);
  out["purchaseDate"] = to_date(row.created);
  out["purchaseDateTime"] = to_iso(row.created);
  out["skuDescription"] = prices.reservation_title(row.sku_name, row.location, row.term);
  out["billingScopeId"] = billing_scope;
  out["extendedStatusInfo"] = ordered_json{{"statusCode", display}};
  out["utilization"] = utilization();
  return out;
}

std::string list_json(ordered_json values) {
  ordered_json out;
  out["value"] = std::move(values);
  return out.dump();
}

}  // namespace

std::string reservations_json(const std::vector<Reservation>& reservations, const PriceList& prices,
                              Instant now) {
  ordered_json values = ordered_json::array();
  for (const Reservation& row : reservations) {
    ordered_json item{{"id", "/providers/microsoft.capacity/reservationOrders/" + row.order_id +
                                 "/reservations/" + row.reservation_id},
                      {"name", row.reservation_id},
                      {"type", "Microsoft.Capacity/reservationOrders/reservations"},
                      {"location", row.location},
                      {"etag", provisioning_state(row, now) == "Succeeded" ? 5 : 1},
                      {"kind", "Microsoft.Compute"}};
    item["sku"] = ordered_json{{"name", row.sku_name}};
    item["properties"] = reservation_properties(row, prices, now);
    values.push_back(std::move(item));
  }
  return list_json(std::move(values));
}

}  // namespace pcsim
