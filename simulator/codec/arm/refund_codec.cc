#include "codec/arm/refund_codec.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "codec/arm/purchase_codec.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using nlohmann::ordered_json;

ordered_json policy_errors(const std::vector<Error>& errors, Locale locale) {
  ordered_json out = ordered_json::array();
  for (const Error& error : errors) {
    ordered_json one;
    one["code"] = error_row(error.code).code;
    one["message"] = error_text(error, locale);
    out.push_back(std::move(one));
  }
  return out;
}

ordered_json billing_information(const RefundQuote& quote) {
  const std::string& currency = quote.price.currency;
  ordered_json out;
  out["billingPlan"] = quote.terms.instalments > 1 ? "Monthly" : "Upfront";
  out["completedTransactions"] = quote.terms.paid;
  out["totalTransactions"] = quote.terms.instalments;
  out["billingCurrencyTotalPaidAmount"] = money_json(currency, quote.billing.paid);
  out["billingCurrencyProratedAmount"] = money_json(currency, quote.billing.prorated);
  out["billingCurrencyRemainingCommitmentAmount"] = money_json(currency, quote.billing.remaining);
  return out;
}

ordered_json error_json(const Error& error, Locale locale) {
  ordered_json out;
  out["code"] = error_row(error.code).code;
  out["message"] = error_text(error, locale);
  return out;
}

ordered_json purchases_json(const ExchangeWish& wish, const ExchangeQuote& quote) {
  ordered_json out = ordered_json::array();
  for (std::size_t at = 0; at < wish.purchases.size(); ++at) {
    ordered_json one;
    one["properties"] = purchase_json(wish.purchases[at]);
    if (at < quote.prices.size()) {
      one["billingCurrencyTotal"] =
          money_json(quote.currency, quote.prices[at].billing * wish.purchases[at].quantity);
    }
    out.push_back(std::move(one));
  }
  return out;
}

ordered_json returns_json(const ExchangeWish& wish, const ExchangeQuote& quote) {
  ordered_json out = ordered_json::array();
  for (std::size_t at = 0; at < wish.returns.size(); ++at) {
    ordered_json one;
    one["reservationId"] = wish.returns[at].reservation_id;
    one["quantity"] = wish.returns[at].quantity;
    if (at < quote.returns.size()) {
      one["billingRefundAmount"] = money_json(quote.currency, quote.returns[at].refund_billing);
      one["billingInformation"] = billing_information(quote.returns[at]);
    }
    out.push_back(std::move(one));
  }
  return out;
}

/// The outcome of a calculation or an exchange, with the parts both have.
ordered_json outcome(const std::string& session_id, const ExchangeWish& wish,
                     const ExchangeQuote& quote, Locale locale) {
  ordered_json properties;
  properties["sessionId"] = session_id;
  properties["netPayable"] = money_json(quote.currency, quote.totals.net);
  properties["refundsTotal"] = money_json(quote.currency, quote.totals.refunds);
  properties["purchasesTotal"] = money_json(quote.currency, quote.totals.purchases);
  properties["reservationsToPurchase"] = purchases_json(wish, quote);
  properties["reservationsToExchange"] = returns_json(wish, quote);
  ordered_json errors = ordered_json::array();
  if (quote.policy) {
    ordered_json one;
    one["code"] = quote.policy->code;
    one["message"] = quote.policy->message;
    errors.push_back(std::move(one));
  }
  ordered_json out;
  out["status"] = quote.policy || quote.error ? "Failed" : "Succeeded";
  out["error"] = quote.error    ? error_json(*quote.error, locale)
                 : quote.policy ? errors.front()
                                : ordered_json{};
  properties["policyResult"]["policyErrors"] = std::move(errors);
  out["properties"] = std::move(properties);
  return out;
}

void set_status(ordered_json& properties, const char* list, const char* status) {
  for (ordered_json& item : properties.at(list)) {
    item["status"] = status;
  }
}

}  // namespace

std::string refund_json(const std::string& order_id, const std::string& session_id,
                        const RefundQuote& quote, Locale locale) {
  ordered_json policy;
  policy["consumedRefundsTotal"] = money_json("USD", quote.consumed);
  policy["maxRefundLimit"] = money_json("USD", max_refund());
  policy["policyErrors"] = policy_errors(quote.policy, locale);
  ordered_json properties;
  properties["sessionId"] = session_id;
  properties["quantity"] = quote.quantity;
  properties["billingRefundAmount"] = money_json(quote.price.currency, quote.refund_billing);
  properties["pricingRefundAmount"] = money_json("USD", quote.refund_usd);
  properties["policyResult"]["properties"] = std::move(policy);
  properties["billingInformation"] = billing_information(quote);
  ordered_json out;
  out["id"] = "/providers/microsoft.capacity/reservationOrders/" + order_id;
  out["properties"] = std::move(properties);
  return out.dump();
}

std::string exchange_quote_json(const std::string& session_id, const ExchangeWish& wish,
                                const ExchangeQuote& quote, Locale locale) {
  return outcome(session_id, wish, quote, locale).dump();
}

std::string exchange_json(const std::string& session_id, const ExchangeWish& wish,
                          const Exchanged& done, Locale locale) {
  ordered_json out = outcome(session_id, wish, done.quote, locale);
  ordered_json& purchases = out["properties"]["reservationsToPurchase"];
  for (std::size_t at = 0; at < done.bought.size(); ++at) {
    const Reservation& row = done.bought[at];
    const std::string order = "/providers/microsoft.capacity/reservationOrders/" + row.order_id;
    purchases[at]["reservationOrderId"] = order;
    purchases[at]["reservationId"] = order + "/reservations/" + row.reservation_id;
  }
  const char* status = done.quote.error || done.quote.policy ? "Failed" : "Succeeded";
  set_status(out["properties"], "reservationsToPurchase", status);
  set_status(out["properties"], "reservationsToExchange", status);
  return out.dump();
}

std::string operation_json(const ExchangeOperation& operation, Instant now) {
  ordered_json result = ordered_json::parse(operation.result);
  ordered_json out;
  out["id"] = "/providers/Microsoft.Capacity/operationResults/" + operation.id;
  out["name"] = operation.id;
  if (now >= operation.completes) {
    out["status"] = result.at("status");
    out["properties"] = std::move(result["properties"]);
    out["error"] = std::move(result["error"]);
    return out.dump();
  }
  if (!operation.performs) {
    out["status"] = "Pending";
    return out.dump();
  }
  const bool refunding = now < operation.created + (operation.completes - operation.created) / 2;
  out["status"] = refunding ? "PendingRefunds" : "PendingPurchases";
  ordered_json properties = std::move(result["properties"]);
  set_status(properties, "reservationsToExchange", refunding ? "Pending" : "Succeeded");
  set_status(properties, "reservationsToPurchase", "Pending");
  for (ordered_json& item : properties.at("reservationsToPurchase")) {
    item.erase("reservationOrderId");
    item.erase("reservationId");
  }
  out["properties"] = std::move(properties);
  return out.dump();
}

bool succeeded(const ExchangeOperation& operation) {
  return ordered_json::parse(operation.result).at("status") == "Succeeded";
}

}  // namespace pcsim
