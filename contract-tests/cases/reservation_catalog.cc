// What is on sale as reservations, and the lists of what was bought.
#include <nlohmann/json.hpp>
#include <set>

#include "cases/story.h"

namespace pcsim::contract {
namespace {

using nlohmann::json;
using enum OperationId;

class ReservationLists : public Contract {
 protected:
  json catalog(const std::string& query, const char* version = kApiVersion) {
    return azure(universe, Who::Alice)
        .ok({.operation = ArmListCatalog,
             .path = {{"subscriptionId", demo::kContosoAzure}},
             .query = std::string{version} + query});
  }
  json all(const std::string& query) {
    return azure(universe, Who::Alice)
        .ok({.operation = ArmListAllReservations, .query = std::string{kApiVersion} + query});
  }
  std::size_t filtered(const std::string& filter) {
    return all("&%24filter=" + encode(filter)).at("value").size();
  }
};

TEST_F(ReservationLists, TheCatalogueIsFilteredAndPaged) {
  const json first = catalog("&reservedResourceType=VirtualMachines&location=westus&$take=10");
  EXPECT_EQ(first.at("value").size(), 10U);
  const int total = first.at("totalItems").get<int>();
  EXPECT_GT(total, 10);
  std::set<std::string> names;
  std::string link = first.at("nextLink").get<std::string>();
  for (const json& item : first.at("value")) {
    names.insert(item.at("name").get<std::string>());
    EXPECT_EQ(item.at("locations"), json::array({"westus"}));
    EXPECT_EQ(item.at("resourceType"), "virtualMachines");
  }
  while (!link.empty()) {
    const std::size_t at = link.find("/~");
    const std::size_t path = link.find('/', at + 1);
    ASSERT_NE(path, std::string::npos) << link;
    const json page =
        azure(universe, Who::Alice).ok({.operation = ArmListCatalog, .target = link.substr(path)});
    for (const json& item : page.at("value")) {
      EXPECT_TRUE(names.insert(item.at("name").get<std::string>()).second);
    }
    link = page.value("nextLink", "");
  }
  EXPECT_EQ(names.size(), static_cast<std::size_t>(total));
}

TEST_F(ReservationLists, ACatalogueItemTellsPricesAndSizes) {
  const json list = catalog("&location=westus&$filter=" + encode("name eq 'Standard_B1s'"));
  ASSERT_EQ(list.at("value").size(), 1U);
  const json& item = list.at("value").at(0);
  EXPECT_EQ(item.at("billingPlans").at("p1Y"), json::array({"Upfront", "Monthly"}));
  EXPECT_EQ(item.at("msrp").at("p1Y").at("amount"), 57.96);
  EXPECT_EQ(item.at("msrp").at("p1Y").at("currencyCode"), "EUR");
  json values;
  for (const json& property : item.at("skuProperties")) {
    values[property.at("name").get<std::string>()] = property.at("value");
  }
  EXPECT_EQ(values.at("ReservationsAutofitGroup"), "BS Series");
  EXPECT_EQ(values.at("ReservationsAutofitRatio"), "2");
  EXPECT_EQ(values.at("SkuDisplayName"), "B1s");
}

TEST_F(ReservationLists, RestrictionsAnnounceWhatIsRefused) {
  const json list = catalog("&location=japanwest&$take=1");
  EXPECT_EQ(list.at("value").at(0).at("restrictions").at(0).at("reasonCode"),
            "NotAvailableForSubscription");
  json body = purchase_of(demo::kContosoAzure);
  body["location"] = "japanwest";
  body["sku"]["name"] = list.at("value").at(0).at("name");
  body["properties"]["reservedResourceType"] = list.at("value").at(0).at("resourceType");
  const Client alice = azure(universe, Who::Alice);
  alice.refused({.operation = ArmCalculatePrice, .query = kApiVersion, .body = body.dump()},
                ErrorCode::ArmProductUnavailable);
  alice.refused({.operation = ArmPurchaseReservation,
                 .path = {{"orderId", demo::kNobody}},
                 .query = kApiVersion,
                 .body = body.dump()},
                ErrorCode::ArmProductUnavailable);
}

TEST_F(ReservationLists, TheCatalogueWasAnArray) {
  EXPECT_TRUE(catalog("&$take=2", "api-version=2020-11-15-preview").is_array());
  EXPECT_TRUE(catalog("&$take=2", "api-version=2021-07-01").is_object());
  EXPECT_TRUE(catalog("&publisherId=p").at("value").empty());
}

TEST_F(ReservationLists, CataloguesThatAreRefused) {
  const auto refused = [&](Who who, const char* subscription, const std::string& query,
                           ErrorCode error) {
    azure(universe, who)
        .refused({.operation = ArmListCatalog,
                  .path = {{"subscriptionId", subscription}},
                  .query = std::string{kApiVersion} + query},
                 error);
  };
  refused(Who::Alice, demo::kNobody, "", ErrorCode::ArmSubscriptionNotFound);
  refused(Who::Alice, demo::kPermissionOffAzure, "", ErrorCode::ArmWrongIssuer);
  refused(Who::Bob, demo::kContosoAzure, "", ErrorCode::ArmAuthorizationFailed);
  refused(Who::Alice, demo::kContosoAzure, "&location=atlantis", ErrorCode::ArmInvalidLocationId);
  for (const char* query : {"&$filter=name", "&$take=0", "&$skip=-1",
                            "&$filter="
                            "((((",
                            "&$take=x"}) {
    refused(Who::Alice, demo::kContosoAzure, query, ErrorCode::ArmBadRequest);
  }
}

TEST_F(ReservationLists, ASubscriptionBoughtElsewhereIsNotRegistered) {
  EXPECT_EQ(universe.act("customer-subscribes-elsewhere",
                         json{{"customerId", demo::kContoso},
                              {"azureSubscriptionId", demo::kNobody},
                              {"billedBy", "direct"},
                              {"ownerId", "e0000001-0000-4000-8000-000000000001"}}
                             .dump()),
            200);
  const Client alice = azure(universe, Who::Alice);
  alice.refused({.operation = ArmListCatalog,
                 .path = {{"subscriptionId", demo::kNobody}},
                 .query = kApiVersion},
                ErrorCode::ArmSubscriptionNotRegistered);
  const std::string order = quote(alice, demo::kNobody);
  alice.refused({.operation = ArmPurchaseReservation,
                 .path = {{"orderId", order}},
                 .query = kApiVersion,
                 .body = purchase_of(demo::kNobody).dump()},
                ErrorCode::ArmNonsupportedAccountId);
  json body = purchase_of(demo::kContosoAzure);
  body["properties"]["appliedScopeType"] = "Single";
  body["properties"]["appliedScopes"] = {std::string{"/subscriptions/"} + demo::kNobody};
  alice.refused({.operation = ArmCalculatePrice, .query = kApiVersion, .body = body.dump()},
                ErrorCode::ArmAppliedScopesNotAssociated);
  // A shared reservation applies to what the partner sold, and to nothing else.
  purchase(alice, demo::kContosoAzure);
  const auto applied = [&](const char* subscription) {
    return alice
        .ok({.operation = ArmListAppliedReservations,
             .path = {{"subscriptionId", subscription}},
             .query = kApiVersion})
        .at("properties")
        .at("reservationOrderIds")
        .at("value")
        .size();
  };
  EXPECT_EQ(applied(demo::kContosoAzure), 1U);
  EXPECT_EQ(applied(demo::kNobody), 0U);
}

TEST_F(ReservationLists, AppliedReservationsAreRefused) {
  const auto refused = [&](Who who, const char* subscription, ErrorCode error) {
    azure(universe, who)
        .refused({.operation = ArmListAppliedReservations,
                  .path = {{"subscriptionId", subscription}},
                  .query = kApiVersion},
                 error);
  };
  refused(Who::Alice, demo::kNobody, ErrorCode::ArmSubscriptionNotFound);
  refused(Who::Alice, demo::kPermissionOffAzure, ErrorCode::ArmWrongIssuer);
  refused(Who::Bob, demo::kContosoAzure, ErrorCode::ArmAuthorizationFailed);
}

TEST_F(ReservationLists, ATenantListsFiltersSortsAndPages) {
  const Client alice = azure(universe, Who::Alice);
  for (const auto& [name, quantity] :
       {std::pair{"alpha", 3}, std::pair{"Beta", 1}, std::pair{"gamma", 2}}) {
    json body = purchase_of(demo::kContosoAzure);
    body["properties"]["displayName"] = name;
    body["properties"]["quantity"] = quantity;
    buy_reservation(alice, body);
  }
  EXPECT_EQ(filtered("properties/archived eq false"), 3U);
  EXPECT_EQ(filtered("properties/quantity gt 1"), 2U);
  EXPECT_EQ(filtered("properties/quantity lt 2 or properties/displayName eq 'ALPHA'"), 2U);
  EXPECT_EQ(filtered("not (properties/quantity ge 2) and properties/term ne 'P3Y'"), 1U);
  EXPECT_EQ(filtered("properties/purchaseDate le 2999-01-01"), 3U);
  EXPECT_EQ(filtered("properties/renewSource eq null"), 3U);
  EXPECT_EQ(filtered("sku/name eq 'Standard_B1ls'"), 0U);
  const json sorted = all("&%24orderby=" + encode("properties/displayName desc") + "&take=2");
  EXPECT_EQ(sorted.at("value").at(0).at("properties").at("displayName"), "gamma");
  EXPECT_EQ(sorted.at("value").at(1).at("properties").at("displayName"), "Beta");
  EXPECT_NE(sorted.at("nextLink").get<std::string>().find("skiptoken=2"), std::string::npos);
  EXPECT_EQ(sorted.at("summary").at("succeededCount"), 3);
  EXPECT_FALSE(all("&refreshSummary=false").contains("summary"));
  EXPECT_EQ(all("&$skiptoken=2").at("value").size(), 1U);
  EXPECT_EQ(all("&selectedState=Cancelled").at("value").size(), 0U);
  for (const char* query :
       {"&take=none", "&$skiptoken=x", "&$orderby=a%20b", "&$filter=a%20is%20b"}) {
    alice.refused({.operation = ArmListAllReservations, .query = std::string{kApiVersion} + query},
                  ErrorCode::ArmBadRequest);
  }
  EXPECT_EQ(azure(universe, Who::Bob)
                .ok({.operation = ArmListAllReservations, .query = kApiVersion})
                .at("value")
                .size(),
            0U)
      << "a caller sees what he has a role on";
}

TEST_F(ReservationLists, OrdersAndNamesByVersion) {
  const Client alice = azure(universe, Who::Alice);
  const Bought bought = buy_reservation(alice, purchase_of(demo::kContosoAzure));
  const json orders = alice.ok({.operation = ArmListReservationOrders, .query = kApiVersion});
  ASSERT_EQ(orders.at("value").size(), 1U);
  EXPECT_EQ(orders.at("value").at(0).at("name"), bought.order);
  const auto name = [&](const char* version) {
    return alice.ok({.operation = ArmGetReservation, .path = bought.in_path(), .query = version})
        .at("name");
  };
  EXPECT_EQ(name("api-version=2022-11-01"), bought.id);
  EXPECT_EQ(name("api-version=2022-04-01"), bought.order + "/" + bought.id);
}

TEST_F(ReservationLists, AQuoteOf2019TellsWhatWasAsked) {
  const Client alice = azure(universe, Who::Alice);
  const auto price = [&](const char* version) {
    return alice
        .ok({.operation = ArmCalculatePrice,
             .query = version,
             .body = purchase_of(demo::kContosoAzure).dump()})
        .at("properties");
  };
  const json old = price("api-version=2019-04-01");
  EXPECT_EQ(old.at("quoteId"), old.at("reservationOrderId"));
  EXPECT_EQ(old.at("currencyCode"), "EUR");
  EXPECT_EQ(old.at("purchaseRequest").at("sku").at("name"), "Standard_B1s");
  EXPECT_FALSE(price(kApiVersion).contains("quoteId"));
}

TEST_F(ReservationLists, TheProviderListsItsOperations) {
  const json list =
      azure(universe, Who::Bob).ok({.operation = ArmListCapacityOperations, .query = kApiVersion});
  EXPECT_GT(list.at("value").size(), 20U);
}

}  // namespace
}  // namespace pcsim::contract
