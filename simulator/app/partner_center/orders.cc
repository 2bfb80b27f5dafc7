#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "app/audit.h"
#include "app/handlers.h"
#include "app/partner_center/commerce_scene.h"
#include "app/partner_center/requests.h"
#include "codec/partner_center/collection.h"
#include "codec/partner_center/order.h"
#include "codec/reference_data.h"
#include "domain/commerce/line_prices.h"
#include "domain/commerce/order.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using partner_center::query_value;

std::string plain(std::string_view text) {
  std::string out = lower(text);
  std::erase(out, '_');
  return out;
}

// The order as the query asks for it.
void write_shown(JsonPlace place, const Call& call, const Order& order) {
  const bool priced = equal_ignoring_case(query_value(call, "include_price").value_or(""), "true");
  write_order(
      place, order, call.reference.catalogue, call.env.now,
      priced ? unit_prices(call.world, call.reference.catalogue, order) : std::vector<Decimal>{});
}

}  // namespace

const Customer& customer_of(const Call& call) {
  return *call.world.customers.find(lower(call.path.at("customerId")));
}

PurchaseScene scene_of(const Call& call, const Customer& customer) {
  return {
      call.world,           customer, call.reference.catalogue, call.reference.markets, call.env,
      calling_partner(call)};
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
  record_audit(call, "order", "create_order", &customer, std::move(data),
               order_text(order, call.reference.catalogue, call.env.now));
}

Result<Reply> handle_CreateOrder(const Call& call) {
  const Customer& customer = customer_of(call);
  OrderDraft draft = read_order(call.body);
  if (draft.lines.empty()) {
    return ErrorCode::InvalidRequestInput;
  }
  PCSIM_TRY(numbered, check_line_numbers(draft.lines));
  static_cast<void>(numbered);
  std::vector<PurchaseLine> purchases;
  for (const PlacedLine& line : draft.lines) {
    purchases.push_back(line.purchase);
  }
  const PurchaseScene scene = scene_of(call, customer);
  PCSIM_TRY(allowed, check_order(scene, purchases, draft.partner_attested));
  static_cast<void>(allowed);
  const Order& order =
      place_order(call.world, call.env, scene, draft.lines, draft.partner_attested);
  record_order(call, customer, order);
  return Reply{0, order_text(order, call.reference.catalogue, call.env.now), {}};
}

Result<Reply> handle_ListOrders(const Call& call) {
  const Customer& customer = customer_of(call);
  const auto filter = query_value(call, "billingtype");
  std::vector<const Order*> found;
  for (const auto& [id, order] : call.world.orders) {
    if (order.customer_id == customer.id && listed(order, call.env) &&
        (!filter || plain(*filter) == plain(order.billing_cycle))) {
      found.push_back(&order);
    }
  }
  std::stable_sort(found.begin(), found.end(), [](const Order* left, const Order* right) {
    return left->created < right->created;
  });
  std::string self = "/customers/" + customer.id + "/orders";
  if (filter) {
    self += "?billingType=" + partner_center::encode_query(*filter);
  }
  return Reply{0,
               partner_center::collection(
                   found.size(), self,
                   [&](JsonPlace place, std::size_t i) { write_shown(place, call, *found[i]); }),
               {}};
}

Result<Reply> handle_GetOrder(const Call& call) {
  const Order* found = call.world.orders.find(lower(call.path.at("orderId")));
  if (found == nullptr || found->customer_id != customer_of(call).id) {
    return ErrorCode::OrderNotFound;
  }
  return Reply{0, json_text([&](JsonPlace place) { write_shown(place, call, *found); }), {}};
}

}  // namespace pcsim
