#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "app/audit.h"
#include "app/handlers.h"
#include "app/partner_center/commerce_scene.h"
#include "app/partner_center/requests.h"
#include "codec/partner_center/collection.h"
#include "codec/partner_center/order.h"
#include "codec/partner_center/order_status.h"
#include "codec/partner_center/subscription.h"
#include "codec/reference_data.h"
#include "domain/commerce/order_update.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using nlohmann::ordered_json;

Result<const Order*> order_of(const Call& call, ErrorCode missing) {
  const Order* found = call.world.orders.find(lower(call.path.at("orderId")));
  if (found == nullptr || found->customer_id != customer_of(call).id) {
    return missing;
  }
  return found;
}

// A legacy order has no provisioning of its own: its subscriptions tell.
Result<const Order*> modern_order_of(const Call& call) {
  PCSIM_TRY(order, order_of(call, ErrorCode::ProvisioningInformationNotFound));
  if (legacy_order(*order)) {
    return ErrorCode::ProvisioningInformationNotFound;
  }
  return order;
}

// Only services of other publishers are activated by their customers.
bool activable(const Call& call, const OrderLine& line) {
  const Product* product = call.reference.catalogue.item(line.offer_id).product;
  return product != nullptr && product->provision() == Provision::Licences && !product->microsoft &&
         line.quantity > 0;
}

bool in_sandbox(const Call& call) {
  const auto* partner = calling_partner(call);
  return partner != nullptr && partner->sandbox;
}

template <class Wants>
Reply links_reply(const Call& call, const Order& order, Wants wants) {
  auto items = ordered_json::array();
  if (completed(order, call.env.now)) {
    for (const OrderLine& line : order.lines) {
      if (wants(line) && activable(call, line)) {
        items.push_back(activation_link_json(line, in_sandbox(call)));
      }
    }
  }
  return Reply{0, partner_center::collection(items), {}};
}

}  // namespace

Result<Reply> handle_UpdateOrder(const Call& call) {
  PCSIM_TRY(order, order_of(call, ErrorCode::OrderNotFound));
  const Customer& customer = customer_of(call);
  const OrderChange wanted = read_order_change(call.body, *order, partner_center::sent_etag(call));
  const Catalogue& catalogue = call.reference.catalogue;
  const std::string before = order_text(*order, catalogue, call.env.now);
  const std::string key = lower(order->id);
  PCSIM_TRY(done, update_order(call.world, call.env, scene_of(call, customer), *order, wanted));
  static_cast<void>(done);
  const Order& changed = *call.world.orders.find(key);
  std::string after = order_text(changed, catalogue, call.env.now);
  record_audit(call, "order", "update_order", &customer,
               {{"OrderId", changed.id}, {"AlternateId", changed.alternate_id}}, after, before);
  return Reply{0, std::move(after), {}};
}

Result<Reply> handle_GetOrderProvisioningStatus(const Call& call) {
  PCSIM_TRY(order, modern_order_of(call));
  auto items = ordered_json::array();
  for (const OrderLine& line : order->lines) {
    items.push_back(line_provisioning_json(line, completed(*order, call.env.now)));
  }
  return Reply{0, partner_center::collection(items), {}};
}

Result<Reply> handle_ListOrderActivationLinks(const Call& call) {
  PCSIM_TRY(order, order_of(call, ErrorCode::OrderNotFound));
  return links_reply(call, *order, [](const OrderLine&) { return true; });
}

Result<Reply> handle_ListLineActivationLinks(const Call& call) {
  PCSIM_TRY(order, order_of(call, ErrorCode::OrderNotFound));
  const std::string& text = call.path.at("lineItemNumber");
  int number = -1;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool known = error == std::errc{} && stop == text.data() + text.size() &&
                     std::any_of(order->lines.begin(), order->lines.end(),
                                 [&](const OrderLine& line) { return line.number == number; });
  if (!known) {
    return ErrorCode::LineItemNumberOutOfRange;
  }
  return links_reply(call, *order, [=](const OrderLine& line) { return line.number == number; });
}

Result<Reply> handle_ListSubscriptionActivationLinks(const Call& call) {
  PCSIM_TRY(subscription, subscription_of(call));
  const Order* order = call.world.orders.find(lower(subscription->order_id));
  if (order == nullptr) {
    return Reply{0, partner_center::collection(ordered_json::array()), {}};
  }
  const std::string id = subscription->id;
  return links_reply(call, *order,
                     [&](const OrderLine& line) { return lower(line.subscription_id) == id; });
}

}  // namespace pcsim
