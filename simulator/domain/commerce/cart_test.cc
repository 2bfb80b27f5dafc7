#include "domain/commerce/cart.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "domain/commerce/commerce_testing.h"

namespace pcsim::testing_shop {
namespace {

CartLine line_of(int id, std::string_view item) {
  CartLine out;
  out.id = id;
  out.catalog_item_id = item;
  return out;
}

struct CartShop : Shop {
  Cart& cart(std::vector<CartLine> lines, std::optional<bool> attested = {}) {
    return create_cart(world, env, scene(), "u", {std::move(lines), attested});
  }
  Result<std::vector<GroupError>> pay(Cart& of) { return checkout(world, env, scene(), of); }
};

TEST(Carts, GroupsAreWhatCanShareAnOrder) {
  CartShop shop;
  const Cart& cart = shop.cart(
      {line_of(0, kBase), line_of(1, kSoftware), line_of(2, kMonthly), line_of(3, kAzurePlanItem)});
  const char* const expected[] = {"OMS-0", "0", "1", "0"};
  for (std::size_t at = 0; at < 4; ++at) {
    EXPECT_EQ(cart.lines[at].order_group, expected[at]) << at;
    EXPECT_FALSE(cart.lines[at].error) << at;
    EXPECT_EQ(cart.lines[at].currency_code, "EUR");
  }
  EXPECT_EQ(cart.lines[2].billing_cycle, "monthly") << "the SKU's cycle when none is named";
}

TEST(Carts, CheckoutMakesOneOrderOfEachGroup) {
  CartShop shop;
  Cart& cart = shop.cart({line_of(0, kSoftware), line_of(1, kMonthly), line_of(2, kAzurePlanItem)});
  const auto refused = shop.pay(cart);
  ASSERT_TRUE(refused);
  EXPECT_TRUE(refused->empty());
  EXPECT_TRUE(cart.ordered);
  ASSERT_EQ(shop.world.orders.size(), 2U);
  EXPECT_EQ(shop.world.orders.find(cart.placed[0].order_id)->lines.size(), 2U);
  EXPECT_EQ(shop.world.orders.find(cart.placed[0].order_id)->lines[1].number, 1);
  EXPECT_EQ(shop.world.subscriptions.size(), 2U) << "software leaves no subscription";
}

TEST(Carts, PartialSuccessKeepsTheRestForLater) {
  CartShop shop;
  ASSERT_TRUE(shop.switches.choose("agreement-gate", "azure-plan"));
  shop.customer.direct_signed = false;
  Cart& cart = shop.cart({line_of(0, kAzurePlanItem), line_of(1, kMonthly)});
  auto refused = shop.pay(cart);
  ASSERT_TRUE(refused);
  ASSERT_EQ(refused->size(), 1U);
  EXPECT_EQ(refused->front().group, "0");
  EXPECT_EQ(refused->front().error.code, ErrorCode::AgreementNotAccepted);
  EXPECT_FALSE(cart.ordered);
  EXPECT_EQ(shop.world.orders.size(), 1U);
  const auto changed = update_cart(cart, shop.scene(), "u", {{line_of(0, kMonthly)}, {}});
  ASSERT_FALSE(changed);
  EXPECT_EQ(changed.error().code, ErrorCode::CartAlreadySubmitted);
  shop.customer.direct_signed = true;
  refused = shop.pay(cart);
  ASSERT_TRUE(refused);
  EXPECT_TRUE(refused->empty());
  EXPECT_TRUE(cart.ordered);
  EXPECT_EQ(shop.world.orders.size(), 2U);
}

TEST(Carts, AllRefusedIsTheFirstError) {
  CartShop shop;
  shop.customer.direct_signed = false;
  Cart& cart = shop.cart({line_of(0, kAzurePlanItem), line_of(1, kMonthly)});
  const auto refused = shop.pay(cart);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::AgreementNotAccepted);
}

TEST(Carts, LinesInErrorBlockTheCheckout) {
  CartShop shop;
  Cart& cart = shop.cart({line_of(0, kMonthly), line_of(0, kSoftware)});
  EXPECT_FALSE(cart.lines[0].error);
  ASSERT_TRUE(cart.lines[1].error) << "its id is the first one's";
  EXPECT_EQ(*cart.lines[1].error, ErrorCode::CartInvalidInput);
  const auto refused = shop.pay(cart);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::CartItemsInError);
  EXPECT_TRUE(shop.world.orders.empty());
}

TEST(Carts, AddonsAreBoughtWithTheirBase) {
  CartShop shop;
  CartLine base = line_of(0, kBase);
  base.addons = {line_of(1, kAddon)};
  Cart& cart = shop.cart({base});
  EXPECT_FALSE(cart.lines[0].addons[0].error);
  EXPECT_EQ(cart.lines[0].addons[0].order_group, "OMS-0");
  ASSERT_TRUE(shop.pay(cart));
  const Order& order = *shop.world.orders.find(cart.placed[0].order_id);
  ASSERT_EQ(order.lines.size(), 2U);
  EXPECT_EQ(order.lines[1].parent_subscription_id, order.lines[0].subscription_id);
  EXPECT_TRUE(completed(order, shop.env.now)) << "legacy orders are done at once";
  CartLine seats = line_of(0, kMonthly);
  seats.addons = {line_of(0, kAddon)};
  const Cart& wrong = shop.cart({seats});
  EXPECT_TRUE(wrong.lines[0].addons[0].error);
}

