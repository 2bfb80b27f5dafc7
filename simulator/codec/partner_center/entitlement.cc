#include "codec/partner_center/entitlement.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "codec/partner_center/collection.h"
#include "codec/time.h"

namespace pcsim {
namespace {

using nlohmann::ordered_json;
using partner_center::link;

Instant expiry(Instant start, const std::string& term) {
  return add_months(start, term == "P3Y" ? 36 : 12);
}

std::string midnight(Instant instant) { return to_date(instant) + "T00:00:00"; }

ordered_json reference_order(const std::string& id, const std::string& alternate_id, int line) {
  ordered_json out;
  out["id"] = id;
  out["lineItemId"] = std::to_string(line);
  out["alternateId"] = alternate_id;
  return out;
}

ordered_json fulfilled(std::int64_t quantity) {
  ordered_json out;
  out["quantity"] = quantity;
  out["status"] = "Fulfilled";
  return ordered_json::array({std::move(out)});
}

}  // namespace

ordered_json entitlement_json(const Reservation& reservation, const Order* order,
                              const std::string& kind, bool legacy, bool show_expiry) {
  const char* type = legacy ? "virtualmachinereservedinstance" : "reservedinstance";
  ordered_json artifact;
  artifact["link"] = link("/customers/" + reservation.customer_id + "/artifacts/" + type +
                          "/groups/" + reservation.artifact_group + "/lineitems/" +
                          reservation.artifact_line + "/resource/" + reservation.order_id);
  artifact["resourceId"] = reservation.order_id;
  artifact["artifactType"] = type;
  ordered_json out;
  out["includedEntitlements"] = ordered_json::array();
  out["referenceOrder"] =
      reference_order(reservation.partner_order_id,
                      order == nullptr ? reservation.partner_order_id : order->alternate_id,
                      reservation.line_number);
  out["productId"] = reservation.product_id;
  out["quantity"] = reservation.quantity;
  out["quantityDetails"] = fulfilled(reservation.quantity);
  out["entitledArtifacts"] = ordered_json::array({std::move(artifact)});
  out["skuId"] = reservation.sku_id;
  out["entitlementType"] = type;
  out["dynamicAttributes"]["reservationType"] = kind;
  if (show_expiry) {
    out["expiryDate"] = midnight(expiry(reservation.created, reservation.term)) + "Z";
  }
  return out;
}

ordered_json software_entitlement_json(const Order& order, const OrderLine& line,
                                       const CatalogueItem& item, bool show_expiry) {
  ordered_json out;
  out["includedEntitlements"] = ordered_json::array();
  out["referenceOrder"] = reference_order(order.id, order.alternate_id, line.number);
  out["productId"] = item.product->id;
  out["quantity"] = line.quantity;
  out["quantityDetails"] = fulfilled(line.quantity);
  out["entitledArtifacts"] = ordered_json::array();
  out["skuId"] = item.sku->id;
  out["entitlementType"] = "software";
  if (show_expiry && !line.term_duration.empty()) {
    out["expiryDate"] = midnight(expiry(order.created, line.term_duration)) + "Z";
  }
  return out;
}

ordered_json artifact_json(const Reservation& reservation, bool legacy, std::string_view array,
                           Instant now) {
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
  item["expiryDateTime"] = midnight(expiry(reservation.created, reservation.term));
  item["effectiveDateTime"] = to_iso(reservation.created);
  item["provisioningState"] = now >= reservation.succeeds ? "Succeeded" : "Created";
  ordered_json out;
  out["type"] = legacy ? "virtual_machine_reserved_instance" : "reservedinstance";
  out[std::string{array}] = ordered_json::array({std::move(item)});
  return out;
}

}  // namespace pcsim
