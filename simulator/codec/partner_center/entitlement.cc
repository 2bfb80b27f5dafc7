#include "codec/partner_center/entitlement.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "codec/partner_center/catalogue.h"
#include "codec/time.h"

namespace pcsim {
namespace {

using nlohmann::ordered_json;

Instant expiry(const Reservation& reservation) {
  return add_months(reservation.created, reservation.term == "P3Y" ? 36 : 12);
}

std::string midnight(Instant instant) { return to_date(instant) + "T00:00:00"; }

}  // namespace

ordered_json entitlement_json(const Reservation& reservation, const std::string& kind, bool legacy,
                              bool show_expiry) {
  const char* type = legacy ? "virtualmachinereservedinstance" : "reservedinstance";
  ordered_json artifact;
  artifact["link"] = link_json("/customers/" + reservation.customer_id + "/artifacts/" + type +
                               "/groups/" + reservation.artifact_group + "/lineitems/" +
                               reservation.artifact_line + "/resource/" + reservation.order_id);
  artifact["resourceId"] = reservation.order_id;
  artifact["artifactType"] = type;
  ordered_json out;
  out["includedEntitlements"] = ordered_json::array();
  out["referenceOrder"]["id"] = reservation.partner_order_id;
  out["referenceOrder"]["lineItemId"] = std::to_string(reservation.line_number);
  out["referenceOrder"]["alternateId"] = reservation.partner_order_id;
  out["productId"] = reservation.product_id;
  out["quantity"] = reservation.quantity;
  out["entitledArtifacts"] = ordered_json::array({std::move(artifact)});
  out["skuId"] = reservation.sku_id;
  out["entitlementType"] = type;
  out["dynamicAttributes"]["reservationType"] = kind;
  if (show_expiry) {
    out["expiryDate"] = midnight(expiry(reservation)) + "Z";
  }
  return out;
}

ordered_json artifact_json(const Reservation& reservation, bool legacy, Instant now) {
  ordered_json item;
  item["reservationId"] = reservation.reservation_id;
  item["scopeType"] = reservation.scope_type;
  if (!reservation.display_name.empty()) {
    item["displayName"] = reservation.display_name;
  }
  if (reservation.scope_type == "Single") {
    item["appliedScopes"] =
        ordered_json::array({"/subscriptions/" + reservation.billing_subscription_id});
  }
  item["quantity"] = reservation.quantity;
  item["expiryDateTime"] = midnight(expiry(reservation));
  item["effectiveDateTime"] = to_iso(reservation.created);
  item["provisioningState"] = now >= reservation.succeeds ? "Succeeded" : "Created";
  ordered_json out;
  out["type"] = legacy ? "virtual_machine_reserved_instance" : "reservedinstance";
  out[legacy ? "virtualMachineReservations" : "reservations"] =
      ordered_json::array({std::move(item)});
  return out;
}

}  // namespace pcsim
