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
using partner_center::add_text;
using partner_center::text_of;
using partner_center::write_link;

void write_pricing(JsonPlace place, Decimal unit_price, std::int64_t quantity) {
  const JsonObject out{place};
  out["listPrice"] = unit_price.nearest();
  out["discountedPrice"] = unit_price.nearest();
  out["proratedPrice"] = unit_price.nearest();
  out["price"] = unit_price.nearest();
  out["extendedPrice"] = (unit_price * quantity).nearest();
}

std::string shown_id(const Order& order, const std::string& id) {
  return legacy_order(order) ? upper(id) : id;
}

/// Whether the line's subscription is there to be seen.
bool shows_subscription(const OrderLine& line, bool done) {
  return !line.subscription_id.empty() && done;
}

void write_line_links(JsonPlace place, const Order& order, const OrderLine& line,
                      const CatalogueItem& item, bool done) {
  const bool legacy = legacy_order(order);
  const JsonObject links{place};
  if (!legacy) {
    add_item_links(links, item, order.country);
  }
  if (shows_subscription(line, done)) {
    const std::string id = shown_id(order, line.subscription_id);
    write_link(links["subscription"], "/customers/" + order.customer_id + "/subscriptions/" + id);
    if (legacy) {
      write_link(links["provisioningStatus"], "/subscriptions/" + id + "/provisioningstatus");
    }
  }
}

void write_line(JsonPlace place, const Order& order, const OrderLine& line,
                const Catalogue& catalogue, bool done, const Decimal* unit_price) {
  const JsonObject out{place};
  out["lineItemNumber"] = line.number;
  out["offerId"] = line.offer_id;
  if (shows_subscription(line, done)) {
    out["subscriptionId"] = shown_id(order, line.subscription_id);
  }
  add_text(out, "parentSubscriptionId", shown_id(order, line.parent_subscription_id));
  out["termDuration"] = line.term_duration;
  if (!line.renews_to.empty()) {
    write_renews_to(out["renewsTo"], line.renews_to);
  }
  out["transactionType"] = line.quantity == 0 ? "Cancel" : "New";
  add_text(out, "promotionId", line.promotion_id);
  add_text(out, "customTermEndDate", line.custom_term_end);
  add_text(out, "friendlyName", line.friendly_name);
  out["quantity"] = line.quantity;
  add_text(out, "partnerIdOnRecord", line.partner_on_record);
  if (!line.more_partners_on_record.empty()) {
    const JsonArray more{out["additionalPartnerIdsOnRecord"]};
    for (const std::string& id : line.more_partners_on_record) {
      more.next() = id;
    }
  }
  if (!line.provisioning.empty()) {
    write_provisioning(out["provisioningContext"], line.provisioning);
  }
  if (line.attested) {
    out["attestationAccepted"] = true;
  }
  const CatalogueItem item = legacy_order(order) ? CatalogueItem{} : catalogue.item(line.offer_id);
  if (item.availability != nullptr || shows_subscription(line, done)) {
    write_line_links(out["links"], order, line, item, done);
  }
  if (unit_price != nullptr) {
    write_pricing(out["pricing"], *unit_price, line.quantity);
  }
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

void write_order(JsonPlace place, const Order& order, const Catalogue& catalogue, Instant now,
                 const std::vector<Decimal>& unit_prices) {
  const bool legacy = legacy_order(order);
  const bool done = completed(order, now);
  const std::string id = shown_id(order, order.id);
  const std::string uri = "/customers/" + order.customer_id + "/orders/" + id;
  const JsonObject out{place};
  out["id"] = id;
  out["alternateId"] = legacy ? id : order.alternate_id;
  out["referenceCustomerId"] = order.customer_id;
  out["billingCycle"] = order.billing_cycle;
  out["currencyCode"] = order.currency_code;
  out["currencySymbol"] = order.currency_symbol;
  Decimal total;
  {
    const JsonArray lines{out["lineItems"]};
    for (std::size_t at = 0; at < order.lines.size(); ++at) {
      const OrderLine& line = order.lines[at];
      const Decimal* price = at < unit_prices.size() ? &unit_prices[at] : nullptr;
      write_line(lines.next(), order, line, catalogue, done, price);
      if (price != nullptr) {
        total += *price * line.quantity;
      }
    }
  }
  out["creationDate"] = creation_date(order);
  out["status"] = cancelled(order) ? "cancelled" : done ? "completed" : "pending";
  out["transactionType"] = "UserPurchase";
  if (!unit_prices.empty()) {
    out["totalPrice"] = total.nearest();
  }
  if (order.partner_attested) {
    out["partnerOnRecordAttestationAccepted"] = *order.partner_attested;
  }
  {
    const JsonObject links{out["links"]};
    write_link(links["self"], uri);
    if (!legacy) {
      write_link(links["provisioningStatus"], uri + "/provisioningstatus");
    }
    write_link(links["patchOperation"], uri, "PATCH");
  }
  {
    const JsonObject client{out["client"]};
    if (!legacy) {
      client["marketplaceCountry"] = order.country;
      client["deviceFamily"] = "UniversalStore-PartnerCenter";
      client["name"] = "Partner Center API";
    }
  }
  partner_center::add_attributes(out, "Order",
                                 legacy ? version_etag(order.id, order.version) : std::string{});
}

std::string order_text(const Order& order, const Catalogue& catalogue, Instant now) {
  return json_text([&](JsonPlace place) { write_order(place, order, catalogue, now); });
}

}  // namespace pcsim
