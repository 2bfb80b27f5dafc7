#include "domain/commerce/order.h"

#include <algorithm>
#include <set>
#include <utility>

#include "domain/commerce/lifecycle.h"
#include "domain/commerce/provision.h"
#include "domain/commerce/reservation_order.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

// The older form has 32 characters of the URL-safe alphabet and a 1.
std::string modern_order_id(Env& env, const std::string& alternate_id) {
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  if (env.switches.is({Switch::OrderId, "12-hex"})) {
    return alternate_id;
  }
  std::string out;
  for (int count = 0; count < 32; ++count) {
    out += kAlphabet[env.ids.next() % kAlphabet.size()];
  }
  return out + "1";
}

OrderLine order_line(const PurchaseScene& scene, const PlacedLine& placed,
                     const CatalogueItem& item) {
  OrderLine line;
  line.number = placed.number;
  line.offer_id = item.availability->catalog_item_id;
  line.friendly_name = placed.friendly_name.empty() && item.product->reservation()
                           ? item.sku->description
                           : placed.friendly_name;
  line.term_duration =
      placed.purchase.term_duration.empty() ? item.sku->term : placed.purchase.term_duration;
  line.renews_to = placed.renews_to;
  line.quantity = placed.purchase.quantity;
  line.provisioning = placed.purchase.provisioning;
  line.parent_subscription_id = lower(placed.purchase.provisioning.parent_subscription_id);
  line.partner_on_record = placed.purchase.partner_on_record;
  line.promotion_id = placed.purchase.promotion_id;
  line.custom_term_end = placed.purchase.custom_term_end;
  line.attested = placed.purchase.attested;
  for (const Participant& one : placed.purchase.participants) {
    if (one.key == "additional_transaction_reseller") {
      line.more_partners_on_record.push_back(one.value);
    }
  }
  const bool coerced = scene.env.switches.is({Switch::PlanScope, "coerced"}) &&
                       item.availability->scope == ReservationScope::AzurePlan;
  if (coerced && equal_ignoring_case(line.provisioning.scope, "single")) {
    line.provisioning.scope = "shared";
  }
  return line;
}

// What is bought is no longer there for others.
void take_stock(World& world, const OrderLine& line, const std::string& market) {
  const OfferState* state = offer_state(world, line.offer_id, market);
  if (state != nullptr && state->stock) {
    OfferState& left = *world.offers.edit(offer_key(*state));
    left.stock = *left.stock - line.quantity;
  }
}

}  // namespace

bool cancelled(const Order& order) {
  return std::all_of(order.lines.begin(), order.lines.end(),
                     [](const OrderLine& line) { return line.quantity == 0; });
}

bool legacy_order(const Order& order) {
  return !order.lines.empty() && is_legacy_offer(order.lines.front().offer_id);
}

bool completed(const Order& order, Instant now) { return now >= order.completes; }

bool listed(const Order& order, const Env& env) {
  return env.switches.is({Switch::OrderList, "at-once"}) || env.now >= order.created + env.delay;
}

Result<Done> check_line_numbers(std::vector<PlacedLine>& lines) {
  std::set<int> seen;
  for (PlacedLine& line : lines) {
    if (line.number < 0 || static_cast<std::size_t>(line.number) >= lines.size()) {
      return ErrorCode::LineItemNumberOutOfRange;
    }
    line.purchase.repeats_id = !seen.insert(line.number).second;
  }
  return Done{};
}

Order& place_order(World& world, Env& env, const PurchaseScene& scene,
                   const std::vector<PlacedLine>& lines, std::optional<bool> attested) {
  const PurchaseLine& first = lines.front().purchase;
  const bool legacy = is_legacy_offer(first.catalog_item_id);
  Order order;
  order.alternate_id = legacy ? env.ids.guid() : env.ids.hex(12);
  order.id = legacy ? order.alternate_id : modern_order_id(env, order.alternate_id);
  order.customer_id = scene.customer.id;
  order.billing_cycle = effective_cycle(scene, first);
  const Market* market = scene.markets.find(scene.customer.market);
  order.country = market->iso2;
  order.currency_code = market->currency;
  order.currency_symbol = market->currency_symbol;
  order.created = env.now;
  order.completes = legacy ? env.now : env.now + env.delay;
  order.partner_attested = attested;
  add_lines(world, env, scene, order, lines);
  const std::string key = lower(order.id);
  return world.orders.put(key, std::move(order));
}

void add_lines(World& world, Env& env, const PurchaseScene& scene, Order& order,
               const std::vector<PlacedLine>& lines) {
  for (const PlacedLine& placed : lines) {
    const CatalogueItem item = scene.catalogue.item(placed.purchase.catalog_item_id);
    OrderLine line = order_line(scene, placed, item);
    if (placed.base && line.parent_subscription_id.empty()) {
      line.parent_subscription_id = order.lines.at(*placed.base).subscription_id;
    }
    take_stock(world, line, scene.customer.market);
    provision(world, env, scene.customer, order, line, item);
    order.lines.push_back(std::move(line));
  }
}

void add_partner_order_for_reservation(World& world, Env& env, const Customer& customer,
                                       Reservation& reservation, const std::string& offer_id,
                                       const std::string& friendly_name,
                                       const std::string& currency_code,
                                       const std::string& currency_symbol) {
  const auto* billed = world.azure_subscriptions.find(reservation.billing_subscription_id);
  if (billed != nullptr && !billed->billed_by.empty()) {
    reservation.elsewhere = true;
    return;
  }
  Order order;
  order.alternate_id = env.ids.hex(12);
  order.id = modern_order_id(env, order.alternate_id);
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
  line.partner_on_record = reservation.reseller_id;
  order.lines.push_back(std::move(line));
  reservation.partner_order_id = order.id;
  reservation.line_number = 0;
  const std::string key = lower(order.id);
  world.orders.put(key, std::move(order));
}

}  // namespace pcsim
