#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "cases/story.h"

namespace pcsim::contract {
namespace {

using nlohmann::json;
using enum OperationId;

class CatalogueCases : public Contract {};

constexpr const char* kPlanProduct = "DZH318Z0BPS6";

TEST_F(CatalogueCases, FromProductToAvailability) {
  for (const bool legacy : {false, true}) {
    const Client client = partner(universe);
    const std::string query = legacy ? "country=FR" : "country=FR&reservationScope=AzurePlan";
    const Item item = reservation_item(client, legacy);
    const json product =
        client.ok({.operation = GetProduct, .path = {{"productId", item.product}}, .query = query});
    EXPECT_EQ(product.at("id"), item.product);
    const Path sku{{"productId", item.product}, {"skuId", item.sku}};
    EXPECT_EQ(client.ok({.operation = GetSku, .path = sku, .query = query}).at("id"), item.sku);
    Path availability = sku;
    availability["availabilityId"] = item.availability;
    const json found =
        client.ok({.operation = GetAvailability, .path = availability, .query = query});
    EXPECT_EQ(found.at("catalogItemId"), item.catalogue_item);
    EXPECT_EQ(item.catalogue_item, item.product + ":" + item.sku + ":" + item.availability);
  }
}

TEST_F(CatalogueCases, TheAzurePlanHasASkuAndAnAvailability) {
  const Client client = partner(universe);
  const json products =
      client.ok({.operation = ListProducts, .query = "country=FR&targetView=MicrosoftAzure"});
  EXPECT_EQ(products.at("totalCount"), 2);
  const Path sku{{"productId", kPlanProduct}, {"skuId", "0001"}};
  client.ok({.operation = GetProduct, .path = sku, .query = "country=FR"});
  client.ok({.operation = ListSkus, .path = sku, .query = "country=FR"});
  client.ok({.operation = GetSku, .path = sku, .query = "country=FR"});
  const json list = client.ok({.operation = ListAvailabilities,
                               .path = sku,
                               .query = "country=FR&targetSegment=commercial"});
  EXPECT_EQ(list.at("items").at(0).at("catalogItemId"), kAzurePlan);
}

TEST_F(CatalogueCases, EveryViewAnswers) {
  for (const char* view :
       {"Azure", "AzureReservations", "AzureReservationsVM", "AzureReservationsSQL",
        "AzureReservationsCosmosDb", "MicrosoftAzure", "OnlineServices", "Software"}) {
    partner(universe).ok(
        {.operation = ListProducts, .query = std::string{"country=FR&targetView="} + view});
  }
}

/// The ids a view lists; every one of their availabilities by catalogue item.
std::set<std::string> products_in(const Client& client, const std::string& query) {
  std::set<std::string> out;
  const json list = client.ok({.operation = ListProducts, .query = "country=FR&" + query});
  for (const json& product : list.at("items")) {
    out.insert(product.at("id").get<std::string>());
  }
  return out;
}

bool disjoint(const std::set<std::string>& left, const std::set<std::string>& right) {
  return std::none_of(left.begin(), left.end(),
                      [&](const std::string& one) { return right.contains(one); });
}

TEST_F(CatalogueCases, TypesOfReservationsAreListsOfTheirOwn) {
  const Client client = partner(universe);
  const auto all = products_in(client, "targetView=AzureReservations");
  std::set<std::string> together;
  for (const char* view :
       {"AzureReservationsVM", "AzureReservationsSQL", "AzureReservationsCosmosDb"}) {
    const auto some = products_in(client, std::string{"targetView="} + view);
    EXPECT_FALSE(some.empty()) << view;
    EXPECT_TRUE(disjoint(some, together)) << view;
    together.insert(some.begin(), some.end());
  }
  EXPECT_EQ(together, all);
}

TEST_F(CatalogueCases, TypesOfProductsAreListsOfTheirOwn) {
  const Client client = partner(universe);
  std::set<std::string> together;
  for (const char* view :
       {"MicrosoftAzure", "AzureReservations", "OnlineServices", "Software", "MarketplaceSaaS"}) {
    const auto some = products_in(client, std::string{"targetView="} + view);
    EXPECT_FALSE(some.empty()) << view;
    EXPECT_TRUE(disjoint(some, together)) << view;
    together.insert(some.begin(), some.end());
  }
}

TEST_F(CatalogueCases, SegmentsAndScopesAreListsOfTheirOwn) {
  const Client client = partner(universe);
  const Item item = reservation_item(client);
  const auto items = [&](const Path& path, const std::string& query) {
    std::set<std::string> out;
    const json list =
        client.ok({.operation = ListAvailabilities, .path = path, .query = "country=FR" + query});
    for (const json& one : list.at("items")) {
      out.insert(one.at("catalogItemId").get<std::string>());
    }
    return out;
  };
  const Path reservation{{"productId", item.product}, {"skuId", item.sku}};
  EXPECT_TRUE(disjoint(items(reservation, ""), items(reservation, "&reservationScope=AzurePlan")));
  EXPECT_TRUE(items(reservation, "&targetSegment=education").empty());
  const Path software{{"productId", "DG7GMGF0DWM3"}, {"skuId", "0002"}};
  std::set<std::string> together;
  for (const char* segment : {"commercial", "education", "government", "nonprofit"}) {
    const auto some = items(software, std::string{"&targetSegment="} + segment);
    EXPECT_TRUE(disjoint(some, together)) << segment;
    together.insert(some.begin(), some.end());
  }
  EXPECT_EQ(together.size(), 3U);
}

TEST_F(CatalogueCases, BothTermsAreOnSale) {
  const Client client = partner(universe);
  std::set<std::string> terms;
  const json list = client.ok({.operation = ListSkus,
                               .path = {{"productId", reservation_item(client).product}},
                               .query = "country=FR&reservationScope=AzurePlan"});
  for (const json& sku : list.at("items")) {
    terms.insert(sku.at("dynamicAttributes").at("duration").get<std::string>());
  }
  EXPECT_EQ(terms, (std::set<std::string>{"1Year", "3Years"}));
}

struct Refusal {
  OperationId operation;
  const char *product, *sku, *availability, *query;
  ErrorCode error;
};

constexpr Refusal kRefusals[] = {
    {ListProducts, "", "", "", "country=FR", ErrorCode::InvalidRequestInput},
    {ListProducts, "", "", "", "country=QQ&targetView=Azure", ErrorCode::InvalidRequestInput},
    {ListProducts, "", "", "", "targetView=Azure", ErrorCode::InvalidRequestInput},
    {ListProducts, "", "", "", "country=FR&targetView=Nothing", ErrorCode::TargetViewNotAllowed},
    {ListProducts, "", "", "", "country=FR&targetView=Azure&targetSegment=none",
     ErrorCode::TargetSegmentNotAllowed},
    {ListProducts, "", "", "", "country=FR&targetView=Azure&reservationScope=Moon",
     ErrorCode::InvalidRequestInput},
    {GetProduct, kPlanProduct, "", "", "", ErrorCode::InvalidRequestInput},
    {GetProduct, kPlanProduct, "", "", "country=FR&targetSegment=none",
     ErrorCode::TargetSegmentNotAllowed},
    {GetProduct, "NOTHING", "", "", "country=FR", ErrorCode::ProductNotFound},
    {ListSkus, kPlanProduct, "", "", "", ErrorCode::InvalidRequestInput},
    {ListSkus, kPlanProduct, "", "", "country=FR&targetSegment=none",
     ErrorCode::TargetSegmentNotAllowed},
    {ListSkus, "NOTHING", "", "", "country=FR", ErrorCode::ParentProductNotFound},
    {GetSku, kPlanProduct, "0001", "", "", ErrorCode::InvalidRequestInput},
    {GetSku, kPlanProduct, "0001", "", "country=FR&targetSegment=none",
     ErrorCode::TargetSegmentNotAllowed},
    {GetSku, "NOTHING", "0001", "", "country=FR", ErrorCode::ParentProductNotFound},
    {GetSku, kPlanProduct, "9999", "", "country=FR", ErrorCode::SkuNotFound},
    {ListAvailabilities, kPlanProduct, "0001", "", "", ErrorCode::InvalidRequestInput},
    {ListAvailabilities, kPlanProduct, "0001", "", "country=FR&targetSegment=none",
     ErrorCode::TargetSegmentNotAllowed},
    {ListAvailabilities, "NOTHING", "0001", "", "country=FR", ErrorCode::ParentProductNotFound},
    {ListAvailabilities, kPlanProduct, "9999", "", "country=FR", ErrorCode::SkuNotFound},
    {GetAvailability, kPlanProduct, "0001", "DZH318Z0BML6", "", ErrorCode::InvalidRequestInput},
    {GetAvailability, kPlanProduct, "0001", "DZH318Z0BML6", "country=FR&targetSegment=none",
     ErrorCode::TargetSegmentNotAllowed},
    {GetAvailability, "NOTHING", "0001", "DZH318Z0BML6", "country=FR",
     ErrorCode::ParentProductNotFound},
    {GetAvailability, kPlanProduct, "9999", "DZH318Z0BML6", "country=FR", ErrorCode::SkuNotFound},
    {GetAvailability, kPlanProduct, "0001", "NOTHING", "country=FR",
     ErrorCode::AvailabilityNotFound},
};

TEST_F(CatalogueCases, Refusals) {
  const Client client = partner(universe);
  for (const Refusal& row : kRefusals) {
    client.refused({.operation = row.operation,
                    .path = {{"productId", row.product},
                             {"skuId", row.sku},
                             {"availabilityId", row.availability}},
                    .query = row.query},
                   row.error);
  }
}

TEST_F(CatalogueCases, Inventory) {
  const Client client = partner(universe);
  const Item item = reservation_item(client);
  json body{{"targetItems", {{{"productId", item.product}, {"skuId", item.sku}}}},
            {"inventoryContext", {{"customerId", demo::kContoso}}}};
  const Ask ask{.operation = CheckInventory, .query = "country=FR", .body = body.dump()};
  const json free = client.ok(ask);
  ASSERT_EQ(free.size(), 1U);
  EXPECT_EQ(free.at(0).at("isRestricted"), false);
  body["inventoryContext"]["armRegionName"] = "japanwest";
  const json full =
      client.ok({.operation = CheckInventory, .query = "country=FR", .body = body.dump()});
  EXPECT_EQ(full.at(0).at("isRestricted"), true);
  for (const char* query : {"", "country=QQ"}) {
    client.refused({.operation = CheckInventory, .query = query, .body = body.dump()},
                   ErrorCode::InvalidRequestInput);
  }
}

}  // namespace
}  // namespace pcsim::contract
