#include "codec/partner_center/order.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "codec/partner_center/cart.h"
#include "codec/partner_center/catalogue.h"
#include "codec/partner_center/json_read.h"
#include "codec/time.h"

namespace pcsim {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return text;
}

ordered_json line_json(const Order& order, const OrderLine& line, const Catalogue& catalogue,
                       Instant now) {
  const bool legacy = legacy_order(order);
  ordered_json out;
  out["lineItemNumber"] = line.number;
  out["offerId"] = line.offer_id;
  ordered_json links =
      legacy ? ordered_json::object() : item_links(catalogue.item(line.offer_id), order.country);
  if (!line.subscription_id.empty() && completed(order, now)) {
    const std::string id = legacy ? upper(line.subscription_id) : line.subscription_id;
    out["subscriptionId"] = id;
    links["subscription"] = link_json("/customers/" + order.customer_id + "/subscriptions/" + id);
  }
  out["termDuration"] = line.term_duration;
  out["transactionType"] = "New";
  if (!line.friendly_name.empty()) {
    out["friendlyName"] = line.friendly_name;
  }
  out["quantity"] = line.quantity;
  if (!line.provisioning.empty()) {
    out["provisioningContext"] = provisioning_json(line.provisioning);
  }
  if (!links.empty()) {
    out["links"] = std::move(links);
  }
  return out;
}

}  // namespace

std::vector<PlacedLine> read_order_lines(const json& body) {
  std::vector<PlacedLine> out;
  const auto lines = body.find("lineitems");
  if (lines == body.end() || !lines->is_array()) {
    return out;
  }
  for (const json& node : *lines) {
    PlacedLine line;
    line.purchase.catalog_item_id = text_member(node, "offerid");
    line.purchase.billing_cycle = billing_cycle_member(body);
    line.purchase.quantity = integer_member(node, "quantity", 1);
    line.purchase.provisioning = read_provisioning(node);
    line.friendly_name = text_member(node, "friendlyname");
    line.term_duration = text_member(node, "termduration");
    out.push_back(std::move(line));
  }
  return out;
}

ordered_json order_json(const Order& order, const Catalogue& catalogue, Instant now) {
  const bool legacy = legacy_order(order);
  const std::string id = legacy ? upper(order.id) : order.id;
  const std::string uri = "/customers/" + order.customer_id + "/orders/" + id;
  ordered_json out;
  out["id"] = id;
  out["alternateId"] = legacy ? id : order.alternate_id;
  out["referenceCustomerId"] = order.customer_id;
  out["billingCycle"] = order.billing_cycle;
  out["currencyCode"] = order.currency_code;
  out["currencySymbol"] = order.currency_symbol;
  out["lineItems"] = ordered_json::array();
  for (const OrderLine& line : order.lines) {
    out["lineItems"].push_back(line_json(order, line, catalogue, now));
  }
  out["creationDate"] = to_iso(order.created);
  out["status"] = completed(order, now) ? "completed" : "pending";
  out["transactionType"] = "UserPurchase";
  out["links"]["self"] = link_json(uri);
  if (!legacy) {
    out["links"]["provisioningStatus"] = link_json(uri + "/provisioningstatus");
  }
  out["links"]["patchOperation"] = link_json(uri, "PATCH");
  out["client"] = ordered_json::object();
  if (!legacy) {
    out["client"]["marketplaceCountry"] = order.country;
    out["client"]["deviceFamily"] = "UniversalStore-PartnerCenter";
    out["client"]["name"] = "Partner Center API";
  }
  out["attributes"]["objectType"] = "Order";
  return out;
}

}  // namespace pcsim
