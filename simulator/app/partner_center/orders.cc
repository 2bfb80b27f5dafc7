#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "app/audit.h"
#include "app/handlers.h"
#include "app/partner_center/commerce_scene.h"
#include "codec/partner_center/catalogue.h"
#include "codec/partner_center/order.h"
#include "codec/reference_data.h"
#include "domain/commerce/order.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

std::string plain(std::string_view text) {
  std::string out = lower(text);
  std::erase(out, '_');
  return out;
}

}  // namespace

const Customer& customer_of(const Call& call) {
  return *call.world.customers.find(lower(call.path.at("customerId")));
}

PurchaseScene scene_of(const Call& call, const Customer& customer) {
  return {call.world, customer, call.reference.catalogue, call.reference.markets, call.env};
}

void record_order(const Call& call, const Customer& customer, const Order& order) {
  std::vector<std::pair<std::string, std::string>> data{
      {"OrderId", order.id},
      {"AlternateId", order.alternate_id},
      {"BillingCycle", order.billing_cycle == "monthly" ? "Monthly" : "OneTime"}};
  for (const OrderLine& line : order.lines) {
    const std::string suffix = "-" + std::to_string(line.number);
    data.emplace_back("OfferId" + suffix, line.offer_id);
    data.emplace_back("SubscriptionId" + suffix, line.subscription_id);
    data.emplace_back("SubscriptionName" + suffix, line.friendly_name);
    data.emplace_back("Quantity" + suffix, std::to_string(line.quantity));
  }
  record_audit(call, "order", "create_order", &customer, std::move(data));
}

Result<Reply> handle_CreateOrder(const Call& call) {
  const Customer& customer = customer_of(call);
  const std::vector<PlacedLine> lines = read_order_lines(call.body);
  if (lines.empty()) {
    return ErrorCode::InvalidRequestInput;
  }
  std::vector<PurchaseLine> purchases;
  for (const PlacedLine& line : lines) {
    purchases.push_back(line.purchase);
  }
  PCSIM_TRY(allowed, check_order(scene_of(call, customer), purchases));
  static_cast<void>(allowed);
  const Market* market = call.reference.markets.find(customer.market);
  if (market == nullptr) {
    return ErrorCode::OfferNotAvailableInCountry;
  }
  const Order& order =
      place_order(call.world, call.env, customer, call.reference.catalogue, *market, lines);
  record_order(call, customer, order);
  return Reply{0, order_json(order, call.reference.catalogue, call.env.now).dump(), {}};
}

Result<Reply> handle_ListOrders(const Call& call) {
  const Customer& customer = customer_of(call);
  const auto filter = call.query.find("billingtype");
  std::vector<const Order*> found;
  for (const auto& [id, order] : call.world.orders) {
    if (order.customer_id == customer.id &&
        (filter == call.query.end() || plain(filter->second) == plain(order.billing_cycle))) {
      found.push_back(&order);
    }
  }
  std::stable_sort(found.begin(), found.end(), [](const Order* left, const Order* right) {
    return left->created < right->created;
  });
  auto items = nlohmann::ordered_json::array();
  for (const Order* order : found) {
    items.push_back(order_json(*order, call.reference.catalogue, call.env.now));
  }
  std::string self = "/customers/" + customer.id + "/orders";
  if (filter != call.query.end()) {
    self += "?billingType=" + filter->second;
  }
  return Reply{0, collection_json(std::move(items), self).dump(), {}};
}

Result<Reply> handle_GetOrder(const Call& call) {
  const Order* found = call.world.orders.find(lower(call.path.at("orderId")));
  if (found == nullptr || found->customer_id != customer_of(call).id) {
    return ErrorCode::OrderNotFound;
  }
  return Reply{0, order_json(*found, call.reference.catalogue, call.env.now).dump(), {}};
}

}  // namespace pcsim
