// Ways up: from one legacy offer to another, and from MS-AZR-0145P to the Azure plan.
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "cases/shop.h"

namespace pcsim::contract {
namespace {

using nlohmann::json;
using enum OperationId;

class Upgrades : public Contract {
 protected:
  /// The codes that stand against moving a subscription to `target`.
  std::set<int> problems(const std::string& customer, const std::string& id,
                         const std::string& target, const std::string& type = "upgrade_only",
                         Who who = Who::Admin, int quantity = 0) {
    json body{{"targetOffer", {{"id", target}}}, {"upgradeType", type}};
    if (quantity > 0) {
      body["quantity"] = quantity;
    }
    const json result = partner(universe, who)
                            .ok({.operation = CreateUpgrade,
                                 .path = subscription_path(customer, id),
                                 .body = body.dump()});
    std::set<int> out;
    for (const json& problem : result.at("upgradeErrors")) {
      out.insert(problem.at("code").get<int>());
    }
    EXPECT_EQ(out.empty(), result.contains("targetSubscriptionId"));
    return out;
  }
  json family(const std::string& customer, const std::string& name = "Azure") {
    return {{"customerId", customer}, {"productFamily", name}};
  }
};

TEST_F(Upgrades, ALegacyOfferMovesUp) {
  const Client client = partner(universe);
  const std::string id =
      buy_subscription(client, demo::kContoso, seats_of(kBaseOffer, 5, "monthly"));
  const Path path = subscription_path(demo::kContoso, id);
  const json list = client.ok({.operation = ListUpgrades, .path = path});
  ASSERT_EQ(list.at("totalCount"), 2);
  EXPECT_EQ(list.at("items").at(0).at("isEligible"), true);
  EXPECT_EQ(list.at("items").at(1).at("isEligible"), false) << "it is billed by the year only";
  const json done =
      client.ok({.operation = CreateUpgrade, .path = path, .body = list.at("items").at(0).dump()});
  EXPECT_EQ(done.at("sourceSubscriptionId"), id);
  const json moved =
      client.ok({.operation = GetSubscription,
                 .path = subscription_path(demo::kContoso, done.at("targetSubscriptionId"))});
  EXPECT_EQ(moved.at("offerId"), kEnterprise3);
  EXPECT_EQ(moved.at("quantity"), 5);
  EXPECT_EQ(client.ok({.operation = GetSubscription, .path = path}).at("status"), "deleted");
  const json record = client.ok({.operation = ListAuditRecords}).at("items").at(0);
  EXPECT_EQ(record.at("operationType"), "upgrade_subscription");
  for (const OperationId operation : {ListUpgrades, CreateUpgrade}) {
    client.refused({.operation = operation,
                    .path = subscription_path(demo::kContoso, demo::kNobody),
                    .body = operation == CreateUpgrade ? R"({"targetOffer":{"id":"x"}})" : ""},
                   ErrorCode::SubscriptionNotFound);
  }
}

TEST_F(Upgrades, WhatStandsInTheWay) {
  using Codes = std::set<int>;
  const Client client = partner(universe);
  const std::string transfer = "upgrade_with_license_transfer";
  const auto base = [&] {
    return buy_subscription(client, demo::kContoso, seats_of(kBaseOffer, 5, "monthly"));
  };
  const std::string one = base();
  EXPECT_EQ(problems(demo::kContoso, one, kEnterprise3, "upgrade_only", Who::Admin, 10'001),
            Codes{0});
  EXPECT_EQ(problems(demo::kAlpine, owned(demo::kAlpine, 2), kEnterprise3), Codes{1});
  EXPECT_EQ(problems(demo::kContoso, one, kEnterprise3, transfer, Who::App), Codes{5});
  EXPECT_EQ(problems(demo::kWoodgrove, owned(demo::kWoodgrove, 12), kEnterprise3), Codes{4});
  EXPECT_EQ(problems(demo::kWoodgrove, owned(demo::kWoodgrove, 13), kEnterprise3), Codes{9});
  EXPECT_EQ(problems(demo::kContoso, one, "nothing"), Codes{8});
  EXPECT_EQ(problems(demo::kContoso, one, kEnterprise5), Codes{10});
  EXPECT_EQ(problems(demo::kGranular, owned(demo::kGranular, 1), kEnterprise3, transfer),
            Codes{11});
  EXPECT_EQ(problems(demo::kContoso, demo::kContosoPlan, "nothing"), (Codes{7, 8}));
  json addon = seats_of(kAddon, 5, "monthly");
  addon["lineItems"][0]["parentSubscriptionId"] = one;
  buy(client, demo::kContoso, addon);
  EXPECT_EQ(problems(demo::kContoso, one, kEnterprise3), Codes{6});
  const std::string two = base();
  buy(client, demo::kContoso, seats_of(kEnterprise3, 1, "monthly"));
  EXPECT_EQ(problems(demo::kContoso, two, kEnterprise3), Codes{3});
  client.ok({.operation = UpdateSubscription,
             .path = subscription_path(demo::kWoodgrove, owned(demo::kWoodgrove, 8)),
             .body = R"({"status":"suspended"})"});
  EXPECT_EQ(problems(demo::kWoodgrove, owned(demo::kWoodgrove, 8), kEnterprise3), Codes{2});
}

TEST_F(Upgrades, MicrosoftAzureBecomesThePlan) {
  const Client client = partner(universe);
  const std::string body = family(demo::kLegacy).dump();
  const json before = client.ok({.operation = GetProductUpgradeEligibility, .body = body});
  EXPECT_EQ(before.at("isEligible"), true);
  Answer answer;
  client.ok({.operation = CreateProductUpgrade, .body = body}, &answer);
  const std::string location = answer.header("Location");
  ASSERT_TRUE(location.starts_with("productUpgrades/")) << location;
  const std::string id = location.substr(location.find('/') + 1);
  const json status =
      client.ok({.operation = GetProductUpgradeStatus, .path = {{"upgradeId", id}}, .body = body});
  EXPECT_EQ(status.at("status"), "Completed");
  const std::string plan = status.at("lineItems").at(0).at("targetProduct").at("id");
  const json azure = client.ok(
      {.operation = ListAzureEntitlements, .path = subscription_path(demo::kLegacy, plan)});
  ASSERT_EQ(azure.at("totalCount"), 1);
  EXPECT_EQ(azure.at("items").at(0).at("id"), demo::kLegacySubscription) << "it keeps its id";
  EXPECT_EQ(client
                .ok({.operation = GetSubscription,
                     .path = subscription_path(demo::kLegacy, demo::kLegacySubscription)})
                .at("status"),
            "suspended");
  client.refused({.operation = CreateOrder,
                  .path = customer_path(demo::kLegacy),
                  .body = order_of(kMicrosoftAzure).dump()},
                 ErrorCode::CatalogItemNotEligible);
  client.refused({.operation = CreateProductUpgrade, .body = body},
                 ErrorCode::UpgradeAlreadyCompleted);
  EXPECT_EQ(client.ok({.operation = GetProductUpgradeEligibility, .body = body}).at("isEligible"),
            false);
}

TEST_F(Upgrades, WhoCannotBecomeThePlan) {
  const Client client = partner(universe);
  const auto refuse = [&](const std::string& customer, ErrorCode error) {
    client.refused({.operation = CreateProductUpgrade, .body = family(customer).dump()}, error);
  };
  refuse(demo::kPending, ErrorCode::OriginalUpgradeInProgress);
  refuse(demo::kInProgress, ErrorCode::OriginalUpgradeInProgress);
  refuse(demo::kNoAgreement, ErrorCode::UpgradeNoAzureSubscriptions);
  refuse(demo::kContoso, ErrorCode::UpgradeNotProcessable);
  refuse(demo::kShared, ErrorCode::UpgradePartnerSharedServicesNotAllowed);
  const std::string young = create_customer(client, "FR");
  accept_agreement(client, young);
  buy(client, young, order_of(kMicrosoftAzure));
  refuse(young, ErrorCode::UpgradeSubscriptionsTooRecent);
  client.ok({.operation = UpdateSubscription,
             .path = subscription_path(demo::kLegacy, demo::kLegacySubscription),
             .body = R"({"status":"suspended"})"});
  refuse(demo::kLegacy, ErrorCode::UpgradeSuspendedSubscriptions);
  EXPECT_EQ(universe.act("microsoft-changes-offer", R"({"item":"DZH318Z0BPS6","withdrawn":true})"),
            200);
  refuse(demo::kAlpine, ErrorCode::UpgradeCatalogItemNotFound);
  const json pending =
      client.ok({.operation = GetProductUpgradeEligibility, .body = family(demo::kPending).dump()});
  EXPECT_EQ(pending.at("upgradeId"), demo::kPendingUpgrade);
}

TEST_F(Upgrades, ProductUpgradesThatAreUnknownOrForeign) {
  const Client client = partner(universe);
  const Path pending{{"upgradeId", demo::kPendingUpgrade}};
  const auto status = [&](const std::string& customer, const char* id) {
    return client.ok({.operation = GetProductUpgradeStatus,
                      .path = {{"upgradeId", id}},
                      .body = family(customer).dump()});
  };
  EXPECT_EQ(status(demo::kPending, demo::kPendingUpgrade).at("status"), "Pending");
  EXPECT_EQ(status(demo::kFailed, demo::kFailedUpgrade).at("status"), "Failed");
  for (const OperationId operation :
       {GetProductUpgradeEligibility, CreateProductUpgrade, GetProductUpgradeStatus}) {
    const auto refuse = [&](const json& body, ErrorCode error) {
      client.refused({.operation = operation, .path = pending, .body = body.dump()}, error);
    };
    refuse(family("nobody"), ErrorCode::InvalidCustomerId);
    refuse(family(demo::kNobody), ErrorCode::InvalidCustomerId);
    refuse(family(demo::kNorthwind), ErrorCode::NoCommerceRelationshipDetailed);
    refuse(family(demo::kContoso, "office"), ErrorCode::EnumParseFailed);
  }
  client.refused({.operation = GetProductUpgradeStatus,
                  .path = {{"upgradeId", demo::kNobody}},
                  .body = family(demo::kPending).dump()},
                 ErrorCode::UpgradeNotFound);
  client.refused({.operation = GetProductUpgradeStatus,
                  .path = pending,
                  .body = family(demo::kInProgress).dump()},
                 ErrorCode::UpgradeCustomerMismatch);
}

}  // namespace
}  // namespace pcsim::contract
