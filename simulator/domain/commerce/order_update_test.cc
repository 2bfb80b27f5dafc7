#include "domain/commerce/order_update.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <utility>

#include "domain/commerce/commerce_testing.h"

namespace pcsim::testing_shop {
namespace {

using enum ErrorCode;

/// A shop whose customer has bought `item`.
struct Bought : Shop {
  explicit Bought(const std::string& item, std::int64_t quantity = 1) {
    PlacedLine line;
    line.purchase.catalog_item_id = item;
    line.purchase.quantity = quantity;
    id = place_order(world, env, scene(), {line}, {}).id;
    env.now += 2 * kSecond;
  }
  Order& order() { return *world.orders.edit(id); }
  Result<Done> change(const OrderChange& wanted) {
    return update_order(world, env, scene(), order(), wanted);
  }
  std::string id{};
};

OrderChange cancellation() {
  OrderChange out;
  out.status = "cancelled";
  return out;
}

OrderChange cycle(const char* word) {
  OrderChange out;
  out.billing_cycle = word;
  return out;
}

/// An order of `item`, and why it cannot be changed as wanted.
struct Case {
  const char* rule;
  ErrorCode error;
  const char* item;
  OrderChange wanted;
  void (*arrange)(Bought& shop);
};

void nothing(Bought&) {}
Subscription& bought(Bought& shop) {
  return *shop.world.subscriptions.edit(shop.order().lines[0].subscription_id);
}

const Case kCases[] = {
    {"no cancellation under way", OrderAdjustmentPending, kSoftware, cancellation(),
     [](Bought& shop) { shop.order().adjusting_until = shop.env.now + 1; }},
    {"line not cancelled before", OrderNotCancellable, kSoftware, cancellation(),
     [](Bought& shop) { shop.order().lines[0].quantity = 0; }},
    {"marketplace services by their subscription", SeatBasedSaasCancelNotSupported, kMetered,
     cancellation(), nothing},
    {"seats and plans by their subscription", OrderCancelRequiresSubscriptionPatch, kSeats,
     cancellation(), nothing},
    {"reservations in the sandbox only", NonSandboxCancelNotAllowed, kUnderPlan, cancellation(),
     nothing},
    {"reservations in the sandbox only", NonSandboxCancelNotAllowed, kUnderPlan, cancellation(),
     [](Bought& shop) {
       shop.world.partners.edit("direct")->sandbox = true;
       EXPECT_TRUE(shop.switches.choose("sandbox-reservation-cancel", "refused"));
     }},
    {"young order of the sandbox", OrderNotCancellable, kSoftware, cancellation(),
     [](Bought& shop) {
       shop.world.partners.edit("direct")->sandbox = true;
       shop.env.now += 61 * kDay;
     }},
    {"software within its window", CancellationWindowDaysPassed, kSoftware, cancellation(),
     [](Bought& shop) { shop.env.now += 31 * kDay; }},
    {"order of legacy offers", NotSupported, kSeats, cycle("annual"), nothing},
    {"subscriptions active to change the cycle", BillingCycleInactiveSubscriptions, kBase,
     cycle("annual"), [](Bought& shop) { bought(shop).suspended = 1; }},
    {"cycle of every offer", BillingCycleOfferNotSupported, kBase, cycle("triennial"), nothing},
    {"subscriptions synchronised", BillingCycleSyncNotCompleted, kBase, cycle("annual"),
     [](Bought& shop) { bought(shop).sync_complete = false; }},
    {"subscriptions have an account", BillingCycleNoMintAccount, kBase, cycle("annual"),
     [](Bought& shop) { bought(shop).mint_account = false; }},
    {"subscriptions billed as the order", BillingCycleOrderMismatch, kBase, cycle("annual"),
     [](Bought& shop) { bought(shop).billing_cycle = "annual"; }},
};

TEST(OrderUpdate, EachRuleIsBrokenByItsCases) {
  std::set<std::string> covered;
  for (const Case& one : kCases) {
    SCOPED_TRACE(one.rule);
    Bought shop{one.item};
    one.arrange(shop);
    Trace trace;
    shop.env.trace = &trace;
    const auto done = shop.change(one.wanted);
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, one.error);
    ASSERT_FALSE(trace.rules.empty());
    EXPECT_EQ(trace.rules.back().rule, one.rule);
    covered.insert(one.rule);
  }
  for (const CancelRule& rule : cancel_rules()) {
    EXPECT_TRUE(covered.contains(std::string{rule.name})) << "no case breaks: " << rule.name;
  }
  for (const CycleRule& rule : cycle_rules()) {
    EXPECT_TRUE(covered.contains(std::string{rule.name})) << "no case breaks: " << rule.name;
  }
}

TEST(OrderUpdate, CancellingTakesBackWhatWasBought) {
  Bought software{kSubscribed};
  ASSERT_TRUE(software.change(cancellation()));
  EXPECT_TRUE(cancelled(software.order()));
  EXPECT_EQ(bought(software).status, SubscriptionStatus::Deleted);
  Bought reserved{kUnderPlan, 2};
  reserved.world.partners.edit("direct")->sandbox = true;
  ASSERT_TRUE(reserved.change(cancellation()));
  for (const auto& [id, one] : reserved.world.reservations) {
    EXPECT_TRUE(one.cancelled) << id;
  }
}

TEST(OrderUpdate, TheLineNamedHasToBeThere) {
  Bought shop{kSoftware};
  OrderChange wanted = cancellation();
  wanted.lines.emplace_back();
  wanted.lines[0].number = 4;
  EXPECT_EQ(shop.change(wanted).error().code, LineItemNumberOutOfRange);
  wanted.lines[0].number = 0;
  wanted.lines[0].purchase.catalog_item_id = kSeats;
  EXPECT_EQ(shop.change(wanted).error().code, InvalidOfferId);
  EXPECT_EQ(shop.change({}).error().code, InvalidRequestInput);
  wanted.etag_stale = true;
  EXPECT_EQ(shop.change(wanted).error().code, EtagNoLongerValid);
}

TEST(OrderUpdate, AddonsJoinTheOrderOfTheirParent) {
  Bought shop{kBase, 5};
  OrderChange wanted;
  wanted.lines.emplace_back();
  wanted.lines[0].purchase.catalog_item_id = kAddon;
  wanted.lines[0].number = 1;
  auto& parent = wanted.lines[0].purchase.provisioning.parent_subscription_id;
  parent = "none";
  EXPECT_EQ(shop.change(wanted).error().code, AddOnNotRelatedToParent);
  parent = shop.order().lines[0].subscription_id;
  ASSERT_TRUE(shop.change(wanted));
  ASSERT_EQ(shop.order().lines.size(), 2U);
  EXPECT_EQ(shop.order().lines[1].parent_subscription_id, parent);
  EXPECT_EQ(shop.order().version, 2);
}

TEST(OrderUpdate, TheCycleIsTheOrdersAndItsSubscriptions) {
  Bought shop{kBase};
  ASSERT_TRUE(shop.change(cycle("annual")));
  EXPECT_EQ(shop.order().billing_cycle, "annual");
  EXPECT_EQ(bought(shop).billing_cycle, "annual");
}

}  // namespace
}  // namespace pcsim::testing_shop
