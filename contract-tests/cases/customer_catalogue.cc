// The catalogue as one customer may buy from it.
#include <nlohmann/json.hpp>
#include <string>

#include "cases/story.h"

namespace pcsim::contract {
namespace {

using nlohmann::json;
using enum OperationId;

class CustomerCatalogue : public Contract {};

constexpr const char* kPlanProduct = "DZH318Z0BPS6";
constexpr const char* kLegacyProduct = "9DEA7946-EC2C-441E-9FFD-E3B275F7E838";

Path sku_path(const std::string& customer, const std::string& product, const std::string& sku,
              const std::string& availability = "NOTHING") {
  return {{"customerId", customer},
          {"productId", product},
          {"skuId", sku},
          {"availabilityId", availability}};
}

TEST_F(CustomerCatalogue, HidesWhatCannotStandBesideTheOwned) {
  const Client client = partner(universe);
  const auto ids = [&](const char* customer) {
    std::string out;
    for (const OperationId operation : {ListCustomerProducts, PostCustomerProducts}) {
      const json list = client.ok({.operation = operation,
                                   .path = customer_path(customer),
                                   .query = "targetView=MicrosoftAzure"});
      EXPECT_EQ(
          list.at("links").at("self").at("uri"),
          "/customers/" + std::string{customer} + "/products/all/skus?targetView=MicrosoftAzure");
      out.clear();
      for (const json& item : list.at("items")) {
        out += item.at("id").get<std::string>() + " ";
      }
    }
    return out;
  };
  EXPECT_EQ(ids(demo::kContoso), "0001 ");
  EXPECT_EQ(ids(demo::kLegacy), "MS-AZR-0145P ");
  EXPECT_EQ(ids(demo::kNoAgreement), "0001 MS-AZR-0145P ");
}

TEST_F(CustomerCatalogue, NamesProductsByASwitch) {
  Universe other{{{"customer-products", "products"}}};
  const json list = partner(other).ok({.operation = ListCustomerProducts,
                                       .path = customer_path(demo::kContoso),
                                       .query = "targetView=MicrosoftAzure"});
  ASSERT_EQ(list.at("totalCount"), 1);
  EXPECT_EQ(list.at("items").at(0).at("productType").at("id"), "Azure");
}

TEST_F(CustomerCatalogue, FromProductToAvailability) {
  const Client client = partner(universe);
  const Item item = reservation_item(client);
  const Path path = sku_path(demo::kContoso, item.product, item.sku, item.availability);
  const std::string query = "reservationScope=AzurePlan&targetSegment=commercial";
  EXPECT_EQ(client.ok({.operation = GetCustomerProduct, .path = path, .query = query}).at("id"),
            item.product);
  for (const OperationId operation : {ListCustomerSkus, PostCustomerSkus}) {
    EXPECT_GT(client.ok({.operation = operation, .path = path, .query = query}).at("totalCount"),
              0);
  }
  for (const OperationId operation : {GetCustomerSku, PostCustomerSku}) {
    EXPECT_EQ(client.ok({.operation = operation, .path = path, .query = query}).at("id"), item.sku);
  }
  for (const OperationId operation : {ListCustomerAvailabilities, PostCustomerAvailabilities}) {
    EXPECT_EQ(client.ok({.operation = operation, .path = path, .query = query}).at("totalCount"),
              1);
  }
  for (const OperationId operation : {GetCustomerAvailability, PostCustomerAvailability}) {
    EXPECT_EQ(client.ok({.operation = operation, .path = path, .query = query}).at("country"),
              "FR");
  }
}

TEST_F(CustomerCatalogue, MarketsWithoutReservationsShowNone) {
  const Client client = partner(universe);
  const Item item = reservation_item(client);
  client.refused(
      {.operation = GetCustomerProduct, .path = sku_path(demo::kAbroad, item.product, item.sku)},
      ErrorCode::ProductNotFound);
  EXPECT_EQ(client
                .ok({.operation = ListCustomerProducts,
                     .path = customer_path(demo::kAbroad),
                     .query = "targetView=AzureReservations"})
                .at("totalCount"),
            0);
}

TEST_F(CustomerCatalogue, Refusals) {
  const Client client = partner(universe);
  const auto refuse = [&](OperationId operation, const Path& path, const std::string& query,
                          ErrorCode error) {
    client.refused({.operation = operation, .path = path, .query = query}, error);
  };
  const Path plan = sku_path(demo::kContoso, kPlanProduct, "0001");
  for (const OperationId operation : {ListCustomerProducts, PostCustomerProducts}) {
    refuse(operation, plan, "", ErrorCode::InvalidRequestInput);
    refuse(operation, plan, "targetView=Nothing", ErrorCode::TargetViewNotAllowed);
    refuse(operation, plan, "targetView=Azure&targetSegment=none",
           ErrorCode::TargetSegmentNotAllowed);
  }
  for (const OperationId operation :
       {GetCustomerProduct, ListCustomerSkus, PostCustomerSkus, GetCustomerSku, PostCustomerSku,
        ListCustomerAvailabilities, PostCustomerAvailabilities, GetCustomerAvailability,
        PostCustomerAvailability}) {
    refuse(operation, plan, "reservationScope=Moon", ErrorCode::InvalidRequestInput);
    refuse(operation, plan, "targetSegment=none", ErrorCode::TargetSegmentNotAllowed);
    const ErrorCode missing = operation == GetCustomerProduct ? ErrorCode::ProductNotFound
                                                              : ErrorCode::ParentProductNotFound;
    refuse(operation, sku_path(demo::kContoso, "NOTHING", "0001"), "", missing);
    refuse(operation, sku_path(demo::kContoso, kLegacyProduct, "MS-AZR-0145P"), "", missing);
    refuse(operation, sku_path(demo::kLegacy, kPlanProduct, "0001"), "", missing);
  }
  for (const OperationId operation :
       {GetCustomerSku, PostCustomerSku, ListCustomerAvailabilities, PostCustomerAvailabilities,
        GetCustomerAvailability, PostCustomerAvailability}) {
    refuse(operation, sku_path(demo::kContoso, kPlanProduct, "9999"), "", ErrorCode::SkuNotFound);
  }
  for (const OperationId operation : {GetCustomerAvailability, PostCustomerAvailability}) {
    refuse(operation, plan, "", ErrorCode::AvailabilityNotFound);
  }
}

}  // namespace
}  // namespace pcsim::contract
