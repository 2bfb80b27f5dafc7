#include "cases/shop.h"

#include <nlohmann/json.hpp>

namespace pcsim::contract {

using nlohmann::json;

namespace {

std::string padded(int n, std::size_t width) {
  std::string out = std::to_string(n);
  return std::string(width - out.size(), '0') + out;
}

}  // namespace

std::string owned(const std::string& customer, int n) {
  return "f" + customer.substr(1, 7) + "-0000-4000-8000-" + padded(n, 12);
}

std::string modern_order(const std::string& customer, int n) {
  return "f" + customer.substr(1, 7) + padded(n, 4);
}

std::string legacy_order(const std::string& customer, int n) { return owned(customer, 500 + n); }

json seats_of(const std::string& item, int quantity, const std::string& cycle,
              const std::string& term) {
  json line{{"lineItemNumber", 0}, {"offerId", item}, {"quantity", quantity}};
  if (!term.empty()) {
    line["termDuration"] = term;
  }
  json out{{"lineItems", json::array({line})}};
  if (!cycle.empty()) {
    out["billingCycle"] = cycle;
  }
  return out;
}

json buy(const Client& client, const std::string& customer, const json& order) {
  return client.ok({.operation = OperationId::CreateOrder,
                    .path = customer_path(customer),
                    .body = order.dump()});
}

std::string buy_subscription(const Client& client, const std::string& customer, const json& order) {
  return buy(client, customer, order).at("lineItems").at(0).value("subscriptionId", "");
}

Path order_path(const std::string& customer, const std::string& order) {
  return {{"customerId", customer}, {"orderId", order}};
}

}  // namespace pcsim::contract
