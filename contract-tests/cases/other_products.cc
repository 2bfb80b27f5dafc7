// Software, seats and legacy add-ons: what is sold beside Azure.
#include <cmath>
#include <nlohmann/json.hpp>
#include <string>

#include "cases/story.h"

namespace pcsim::contract {
namespace {

using nlohmann::json;
using enum OperationId;

class OtherProducts : public Contract {};

TEST_F(OtherProducts, ShareACartAndNotAlwaysAnOrder) {
  const Client client = partner(universe);
  const auto line = [](int id, const char* item, const char* cycle) {
    return json{{"id", id}, {"catalogItemId", item}, {"quantity", 1}, {"billingCycle", cycle}};
  };
  json base = line(2, kBaseOffer, "monthly");
  base["addonItems"] = json::array({line(3, kAddon, "monthly")});
  const json body{
      {"lineItems", {line(0, kSoftware, "one_time"), line(1, kSeats, "monthly"), base}}};
  const json cart = client.ok(
      {.operation = CreateCart, .path = customer_path(demo::kContoso), .body = body.dump()});
  EXPECT_EQ(cart.at("lineItems").at(0).at("orderGroup"), "0");
  EXPECT_EQ(cart.at("lineItems").at(1).at("orderGroup"), "1");
  EXPECT_EQ(cart.at("lineItems").at(2).at("orderGroup"), "OMS-0");
  EXPECT_EQ(cart.at("lineItems").at(2).at("addonItems").at(0).at("orderGroup"), "OMS-0");
  const json done = client.ok(
      {.operation = CheckoutCart,
       .path = {{"customerId", demo::kContoso}, {"cartId", cart.at("id").get<std::string>()}}});
  EXPECT_EQ(done.at("orders").size(), 3U);
  const json software = client.ok({.operation = ListEntitlements,
                                   .path = customer_path(demo::kContoso),
                                   .query = "entitlementType=software"});
  ASSERT_EQ(software.at("totalCount"), 1);
  EXPECT_EQ(software.at("items").at(0).at("entitlementType"), "software");
  const json owned =
      client.ok({.operation = ListSubscriptions, .path = customer_path(demo::kContoso)});
  ASSERT_EQ(owned.at("totalCount"), 4) << "the plan, the seats, the offer and its add-on";
  int addons = 0;
  for (const json& one : owned.at("items")) {
    const std::string id = one.at("id");
    client.ok({.operation = GetSubscription, .path = subscription_path(demo::kContoso, id)});
    addons += one.contains("parentSubscriptionId") ? 1 : 0;
    if (one.at("billingType") == "license") {
      client.refused(
          {.operation = RegisterSubscription, .path = subscription_path(demo::kContoso, id)},
          ErrorCode::InvalidAzureSubscription);
    }
  }
  EXPECT_EQ(addons, 1);
}

// The licence of what runs on a reserved machine is no part of the machine's price.
TEST_F(OtherProducts, SoftwareIsALineOfItsOwn) {
  const Client client = partner(universe);
  const auto prices_of = [&](const json& body) {
    Path path = customer_path(demo::kContoso);
    path["orderId"] =
        client.ok({.operation = CreateOrder, .path = path, .body = body.dump()}).at("id");
    return client.ok({.operation = GetOrder, .path = path, .query = "include_price=true"});
  };
  json body = order_of(reservation_item(client).catalogue_item, {demo::kContosoPlan});
  const json alone = prices_of(body);
  body["lineItems"].push_back({{"lineItemNumber", 1}, {"offerId", kSuse}, {"quantity", 1}});
  body["lineItems"].push_back({{"lineItemNumber", 2}, {"offerId", kSoftware}, {"quantity", 2}});
  const json both = prices_of(body);
  ASSERT_EQ(both.at("lineItems").size(), 3U);
  EXPECT_EQ(both.at("lineItems").at(0).at("pricing"), alone.at("lineItems").at(0).at("pricing"));
  long long total = 0;
  for (const json& line : both.at("lineItems")) {
    EXPECT_GT(line.at("pricing").at("price").get<double>(), 0);
    total += std::llround(line.at("pricing").at("extendedPrice").get<double>() * 100);
  }
  EXPECT_EQ(std::llround(both.at("totalPrice").get<double>() * 100), total);
  EXPECT_GT(both.at("totalPrice"), alone.at("totalPrice"));
}

TEST_F(OtherProducts, SegmentsHideAvailabilities) {
  const Client client = partner(universe);
  const auto count = [&](const std::string& segment) {
    return client
        .ok({.operation = ListAvailabilities,
             .path = {{"productId", "dg7gmgf0dwm3"}, {"skuId", "0002"}},
             .query = "country=FR" + (segment.empty() ? "" : "&targetSegment=" + segment)})
        .at("totalCount")
        .get<int>();
  };
  EXPECT_EQ(count(""), 2) << "all but nonprofit";
  EXPECT_EQ(count("NonProfit"), 1);
  EXPECT_EQ(count("education"), 1);
  EXPECT_EQ(count("government"), 0);
}

}  // namespace
}  // namespace pcsim::contract
