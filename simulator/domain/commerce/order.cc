#include "domain/commerce/order.h"

#include <algorithm>
#include <utility>

#include "domain/commerce/reservation_order.h"
#include "domain/commerce/subscription.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

bool buys_plan(const std::vector<PurchaseLine>& lines) {
  return std::any_of(lines.begin(), lines.end(),
                     [](const PurchaseLine& line) { return is_azure_plan(line.catalog_item_id); });
}

void provision_subscription(World& world, Env& env, const Customer& customer, Order& order,
                            OrderLine& line, bool plan) {
  Subscription bought;
  bought.id = env.ids.guid();
  bought.customer_id = customer.id;
  bought.offer_id = line.offer_id;
  bought.offer_name = plan ? "Azure plan" : "Microsoft Azure";
  bought.friendly_name = line.friendly_name.empty() ? bought.offer_name : line.friendly_name;
  bought.order_id = order.id;
  bought.quantity = line.quantity;
  bought.created = env.now;
  bought.visible_from = order.completes;
  bought.azure_plan = plan;
  line.subscription_id = bought.id;
  const std::string azure_id = plan ? env.ids.guid() : bought.id;
  add_azure_subscription(world, env, customer, bought.id, azure_id,
                         plan ? "Microsoft Azure" : bought.friendly_name);
  const std::string id = bought.id;
  world.subscriptions.put(id, std::move(bought));
}

// The Azure subscription that pays: the one asked for, else the first active one of the plan.
std::string billing_subscription(const World& world, const ProvisioningContext& context) {
  if (!context.entitlement_id.empty()) {
    return lower(context.entitlement_id);
  }
  const std::string plan_id = lower(context.subscription_id);
  for (const auto& [id, azure] : world.azure_subscriptions) {
    if (azure.plan_id == plan_id && azure.active) {
      return id;
    }
  }
  return plan_id;
}

void provision_reservation(World& world, Env& env, const Customer& customer, const Order& order,
                           const OrderLine& line, const CatalogueItem& item) {
  Reservation bought;
  bought.order_id = env.ids.guid();
  bought.reservation_id = env.ids.guid();
  bought.customer_id = customer.id;
  bought.partner_order_id = order.id;
  bought.product_id = item.product->id;
  bought.sku_id = item.sku->id;
  bought.line_number = line.number;
  bought.quantity = line.quantity;
  bought.scope_type = equal_ignoring_case(line.provisioning.scope, "single") ? "Single" : "Shared";
  bought.billing_subscription_id = billing_subscription(world, line.provisioning);
  bought.term = item.sku->term;
  bought.display_name = line.friendly_name;
  bought.sku_name = item.sku->arm_sku_name;
  bought.location = item.sku->arm_region;
  bought.artifact_group = env.ids.hex(32);
  bought.artifact_line = env.ids.guid();
  bought.created = env.now;
  bought.succeeds = env.now + env.delay;
  const std::string id = bought.reservation_id;
  world.reservations.put(id, std::move(bought));
}

}  // namespace

bool legacy_order(const Order& order) {
  return !order.lines.empty() && is_microsoft_azure(order.lines.front().offer_id);
}

bool completed(const Order& order, Instant now) { return now >= order.completes; }

Result<Done> check_order(const PurchaseScene& scene, const std::vector<PurchaseLine>& lines) {
  if (!agreement_accepted(scene.world, scene.customer)) {
    return ErrorCode::AgreementNotAccepted;
  }
  const bool plan = buys_plan(lines);
  for (const PurchaseLine& line : lines) {
    if (const auto error = order_error(scene, line, plan)) {
      return *error;
    }
  }
  return Done{};
}

Order& place_order(World& world, Env& env, const Customer& customer, const Catalogue& catalogue,
                   const Market& market, const std::vector<PlacedLine>& lines) {
  const bool legacy = is_microsoft_azure(lines.front().purchase.catalog_item_id);
  Order order;
  order.id = legacy ? env.ids.guid() : env.ids.hex(12);
  order.alternate_id = order.id;
  order.customer_id = customer.id;
  order.billing_cycle = legacy ? "monthly" : "one_time";
  order.currency_code = market.currency;
  order.currency_symbol = market.currency_symbol;
  order.country = market.iso2;
  order.created = env.now;
  order.completes = legacy ? env.now : env.now + env.delay;
  for (const PlacedLine& placed : lines) {
    const CatalogueItem item = catalogue.item(placed.purchase.catalog_item_id);
    OrderLine line;
    line.number = static_cast<int>(order.lines.size());
    line.offer_id = item.availability->catalog_item_id;
    line.friendly_name = placed.friendly_name.empty() && item.product->reservation()
                             ? item.sku->description
                             : placed.friendly_name;
    line.term_duration = placed.term_duration.empty() ? item.sku->term : placed.term_duration;
    line.quantity = placed.purchase.quantity;
    line.provisioning = placed.purchase.provisioning;
    if (item.product->reservation()) {
      provision_reservation(world, env, customer, order, line, item);
    } else {
      provision_subscription(world, env, customer, order, line, !legacy);
    }
    order.lines.push_back(std::move(line));
  }
  const std::string id = order.id;
  return world.orders.put(id, std::move(order));
}

void add_partner_order_for_reservation(World& world, Env& env, const Customer& customer,
                                       Reservation& reservation, const std::string& offer_id,
                                       const std::string& friendly_name,
                                       const std::string& currency_code,
                                       const std::string& currency_symbol) {
  Order order;
  order.id = env.ids.hex(12);
  order.alternate_id = order.id;
  order.customer_id = customer.id;
  order.billing_cycle = "one_time";
  order.currency_code = currency_code;
  order.currency_symbol = currency_symbol;
  order.country = customer.market;
  order.created = env.now;
  order.completes = env.now + env.delay;
  OrderLine line;
  line.offer_id = offer_id;
  line.friendly_name = friendly_name;
  line.term_duration = reservation.term;
  line.quantity = reservation.quantity;
  line.provisioning.scope = lower(reservation.scope_type);
  line.provisioning.subscription_id = reservation.billing_subscription_id;
  order.lines.push_back(std::move(line));
  reservation.partner_order_id = order.id;
  reservation.line_number = 0;
  const std::string id = order.id;
  world.orders.put(id, std::move(order));
}

}  // namespace pcsim
