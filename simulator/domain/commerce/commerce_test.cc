#include <gtest/gtest.h>

#include "domain/commerce/cart.h"
#include "domain/commerce/subscription.h"

namespace pcsim {
namespace {

Catalogue small_catalogue() {
  const auto item = [](std::string product, std::string sku, std::string availability,
                       std::string id) {
    Product out{product, product, product, "Azure", "", {"Azure"}, {}};
    out.skus.push_back(Sku{});
    out.skus[0].id = std::move(sku);
    out.skus[0].availabilities.push_back({std::move(availability), std::move(id), "commercial"});
    return out;
  };
  std::vector<Product> products;
  products.push_back(item("DZH318Z0BPS6", "0001", "DZH318Z0BML6", std::string(kAzurePlanItem)));
  products.push_back(
      item("9DEA7946-EC2C-441E-9FFD-E3B275F7E838", "MS-AZR-0145P", "MS-AZR-0145P", "MS-AZR-0145P"));
  return Catalogue(std::move(products));
}

class Commerce : public testing::Test {
 protected:
  PurchaseScene scene() const { return {world, customer, items, table, env}; }
  PlacedLine plan() const { return {PurchaseLine{std::string(kAzurePlanItem)}}; }

  World world;
  IdSource ids{1};
  Env env{100, ids, kSecond};
  Customer customer{.id = "c1",
                    .commerce_id = {},
                    .partner_key = "p",
                    .domain = {},
                    .company_name = {},
                    .market = "FR",
                    .direct_signed = true};
  Catalogue items = small_catalogue();
  MarketTable table{{Market{"FR", "France", "France", "Europe", "EUR", "€", {true}}}};
};

TEST_F(Commerce, NeedsTheAgreement) {
  customer.direct_signed = false;
  const auto refused = check_order(scene(), {plan().purchase}, {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::AgreementNotAccepted);
}

TEST_F(Commerce, PlanAppearsAfterTheDelayWithOneAzureSubscription) {
  const Order& order = place_order(world, env, scene(), {plan()}, {});
  const std::string id = order.lines[0].subscription_id;
  EXPECT_FALSE(completed(order, 100));
  EXPECT_EQ(find_subscription(world, "c1", id, 100), nullptr);
  EXPECT_NE(find_subscription(world, "c1", id, 100 + kSecond), nullptr);
  EXPECT_EQ(world.azure_subscriptions.size(), 1U);
}

TEST_F(Commerce, LegacyOfferIsRefusedBesideAPlan) {
  place_order(world, env, scene(), {plan()}, {});
  const PurchaseLine legacy{"MS-AZR-0145P"};
  ASSERT_NE(broken_rule(scene(), {legacy}, 0), nullptr);
  EXPECT_EQ(broken_rule(scene(), {legacy}, 0)->line_error, ErrorCode::CartLegacyOfferNotEligible);
  const auto refused = lines_error(scene(), {legacy});
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->code, ErrorCode::CatalogItemNotEligible);
}

TEST_F(Commerce, CheckoutTwiceGivesTheSameOrders) {
  CartLine line;
  line.catalog_item_id = std::string(kAzurePlanItem);
  Cart& cart = create_cart(world, env, scene(), "u", {{line}, {}});
  ASSERT_TRUE(checkout(world, env, scene(), cart));
  ASSERT_EQ(cart.placed.size(), 1U);
  ASSERT_TRUE(checkout(world, env, scene(), cart));
  EXPECT_EQ(cart.placed.size(), 1U);
  EXPECT_EQ(world.orders.size(), 1U);
  EXPECT_TRUE(find_cart(world, "c1", cart.id, 99 + 7 * kDay));
  EXPECT_FALSE(find_cart(world, "c1", cart.id, 100 + 7 * kDay));
}

}  // namespace
}  // namespace pcsim
