#include "codec/partner_center/cart.h"

#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "codec/partner_center/catalogue.h"
#include "codec/partner_center/json_read.h"
#include "codec/time.h"

namespace pcsim {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

void put(ordered_json& out, const char* name, const std::string& value) {
  if (!value.empty()) {
    out[name] = value;
  }
}

ordered_json line_json(const CartLine& line) {
  ordered_json out;
  out["id"] = line.id;
  out["catalogItemId"] = line.catalog_item_id;
  put(out, "friendlyName", line.friendly_name);
  out["quantity"] = line.quantity;
  put(out, "currencyCode", line.currency_code);
  out["billingCycle"] = billing_cycle_word(line.billing_cycle);
  put(out, "termDuration", line.term_duration);
  if (!line.provisioning.empty()) {
    out["provisioningContext"] = provisioning_json(line.provisioning);
  }
  put(out, "orderGroup", line.order_group);
  if (line.error) {
    out["error"]["errorCode"] = line.error->code;
    out["error"]["errorDescription"] = line.error->description;
  }
  return out;
}

}  // namespace

ProvisioningContext read_provisioning(const json& line) {
  ProvisioningContext out;
  const auto found = line.find("provisioningcontext");
  if (found != line.end() && found->is_object()) {
    out.scope = text_member(*found, "scope");
    out.subscription_id = text_member(*found, "subscriptionid");
    out.duration = text_member(*found, "duration");
    out.entitlement_id = text_member(*found, "entitlementid");
  }
  return out;
}

ordered_json provisioning_json(const ProvisioningContext& context) {
  ordered_json out = ordered_json::object();
  put(out, "subscriptionId", context.subscription_id);
  put(out, "scope", context.scope);
  put(out, "duration", context.duration);
  put(out, "entitlementId", context.entitlement_id);
  return out;
}

std::vector<CartLine> read_cart_lines(const json& body) {
  std::vector<CartLine> out;
  const auto lines = body.find("lineitems");
  if (lines == body.end() || !lines->is_array()) {
    return out;
  }
  for (const json& node : *lines) {
    CartLine line;
    line.id = static_cast<int>(integer_member(node, "id", static_cast<std::int64_t>(out.size())));
    line.catalog_item_id = text_member(node, "catalogitemid");
    if (line.catalog_item_id.empty()) {
      line.catalog_item_id = text_member(node, "catalogid");  // the property tables' name
    }
    line.friendly_name = text_member(node, "friendlyname");
    line.quantity = integer_member(node, "quantity", 1);
    line.currency_code = text_member(node, "currencycode");
    line.billing_cycle = billing_cycle_member(node);
    line.term_duration = text_member(node, "termduration");
    line.provisioning = read_provisioning(node);
    out.push_back(std::move(line));
  }
  return out;
}

ordered_json cart_json(const Cart& cart) {
  ordered_json out;
  out["id"] = cart.id;
  out["creationTimestamp"] = to_iso(cart.created);
  out["lastModifiedTimestamp"] = to_iso(cart.modified);
  out["expirationTimestamp"] = to_iso(cart.expires);
  out["lastModifiedUser"] = cart.last_modified_user;
  out["status"] = cart.ordered ? "Ordered" : "Active";
  out["lineItems"] = ordered_json::array();
  for (const CartLine& line : cart.lines) {
    out["lineItems"].push_back(line_json(line));
  }
  out["links"]["self"] = link_json("/customers/" + cart.customer_id + "/carts/" + cart.id);
  out["attributes"]["objectType"] = "Cart";
  return out;
}

}  // namespace pcsim