TEST(Carts, LifeAndSecondCheckoutFollowTheirSwitches) {
  CartShop shop;
  Cart& cart = shop.cart({line_of(0, kMonthly)});
  EXPECT_EQ(cart.expires, shop.env.now + 7 * kDay);
  ASSERT_TRUE(shop.switches.choose("cart-life", "fifteen-minutes"));
  EXPECT_EQ(shop.cart({line_of(0, kMonthly)}).expires, shop.env.now + 900 * kSecond);
  ASSERT_TRUE(shop.pay(cart));
  ASSERT_TRUE(shop.pay(cart));
  ASSERT_TRUE(shop.switches.choose("checkout-twice", "refused"));
  const auto refused = shop.pay(cart);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::CartAlreadySubmitted);
  EXPECT_EQ(shop.world.orders.size(), 1U);
}

TEST(Carts, TheResellerOfTheTransactionIsOnRecord) {
  CartShop shop;
  shop.sell_as_provider();
  CartLine plan = line_of(0, kAzurePlanItem);
  plan.participants = {{"transaction_reseller", "3"}, {"additional_transaction_reseller", "5"}};
  Cart& cart = shop.cart({plan}, true);
  ASSERT_TRUE(shop.pay(cart));
  const Order& order = *shop.world.orders.find(cart.placed[0].order_id);
  EXPECT_EQ(order.lines[0].partner_on_record, "3");
  EXPECT_EQ(order.lines[0].more_partners_on_record, std::vector<std::string>{"5"});
  EXPECT_EQ(shop.world.subscriptions.find(order.lines[0].subscription_id)->partner_id, "3");
}

TEST(Orders, IdsFollowTheSwitch) {
  CartShop shop;
  const auto place = [&] {
    PlacedLine line;
    line.purchase.catalog_item_id = kMonthly;
    return place_order(shop.world, shop.env, shop.scene(), {line}, {});
  };
  const Order plain = place();
  EXPECT_EQ(plain.id.size(), 12U);
  EXPECT_EQ(plain.id, plain.alternate_id);
  ASSERT_TRUE(shop.switches.choose("order-id", "33-characters"));
  const Order longer = place();
  EXPECT_EQ(longer.id.size(), 33U);
  EXPECT_EQ(longer.id.back(), '1');
  EXPECT_NE(longer.id, longer.alternate_id);
  EXPECT_EQ(shop.world.orders.size(), 2U);
}

TEST(Orders, ShowInTheListAtOnceOrAfterTheDelay) {
  CartShop shop;
  Order order;
  order.created = shop.env.now;
  EXPECT_TRUE(listed(order, shop.env));
  ASSERT_TRUE(shop.switches.choose("order-list", "after-delay"));
  EXPECT_FALSE(listed(order, shop.env));
  shop.env.now += shop.env.delay;
  EXPECT_TRUE(listed(order, shop.env));
}

TEST(Orders, LineNumbersCountFromZero) {
  std::vector<PlacedLine> lines(2);
  lines[1].number = 2;
  const auto refused = check_line_numbers(lines);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::LineItemNumberOutOfRange);
  lines[1].number = 0;
  ASSERT_TRUE(check_line_numbers(lines));
  EXPECT_TRUE(lines[1].purchase.repeats_id);
  lines[1].number = 1;
  ASSERT_TRUE(check_line_numbers(lines));
  EXPECT_FALSE(lines[1].purchase.repeats_id);
}

TEST(Registration, TakesActiveAzureSubscriptionsOnly) {
  Shop shop;
  shop.own("seats", kMonthly, false);
  shop.own("plan", kAzurePlanItem, false);
  Subscription& plan = *shop.world.subscriptions.edit("plan");
  EXPECT_EQ(register_subscription(*shop.world.subscriptions.edit("seats"), 1).error().code,
            ErrorCode::InvalidAzureSubscription);
  plan.status = SubscriptionStatus::Suspended;
  EXPECT_EQ(register_subscription(plan, 1).error().code, ErrorCode::SubscriptionNotActive);
  plan.status = SubscriptionStatus::Deleted;
  EXPECT_EQ(register_subscription(plan, 1).error().code, ErrorCode::InvalidSubscription);
  plan.status = SubscriptionStatus::Active;
  ASSERT_TRUE(register_subscription(plan, 1));
  ASSERT_TRUE(register_subscription(plan, 5)) << "again";
  EXPECT_EQ(registration_status(plan, 5, 10), "Registering");
  EXPECT_EQ(registration_status(plan, 11, 10), "Registered");
}

}  // namespace
}  // namespace pcsim::testing_shop
