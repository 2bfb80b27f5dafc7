#include "codec/partner_center/cart.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "codec/partner_center/collection.h"
#include "codec/partner_center/json_read.h"
#include "codec/partner_center/line_parts.h"
#include "codec/time.h"
#include "pcsim/result.h"

namespace pcsim {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;
using partner_center::add_text;
using partner_center::member;
using partner_center::text_of;

void write_line(JsonPlace place, const CartLine& line, Locale locale);

void write_lines(JsonPlace place, const std::vector<CartLine>& lines, Locale locale) {
  const JsonArray out{place};
  for (const CartLine& line : lines) {
    write_line(out.next(), line, locale);
  }
}

void write_line(JsonPlace place, const CartLine& line, Locale locale) {
  const JsonObject out{place};
  out["id"] = line.id;
  out["catalogItemId"] = line.catalog_item_id;
  add_text(out, "friendlyName", line.friendly_name);
  out["quantity"] = line.quantity;
  add_text(out, "currencyCode", line.currency_code);
  out["billingCycle"] = billing_cycle_word(line.billing_cycle);
  add_text(out, "termDuration", line.term_duration);
  if (!line.participants.empty()) {
    write_participants(out["participants"], line.participants);
  }
  if (!line.provisioning.empty()) {
    write_provisioning(out["provisioningContext"], line.provisioning);
  }
  add_text(out, "orderGroup", line.order_group);
  if (!line.addons.empty()) {
    write_lines(out["addonItems"], line.addons, locale);
  }
  if (!line.renews_to.empty()) {
    write_renews_to(out["renewsTo"], line.renews_to);
  }
  add_text(out, "promotionId", line.promotion_id);
  add_text(out, "customTermEndDate", line.custom_term_end);
  if (line.attested) {
    out["attestationAccepted"] = true;
  }
  if (line.error) {
    out["error"].tree(line_error_json(*line.error, locale));
  }
}

// `next_id` counts over the whole cart, for lines that bring no id of their own.
CartLine read_line(const json& node, int& next_id) {
  CartLine line;
  line.id = static_cast<int>(
      std::clamp<std::int64_t>(integer_member(node, "id", next_id), 0, 1'000'000'000));
  next_id = std::max(next_id, line.id) + 1;
  line.catalog_item_id = text_of(node, "catalogitemid");
  if (line.catalog_item_id.empty()) {
    line.catalog_item_id = text_of(node, "catalogid");  // the property tables' name
  }
  line.friendly_name = text_of(node, "friendlyname");
  line.quantity = integer_member(node, "quantity", 1);
  line.currency_code = text_of(node, "currencycode");
  line.billing_cycle = billing_cycle_member(node);
  line.term_duration = text_of(node, "termduration");
  line.renews_to = read_renews_to(node);
  line.promotion_id = text_of(node, "promotionid");
  line.custom_term_end = text_of(node, "customtermenddate");
  line.attested = flag_member(node, "attestationaccepted").value_or(false);
  line.provisioning = read_provisioning(node);
  line.participants = read_participants(node);
  const json& addons = member(node, "addonitems");
  if (addons.is_array()) {
    for (const json& addon : addons) {
      line.addons.push_back(read_line(addon, next_id));
    }
  }
  return line;
}

}  // namespace

CartDraft read_cart(const json& body) {
  CartDraft out;
  const json& lines = member(body, "lineitems");
  int next_id = 0;
  if (lines.is_array()) {
    for (const json& node : lines) {
      out.lines.push_back(read_line(node, next_id));
    }
  }
  out.partner_attested = flag_member(body, "partneronrecordattestationaccepted");
  return out;
}

ordered_json line_error_json(ErrorCode error, Locale locale) {
  ordered_json out;
  out["errorCode"] = std::stoi(std::string{error_row(error).code});
  out["errorDescription"] = error_text(Error{error, {}, {}}, locale);
  return out;
}

void write_cart(JsonPlace place, const Cart& cart, Locale locale) {
  const JsonObject out{place};
  out["id"] = cart.id;
  out["creationTimestamp"] = to_iso(cart.created);
  out["lastModifiedTimestamp"] = to_iso(cart.modified);
  out["expirationTimestamp"] = to_iso(cart.expires);
  out["lastModifiedUser"] = cart.last_modified_user;
  out["status"] = cart.ordered ? "Ordered" : "Active";
  if (cart.partner_attested) {
    out["partnerOnRecordAttestationAccepted"] = *cart.partner_attested;
  }
  write_lines(out["lineItems"], cart.lines, locale);
  partner_center::add_self(out, "/customers/" + cart.customer_id + "/carts/" + cart.id);
  partner_center::add_attributes(out, "Cart");
}

}  // namespace pcsim
