// Whatever is put in carts and orders, what a customer owns keeps its invariants.
#include <gtest/gtest.h>

#include <array>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "domain/commerce/commerce_testing.h"
#include "pcsim/text.h"

namespace pcsim::testing_shop {
namespace {

constexpr std::array<std::string_view, 9> kItems{kAzurePlanItem, kMicrosoftAzureOffer,
                                                 kUnderPlan,     kUnderMicrosoftAzure,
                                                 kRestricted,    kMonthly,
                                                 kSoftware,      kBase,
                                                 kAddon};

/// A seeded source of small choices.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : source_(seed) {}
  std::size_t below(std::size_t count) { return static_cast<std::size_t>(source_.next() % count); }

 private:
  IdSource source_;
};

// Any subscription of the customer, or none; mostly one that could pay for a reservation.
std::string some_subscription(const Shop& shop, Dice& dice) {
  for (const auto& [id, subscription] : shop.world.subscriptions) {
    if (dice.below(4) != 0 &&
        (subscription.azure_plan || is_microsoft_azure(subscription.offer_id))) {
      return id;
    }
  }
  std::size_t skip = dice.below(shop.world.subscriptions.size() + 1);
  for (const auto& [id, subscription] : shop.world.subscriptions) {
    if (skip-- == 0) {
      return id;
    }
  }
  return {};
}

CartLine some_line(const Shop& shop, Dice& dice, int id) {
  CartLine line;
  line.id = id;
  line.catalog_item_id = kItems[dice.below(kItems.size())];
  line.quantity = dice.below(6) == 0 ? 0 : 1;
  line.provisioning.subscription_id = some_subscription(shop, dice);
  line.provisioning.scope = dice.below(4) == 0 ? "single" : "shared";
  return line;
}

void buy_by_cart(Shop& shop, Dice& dice) {
  std::vector<CartLine> lines;
  const int count = 1 + static_cast<int>(dice.below(5) / 3);
  for (int id = 0; id < count; ++id) {
    lines.push_back(some_line(shop, dice, id));
  }
  Cart& cart = create_cart(shop.world, shop.env, shop.scene(), "u", {lines, {}});
  static_cast<void>(checkout(shop.world, shop.env, shop.scene(), cart));
}

void buy_by_order(Shop& shop, Dice& dice) {
  std::vector<PlacedLine> lines;
  std::vector<PurchaseLine> purchases;
  const int count = 1 + static_cast<int>(dice.below(5) / 3);
  for (int number = 0; number < count; ++number) {
    const CartLine cart_line = some_line(shop, dice, number);
    PlacedLine line;
    line.number = number;
    line.purchase.catalog_item_id = cart_line.catalog_item_id;
    line.purchase.quantity = cart_line.quantity;
    line.purchase.provisioning = cart_line.provisioning;
    purchases.push_back(line.purchase);
    lines.push_back(line);
  }
  if (check_order(shop.scene(), purchases, {})) {
    place_order(shop.world, shop.env, shop.scene(), lines, {});
  }
}

void register_some(Shop& shop, Dice& dice) {
  if (Subscription* found = shop.world.subscriptions.edit(some_subscription(shop, dice))) {
    static_cast<void>(register_subscription(*found, shop.env.now));
  }
}

std::size_t count(const Shop& shop, std::string_view offer) {
  std::size_t out = 0;
  for (const auto& [id, one] : shop.world.subscriptions) {
    out += one.offer_id == offer ? 1U : 0U;
  }
  return out;
}

/// What is bought, in the order in which it is told apart.
using Bought = std::multiset<std::pair<std::string, std::int64_t>>;

void add_lines(const std::vector<CartLine>& lines, const std::string& group, Bought& out) {
  for (const CartLine& line : lines) {
    if (line.order_group == group) {
      out.emplace(line.catalog_item_id, line.quantity);
    }
    add_lines(line.addons, group, out);
  }
}

// Each group of a cart that was ordered is one order, with the group's lines and no others.
void check_partition(const Shop& shop) {
  std::set<std::string> seen;
  for (const auto& [id, cart] : shop.world.carts) {
    std::set<std::string> groups;
    for (const PlacedGroup& placed : cart.placed) {
      EXPECT_TRUE(groups.insert(placed.group).second);
      EXPECT_TRUE(seen.insert(placed.order_id).second) << "an order of two groups";
      Bought of_cart;
      add_lines(cart.lines, placed.group, of_cart);
      Bought of_order;
      const Order* order = shop.world.orders.find(lower(placed.order_id));
      ASSERT_NE(order, nullptr);
      for (const OrderLine& line : order->lines) {
        of_order.emplace(line.offer_id, line.quantity);
      }
      EXPECT_EQ(of_cart, of_order);
    }
    Bought all;
    Bought by_group;
    for (const CartLine& line : cart.lines) {
      add_lines({line}, line.order_group, all);
      groups.insert(line.order_group);
    }
    for (const std::string& group : groups) {
      add_lines(cart.lines, group, by_group);
    }
    EXPECT_EQ(all.size(), by_group.size());
    EXPECT_TRUE(!cart.ordered || cart.placed.size() == groups.size());
  }
}

void check_invariants(const Shop& shop) {
  EXPECT_LE(count(shop, kAzurePlanItem), 1U);
  EXPECT_TRUE(count(shop, kAzurePlanItem) == 0 || count(shop, kMicrosoftAzureOffer) == 0);
  std::size_t reservation_lines = 0;
  for (const auto& [id, order] : shop.world.orders) {
    for (const OrderLine& line : order.lines) {
      const Product* product = shop.items.item(line.offer_id).product;
      ASSERT_NE(product, nullptr);
      reservation_lines += product->reservation() ? 1U : 0U;
      EXPECT_EQ(legacy_order(order), is_legacy_offer(line.offer_id));
      EXPECT_GT(line.quantity, 0);
    }
  }
  EXPECT_EQ(shop.world.reservations.size(), reservation_lines);
}

TEST(Purchases, KeepTheInvariantsOfWhatACustomerOwns) {
  std::size_t reservations = 0;
  std::size_t plans = 0;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    SCOPED_TRACE(seed);
    Shop shop;
    Dice dice{seed};
    for (int step = 0; step < 30; ++step) {
      const std::size_t choice = dice.below(4);
      (choice == 0 ? register_some : choice == 1 ? buy_by_cart : buy_by_order)(shop, dice);
      shop.env.now += shop.env.delay;
      check_invariants(shop);
      check_partition(shop);
    }
    reservations += shop.world.reservations.size();
    plans += count(shop, kAzurePlanItem);
  }
  EXPECT_GT(reservations, 50U) << "the choices must reach reservations";
  EXPECT_GT(plans, 30U);
}

}  // namespace
}  // namespace pcsim::testing_shop
