#include "codec/partner_center/order.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "codec/partner_center/catalogue.h"
#include "codec/partner_center/collection.h"
#include "codec/partner_center/json_read.h"
#include "codec/partner_center/line_parts.h"
#include "codec/time.h"

namespace pcsim {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;
using partner_center::add_text;
using partner_center::link;
using partner_center::text_of;

ordered_json pricing_json(Decimal unit_price, std::int64_t quantity) {
  ordered_json out;
  for (const char* name : {"listPrice", "discountedPrice", "proratedPrice", "price"}) {
    out[name] = unit_price.nearest();
  }
  out["extendedPrice"] = (unit_price * quantity).nearest();
  return out;
}

ordered_json line_json(const Order& order, const OrderLine& line, const Catalogue& catalogue,
                       bool done) {
  const bool legacy = legacy_order(order);
  const auto shown = [&](const std::string& id) { return legacy ? upper(id) : id; };
  ordered_json out;
  out["lineItemNumber"] = line.number;
  out["offerId"] = line.offer_id;
  ordered_json links =
      legacy ? ordered_json::object() : item_links(catalogue.item(line.offer_id), order.country);
  if (!line.subscription_id.empty() && done) {
    const std::string id = shown(line.subscription_id);
    out["subscriptionId"] = id;
    links["subscription"] = link("/customers/" + order.customer_id + "/subscriptions/" + id);
    if (legacy) {
      links["provisioningStatus"] = link("/subscriptions/" + id + "/provisioningstatus");
    }
  }
  add_text(out, "parentSubscriptionId", shown(line.parent_subscription_id));
  out["termDuration"] = line.term_duration;
  if (!line.renews_to.empty()) {
    out["renewsTo"] = renews_to_json(line.renews_to);
  }
  out["transactionType"] = line.quantity == 0 ? "Cancel" : "New";
  add_text(out, "promotionId", line.promotion_id);
  add_text(out, "customTermEndDate", line.custom_term_end);
  add_text(out, "friendlyName", line.friendly_name);
  out["quantity"] = line.quantity;
  add_text(out, "partnerIdOnRecord", line.partner_on_record);
  if (!line.more_partners_on_record.empty()) {
    out["additionalPartnerIdsOnRecord"] = line.more_partners_on_record;
  }
  if (!line.provisioning.empty()) {
    out["provisioningContext"] = provisioning_json(line.provisioning);
  }
  if (line.attested) {
    out["attestationAccepted"] = true;
  }
  if (!links.empty()) {
    out["links"] = std::move(links);
  }
  return out;
}

PlacedLine read_line(const json& node, std::size_t place, const std::string& billing_cycle) {
  PlacedLine line;
  line.number = static_cast<int>(std::clamp<std::int64_t>(
      integer_member(node, "lineitemnumber", static_cast<std::int64_t>(place)), -1, 1'000'000'000));
  PurchaseLine& purchase = line.purchase;
  purchase.catalog_item_id = text_of(node, "offerid");
  purchase.billing_cycle = billing_cycle;
  purchase.quantity = integer_member(node, "quantity", 1);
  purchase.provisioning = read_provisioning(node);
  purchase.term_duration = text_of(node, "termduration");
  purchase.partner_on_record = text_of(node, "partneridonrecord");
  if (purchase.provisioning.parent_subscription_id.empty()) {
    purchase.provisioning.parent_subscription_id = text_of(node, "parentsubscriptionid");
  }
  purchase.promotion_id = text_of(node, "promotionid");
  purchase.custom_term_end = text_of(node, "customtermenddate");
  purchase.attested = flag_member(node, "attestationaccepted").value_or(false);
  line.friendly_name = text_of(node, "friendlyname");
  line.renews_to = read_renews_to(node);
  return line;
}

// Legacy orders show their date with an offset.
std::string creation_date(const Order& order) {
  std::string out = to_iso(order.created);
  if (legacy_order(order)) {
    out.replace(out.size() - 1, 1, "+00:00");
  }
  return out;
}

}  // namespace

OrderDraft read_order(const json& body) {
  OrderDraft out;
  const json& lines = partner_center::member(body, "lineitems");
  const std::string billing_cycle = billing_cycle_member(body);
  if (lines.is_array()) {
    for (const json& node : lines) {
      out.lines.push_back(read_line(node, out.lines.size(), billing_cycle));
      out.lines.back().purchase.currency_code = text_of(body, "currencycode");
    }
  }
  out.partner_attested = flag_member(body, "partneronrecordattestationaccepted");
  return out;
}

ordered_json order_json(const Order& order, const Catalogue& catalogue, Instant now,
                        const std::vector<Decimal>& unit_prices) {
  const bool legacy = legacy_order(order);
  const bool done = completed(order, now);
  const std::string id = legacy ? upper(order.id) : order.id;
  const std::string uri = "/customers/" + order.customer_id + "/orders/" + id;
  Decimal total;
  auto lines = ordered_json::array();
  for (std::size_t at = 0; at < order.lines.size(); ++at) {
    const OrderLine& line = order.lines[at];
    lines.push_back(line_json(order, line, catalogue, done));
    if (at < unit_prices.size()) {
      lines.back()["pricing"] = pricing_json(unit_prices[at], line.quantity);
      total += unit_prices[at] * line.quantity;
    }
  }
  ordered_json out;
  out["id"] = id;
  out["alternateId"] = legacy ? id : order.alternate_id;
  out["referenceCustomerId"] = order.customer_id;
  out["billingCycle"] = order.billing_cycle;
  out["currencyCode"] = order.currency_code;
  out["currencySymbol"] = order.currency_symbol;
  out["lineItems"] = std::move(lines);
  out["creationDate"] = creation_date(order);
  out["status"] = cancelled(order) ? "cancelled" : done ? "completed" : "pending";
  out["transactionType"] = "UserPurchase";
  if (!unit_prices.empty()) {
    out["totalPrice"] = total.nearest();
  }
  if (order.partner_attested) {
    out["partnerOnRecordAttestationAccepted"] = *order.partner_attested;
  }
  out["links"]["self"] = link(uri);
  if (!legacy) {
    out["links"]["provisioningStatus"] = link(uri + "/provisioningstatus");
  }
  out["links"]["patchOperation"] = link(uri, "PATCH");
  out["client"] = ordered_json::object();
  if (!legacy) {
    out["client"]["marketplaceCountry"] = order.country;
    out["client"]["deviceFamily"] = "UniversalStore-PartnerCenter";
    out["client"]["name"] = "Partner Center API";
  }
  partner_center::add_attributes(out, "Order",
                                 legacy ? version_etag(order.id, order.version) : std::string{});
  return out;
}

}  // namespace pcsim
