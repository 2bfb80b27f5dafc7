#include "codec/arm/purchase_codec.h"

#include <charconv>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <utility>

#include "codec/arm/price_table.h"
#include "codec/time.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

std::string text_at(const json& object, const char* name) {
  if (!object.is_object()) {
    return {};
  }
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

json child(const json& object, const char* name) {
  return object.is_object() && object.contains(name) ? object.at(name) : json{};
}

std::int64_t quantity_of(const json& value) {
  if (value.is_number_integer()) {
    return value.get<std::int64_t>();
  }
  std::int64_t number = 0;
  if (value.is_string()) {
    const auto& text = value.get_ref<const std::string&>();
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size() ? number : 0;
  }
  return 0;
}

/// `text` in the spelling of `words`, or as it is when it is none of them.
std::string canonical(const std::string& text, std::initializer_list<const char*> words) {
  for (const char* word : words) {
    if (equal_ignoring_case(text, word)) {
      return word;
    }
  }
  return text;
}

std::string or_else(std::string text, const char* fallback) {
  return text.empty() ? std::string{fallback} : std::move(text);
}

/// The subscription id in `/subscriptions/{id}` or a bare id.
std::string subscription_in(const std::string& scope) {
  std::string id = lower(scope);
  constexpr std::string_view prefix = "/subscriptions/";
  if (id.starts_with(prefix)) {
    id.erase(0, prefix.size());
  }
  if (!id.empty() && id.back() == '/') {
    id.pop_back();
  }
  return id;
}

/// A scope in lower case with one leading slash.
std::string scope_text(const std::string& text) {
  const std::size_t start = text.find_first_not_of('/');
  return start == std::string::npos ? std::string{} : "/" + lower(text.substr(start));
}

/// The scopes a request names, the deprecated list before the newer properties.
std::vector<std::string> scopes_in(const json& properties) {
  std::vector<std::string> scopes;
  for (const json& entry : child(properties, "appliedscopes")) {
    if (entry.is_string()) {
      scopes.push_back(scope_text(entry.get<std::string>()));
    }
  }
  const json newer = child(properties, "appliedscopeproperties");
  for (const char* name : {"resourcegroupid", "subscriptionid"}) {
    const std::string text = text_at(newer, name);
    if (scopes.empty() && !text.empty()) {
      scopes.push_back(scope_text(is_guid(text) ? "subscriptions/" + text : text));
    }
  }
  return scopes;
}

ordered_json money(const std::string& currency, Cents amount) {
  return {{"currencyCode", currency}, {"amount", static_cast<double>(amount) / 100.0}};
}

ordered_json payment(Instant due, Cents usd, const std::string& currency, bool first, bool paid) {
  ordered_json row{{"dueDate", to_date(due)}};
  if (paid) {
    row["paymentDate"] = to_date(due);
  }
  row["pricingCurrencyTotal"] = money("USD", usd);
  if (first) {
    row["billingCurrencyTotal"] = money(currency, convert_from_usd(usd, currency));
  }
  row["status"] = paid ? "Succeeded" : "Scheduled";
  return row;
}

ordered_json schedule(Instant start, Instant now, Cents total, const std::string& term,
                      const std::string& plan, const std::string& currency, bool bought) {
  ordered_json rows = ordered_json::array();
  int month = 0;
  for (const Cents amount : instalments(total, term, plan)) {
    const Instant due = add_months(start, month);
    rows.push_back(payment(due, amount, currency, month == 0, bought && due <= now));
    ++month;
  }
  return rows;
}

}  // namespace

PurchaseRequest parse_purchase(const json& body) {
  PurchaseRequest request;
  const json properties = child(body, "properties");
  request.sku = text_at(child(body, "sku"), "name");
  request.location = text_at(body, "location");
  request.resource_type = canonical(
      or_else(text_at(properties, "reservedresourcetype"), "VirtualMachines"), {"VirtualMachines"});
  request.billing_subscription_id = subscription_in(text_at(properties, "billingscopeid"));
  request.billing_scope_valid = is_guid(request.billing_subscription_id);
  request.term = canonical(text_at(properties, "term"), {"P1Y", "P3Y", "P5Y"});
  request.billing_plan =
      canonical(or_else(text_at(properties, "billingplan"), "Upfront"), {"Upfront", "Monthly"});
  request.display_name = text_at(properties, "displayname");
  request.scope_type = canonical(or_else(text_at(properties, "appliedscopetype"), "Shared"),
                                 {"Shared", "Single", "ManagementGroup"});
  request.quantity = quantity_of(child(properties, "quantity"));
  request.applied_scopes = scopes_in(properties);
  const json renew = child(properties, "renew");
  request.renew = renew.is_boolean() && renew.get<bool>();
  request.instance_flexibility = !equal_ignoring_case(
      text_at(child(properties, "reservedresourceproperties"), "instanceflexibility"), "Off");
  return request;
}

