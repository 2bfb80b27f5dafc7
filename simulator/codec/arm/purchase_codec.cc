#include "codec/arm/purchase_codec.h"

#include <array>
#include <charconv>
#include <nlohmann/json.hpp>
#include <utility>

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
template <class Words>
std::string canonical(const std::string& text, const Words& words) {
  for (const char* word : words) {
    if (equal_ignoring_case(text, word)) {
      return word;
    }
  }
  return text;
}

constexpr std::array kResourceTypes{"VirtualMachines", "SqlDatabases", "CosmosDb", "SuseLinux"};
constexpr std::array kTerms{"P1Y", "P3Y", "P5Y"};
constexpr std::array kBillingPlans{"Upfront", "Monthly"};
constexpr std::array kScopeTypes{"Shared", "Single", "ManagementGroup"};

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

ordered_json money(const std::string& currency, Decimal amount) {
  return {{"currencyCode", currency}, {"amount", amount.nearest()}};
}

ordered_json schedule(Instant start, Instant now, const Total& total, const std::string& term,
                      const std::string& plan, bool bought) {
  ordered_json rows = ordered_json::array();
  const auto billing = instalments(total.billing, total.places, term, plan);
  int month = 0;
  for (const Decimal amount : instalments(total.usd, 2, term, plan)) {
    const Instant due = add_months(start, month);
    const bool paid = bought && due <= now;
    ordered_json row{{"dueDate", to_date(due)}};
    if (paid) {
      row["paymentDate"] = to_date(due);
    }
    row["pricingCurrencyTotal"] = money("USD", amount);
    if (month == 0) {
      row["billingCurrencyTotal"] = money(total.currency, billing.front());
    }
    row["status"] = paid ? "Succeeded" : "Scheduled";
    rows.push_back(std::move(row));
    ++month;
  }
  return rows;
}

}  // namespace

PurchaseRequest parse_purchase(const json& body) {
  PurchaseRequest request;
  const json properties = child(body, "properties");
  request.sku = text_at(child(body, "sku"), "name");
  // Software plans belong to no region.
  request.location = or_else(text_at(body, "location"), "global");
  request.resource_type = canonical(
      or_else(text_at(properties, "reservedresourcetype"), "VirtualMachines"), kResourceTypes);
  request.billing_subscription_id = subscription_in(text_at(properties, "billingscopeid"));
  request.billing_scope_valid = is_guid(request.billing_subscription_id);
  request.term = canonical(text_at(properties, "term"), kTerms);
  request.billing_plan =
      canonical(or_else(text_at(properties, "billingplan"), "Upfront"), kBillingPlans);
  request.display_name = text_at(properties, "displayname");
  request.scope_type =
      canonical(or_else(text_at(properties, "appliedscopetype"), "Shared"), kScopeTypes);
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

std::string default_display_name(Instant now) {
  const std::string text = to_iso(now);
  return "VM_RI_" + text.substr(5, 5) + "-" + text.substr(0, 4) + "_" + text.substr(11, 2) + "-" +
         text.substr(14, 2);
}

std::string price_json(const PriceAnswer& answer) {
  const PurchaseRequest& request = answer.request;
  ordered_json properties{
      {"billingCurrencyTotal", money(answer.total.currency, answer.total.billing)},
      {"netTotal", 0.0},
      {"taxTotal", 0.0},
      {"grandTotal", 0.0},
      {"isTaxIncluded", answer.tax_included},
      {"isBillingPartnerManaged", answer.partner_managed},
      {"reservationOrderId", answer.order_id},
      {"skuTitle", answer.title},
      {"skuDescription", request.sku},
      {"pricingCurrencyTotal", money("USD", answer.total.usd)},
      {"paymentSchedule",
       schedule(answer.now, answer.now, answer.total, request.term, request.billing_plan, false)}};
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
    ordered_json rows =
        schedule(first.created, answer.now, answer.total, first.term, first.billing_plan, done);
    ordered_json plan{{"pricingCurrencyTotal", money("USD", answer.total.usd)},
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
