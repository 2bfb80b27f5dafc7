#include "domain/commerce/order_update.h"

#include <algorithm>
#include <utility>

#include "domain/commerce/subscription.h"
#include "domain/rules.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

// Whether the sent line is one that the order has already.
bool of_order(const Order& order, const PlacedLine& sent) {
  return std::any_of(order.lines.begin(), order.lines.end(), [&](const OrderLine& own) {
    return own.number == sent.number &&
           equal_ignoring_case(own.offer_id, sent.purchase.catalog_item_id);
  });
}

bool names_parent(const PlacedLine& line) {
  return !line.purchase.provisioning.parent_subscription_id.empty();
}

// The lines a cancellation means: those it names, else all.
Result<std::vector<const OrderLine*>> cancelled_lines(const Order& order,
                                                      const OrderChange& wanted) {
  std::vector<const OrderLine*> out;
  if (wanted.lines.empty()) {
    for (const OrderLine& line : order.lines) {
      out.push_back(&line);
    }
    return out;
  }
  for (const PlacedLine& sent : wanted.lines) {
    const auto found =
        std::find_if(order.lines.begin(), order.lines.end(),
                     [&](const OrderLine& own) { return own.number == sent.number; });
    if (found == order.lines.end()) {
      return ErrorCode::LineItemNumberOutOfRange;
    }
    if (!equal_ignoring_case(found->offer_id, sent.purchase.catalog_item_id)) {
      return ErrorCode::InvalidOfferId;
    }
    out.push_back(&*found);
  }
  return out;
}

Result<Done> check_cancel(const PurchaseScene& scene, const Order& order, const OrderLine& line) {
  const Product* product = scene.catalogue.item(line.offer_id).product;
  const CancelFacts facts{
      .order = order,
      .line = line,
      .provision = product == nullptr ? Provision::Licences : product->provision(),
      .microsoft = product == nullptr || product->microsoft,
      .sandbox = scene.partner != nullptr && scene.partner->sandbox,
      .sandbox_reservations = scene.env.switches.is({Switch::SandboxReservationCancel, "possible"}),
      .now = scene.env.now};
  if (const auto* rule = first_broken(cancel_rules(), facts, scene.env.trace)) {
    return Error{rule->error,
                 rule->arguments == nullptr ? std::vector<std::string>{} : rule->arguments(facts),
                 {}};
  }
  return Done{};
}

// What a cancelled line bought is taken back.
void take_back(World& world, const Order& order, const OrderLine& line) {
  if (Subscription* bought = world.subscriptions.edit(line.subscription_id)) {
    bought->status = SubscriptionStatus::Deleted;
    ++bought->version;
  }
  std::vector<std::string> reservations;
  for (const auto& [id, one] : world.reservations) {
    if (lower(one.partner_order_id) == lower(order.id) && one.line_number == line.number) {
      reservations.push_back(id);
    }
  }
  for (const std::string& id : reservations) {
    world.reservations.edit(id)->cancelled = true;
  }
}

Result<Done> cancel(World& world, Env& env, const PurchaseScene& scene, const Order& order,
                    const OrderChange& wanted) {
  PCSIM_TRY(lines, cancelled_lines(order, wanted));
  std::vector<int> numbers;
  for (const OrderLine* line : lines) {
    PCSIM_TRY(allowed, check_cancel(scene, order, *line));
    static_cast<void>(allowed);
    numbers.push_back(line->number);
  }
  Order& row = *world.orders.edit(lower(order.id));
  for (OrderLine& line : row.lines) {
    if (std::find(numbers.begin(), numbers.end(), line.number) != numbers.end()) {
      take_back(world, row, line);
      line.returned += line.quantity;
      line.quantity = 0;
      line.cancelled = line.cancelled.value_or(env.now);
    }
  }
  row.adjusting_until = env.now + env.delay;
  ++row.version;
  return Done{};
}

bool bought_by(const Order& order, const std::string& subscription_id) {
  return std::any_of(order.lines.begin(), order.lines.end(), [&](const OrderLine& line) {
    return lower(line.subscription_id) == lower(subscription_id);
  });
}

Result<Done> add_addons(World& world, Env& env, const PurchaseScene& scene, const Order& order,
                        const OrderChange& wanted) {
  std::vector<PlacedLine> added;
  std::vector<PurchaseLine> purchases;
  int number = order.lines.empty() ? 0 : order.lines.back().number + 1;
  for (const PlacedLine& sent : wanted.lines) {
    if (of_order(order, sent)) {
      continue;
    }
    const std::string& parent = sent.purchase.provisioning.parent_subscription_id;
    if (!names_parent(sent) || !bought_by(order, parent)) {
      return ErrorCode::AddOnNotRelatedToParent;
    }
    added.push_back(sent);
    added.back().number = number++;
    added.back().purchase.billing_cycle = order.billing_cycle;
    purchases.push_back(added.back().purchase);
  }
  const auto attested = wanted.partner_attested ? wanted.partner_attested : order.partner_attested;
  PCSIM_TRY(allowed, check_order(scene, purchases, attested));
  Order& row = *world.orders.edit(lower(order.id));
  add_lines(world, env, scene, row, added);
  ++row.version;
  return allowed;
}

Result<Done> change_cycle(World& world, const PurchaseScene& scene, const Order& order,
                          const OrderChange& wanted) {
  std::vector<std::string> bought;
  for (const OrderLine& line : order.lines) {
    const Subscription* found = world.subscriptions.find(line.subscription_id);
    const Subscription row = found == nullptr ? Subscription{} : as_of(*found, scene.env.now);
    const CatalogueItem item = scene.catalogue.item(line.offer_id);
    const CycleFacts facts{order, row, item, wanted.billing_cycle};
    if (const auto* rule = first_broken(cycle_rules(), facts, scene.env.trace)) {
      return rule->error;
    }
    if (found != nullptr) {
      bought.push_back(row.id);
    }
  }
  for (const std::string& id : bought) {
    Subscription& row = *world.subscriptions.edit(id);
    row.billing_cycle = wanted.billing_cycle;
    ++row.version;
  }
  Order& row = *world.orders.edit(lower(order.id));
  row.billing_cycle = wanted.billing_cycle;
  ++row.version;
  return Done{};
}

}  // namespace

OrderChangeKind kind_of(const Order& order, const OrderChange& wanted) {
  if (wanted.status == "cancelled") {
    return OrderChangeKind::Cancel;
  }
  const bool adds = std::any_of(wanted.lines.begin(), wanted.lines.end(), [&](const auto& line) {
    return names_parent(line) && !of_order(order, line);
  });
  if (adds) {
    return OrderChangeKind::AddOn;
  }
  return wanted.billing_cycle.empty() || wanted.billing_cycle == "unknown" ||
                 wanted.billing_cycle == order.billing_cycle
             ? OrderChangeKind::None
             : OrderChangeKind::BillingCycle;
}

Result<Done> update_order(World& world, Env& env, const PurchaseScene& scene, const Order& order,
                          const OrderChange& wanted) {
  if (wanted.etag_stale) {
    return ErrorCode::EtagNoLongerValid;
  }
  switch (kind_of(order, wanted)) {
    case OrderChangeKind::Cancel:
      return cancel(world, env, scene, order, wanted);
    case OrderChangeKind::AddOn:
      return add_addons(world, env, scene, order, wanted);
    case OrderChangeKind::BillingCycle:
      return change_cycle(world, scene, order, wanted);
    case OrderChangeKind::None:
      break;
  }
  return Error{ErrorCode::InvalidRequestInput, {}, "status"};
}

}  // namespace pcsim