std::string purchase_fingerprint(const PurchaseRequest& request) {
  return json{lower(request.sku),     lower(request.location),
              request.resource_type,  request.billing_subscription_id,
              request.term,           request.billing_plan,
              request.scope_type,     request.quantity,
              request.applied_scopes, request.instance_flexibility,
              request.renew}
      .dump();
}

std::string sku_title(const std::string& sku, const std::string& location,
                      const std::string& term) {
  return "Reserved VM Instance, " + sku + ", " + location_title(location) +
         (term == "P3Y" ? ", 3 Years" : ", 1 Year");
}

std::string default_display_name(Instant now) {
  const std::string text = to_iso(now);
  return "VM_RI_" + text.substr(5, 5) + "-" + text.substr(0, 4) + "_" + text.substr(11, 2) + "-" +
         text.substr(14, 2);
}

std::string price_json(const PriceAnswer& answer) {
  const PurchaseRequest& request = answer.request;
  ordered_json properties{
      {"billingCurrencyTotal",
       money(answer.currency, convert_from_usd(answer.total, answer.currency))},
      {"netTotal", 0.0},
      {"taxTotal", 0.0},
      {"grandTotal", 0.0},
      {"isTaxIncluded", false},
      {"isBillingPartnerManaged", answer.partner_managed},
      {"reservationOrderId", answer.order_id},
      {"skuTitle", sku_title(request.sku, request.location, request.term)},
      {"skuDescription", request.sku},
      {"pricingCurrencyTotal", money("USD", answer.total)},
      {"paymentSchedule", schedule(answer.now, answer.now, answer.total, request.term,
                                   request.billing_plan, answer.currency, false)}};
  ordered_json out;
  out["properties"] = std::move(properties);
  return out.dump();
}

std::string order_json(const OrderAnswer& answer) {
  const Reservation& first = answer.reservations.front();
  const std::string id = "/providers/microsoft.capacity/reservationOrders/" + first.order_id;
  const bool done = answer.state == "Succeeded";
  ordered_json properties{{"displayName", first.display_name},
                          {"requestDateTime", to_iso(first.created)}};
  if (done) {
    const Instant expiry = add_months(first.succeeds, term_months(first.term));
    properties["createdDateTime"] = to_iso(first.succeeds);
    properties["expiryDate"] = to_date(expiry);
    properties["expiryDateTime"] = to_iso(expiry);
    properties["benefitStartTime"] = to_iso(first.succeeds);
  }
  std::int64_t quantity = 0;
  ordered_json links = ordered_json::array();
  for (const Reservation& reservation : answer.reservations) {
    quantity += reservation.quantity;
    links.push_back(ordered_json{{"id", id + "/reservations/" + reservation.reservation_id}});
  }
  properties["term"] = first.term;
  properties["provisioningState"] = answer.state;
  properties["originalQuantity"] = quantity;
  properties["billingPlan"] = first.billing_plan;
  properties["reservations"] = std::move(links);
  if (answer.schedule) {
    ordered_json rows = schedule(first.created, answer.now, answer.total, first.term,
                                 first.billing_plan, answer.currency, done);
    ordered_json plan{{"pricingCurrencyTotal", money("USD", answer.total)},
                      {"startDate", to_date(first.created)}};
    for (const auto& row : rows) {
      if (row.at("status") == "Scheduled") {
        plan["nextPaymentDueDate"] = row.at("dueDate");
        break;
      }
    }
    plan["transactions"] = std::move(rows);
    properties["planInformation"] = std::move(plan);
  }
  ordered_json out{{"id", id},
                   {"name", first.order_id},
                   {"type", "Microsoft.Capacity/reservationOrders"},
                   {"etag", done                                ? 5
                            : answer.state == "PendingCapacity" ? 4
                                                                : 1}};
  out["properties"] = std::move(properties);
  return out.dump();
}

}  // namespace pcsim
