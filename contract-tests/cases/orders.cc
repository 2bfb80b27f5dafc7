#include <nlohmann/json.hpp>
#include <vector>

#include "cases/story.h"

namespace pcsim::contract {
namespace {

using nlohmann::json;
using enum OperationId;

class Orders : public Contract {};

TEST_F(Orders, CreatedListedRead) {
  const Client client = partner(universe);
  const std::string item = reservation_item(client).catalogue_item;
  const Path customer = customer_path(demo::kContoso);
  const json made = client.ok({.operation = CreateOrder,
                               .path = customer,
                               .body = order_of(item, {demo::kContosoPlan}).dump()});
  EXPECT_EQ(made.at("lineItems").at(0).at("offerId"), item);
  Path path = customer;
  path["orderId"] = made.at("id").get<std::string>();
  const json read = client.ok({.operation = GetOrder, .path = path});
  EXPECT_EQ(read.at("status"), "completed");
  const json list = client.ok({.operation = ListOrders, .path = customer});
  EXPECT_EQ(list.at("totalCount"), 2) << "the plan's, which the world starts with, and this one";
  const auto count = [&](const std::string& query) {
    return client.ok({.operation = ListOrders, .path = customer, .query = query})
        .at("totalCount")
        .get<int>();
  };
  EXPECT_EQ(count("billingType=OneTime"), 2);
  EXPECT_EQ(count("billingType=one_time"), 2);
  EXPECT_EQ(count("billingType=Monthly"), 0);
  path["orderId"] = demo::kNobody;
  client.refused({.operation = GetOrder, .path = path}, ErrorCode::OrderNotFound);
}

TEST_F(Orders, NeedTheAgreement) {
  const Client client = partner(universe);
  client.refused({.operation = CreateOrder,
                  .path = customer_path(demo::kNoAgreement),
                  .body = order_of(kAzurePlan).dump()},
                 ErrorCode::AgreementNotAccepted);
}

struct Flaw {
  const char* customer;
  json order;
  ErrorCode error;
};

TEST_F(Orders, Refusals) {
  const Client client = partner(universe);
  const std::string item = reservation_item(client).catalogue_item;
  const std::string legacy_item = reservation_item(client, true).catalogue_item;
  const Billing plan{demo::kContosoPlan};
  const std::string unregistered = create_customer(client, "FR");
  accept_agreement(client, unregistered);
  const Billing unregistered_plan{buy_plan(client, unregistered)};
  json cycle = order_of(item, plan);
  cycle["billingCycle"] = "annual";
  json numbered = order_of(item, plan);
  numbered["lineItems"][0]["lineItemNumber"] = 1;
  json by_reseller = order_of(item, plan);
  by_reseller["lineItems"][0]["partnerIdOnRecord"] = "1000003";
  json entitled = order_of(item, plan);
  entitled["lineItems"][0]["provisioningContext"]["entitlementId"] = demo::kNobody;
  json addon = order_of(kAddon);
  addon["billingCycle"] = "monthly";
  const std::vector<Flaw> flaws{
      {demo::kContoso, numbered, ErrorCode::LineItemNumberOutOfRange},
      {demo::kContoso, by_reseller, ErrorCode::MpnIdNotReseller},
      {demo::kContoso, entitled, ErrorCode::ProductNotEligibleForSubscription},
      {demo::kContoso, order_of(kAzurePlan), ErrorCode::CatalogItemNotEligible},
      {demo::kContoso, addon, ErrorCode::AddOnNotRelatedToParent},
      {demo::kContoso, order_of("DZH318Z0BPS6:0001:NOTHING"), ErrorCode::AvailabilityNotFound},
      {demo::kContoso, order_of("nothing"), ErrorCode::InvalidOfferId},
      {demo::kContoso, order_of(kMicrosoftAzure), ErrorCode::CatalogItemNotEligible},
      {demo::kLegacy, order_of(kAzurePlan), ErrorCode::CatalogItemNotEligible},
      {demo::kContoso, order_of(legacy_item, plan), ErrorCode::CatalogItemNotEligible},
      {demo::kAbroad, order_of(item, {demo::kAbroadPlan}), ErrorCode::OfferNotAvailableInCountry},
      {demo::kContoso, order_of(item, plan, 0), ErrorCode::QuantityNotAvailable},
      {demo::kLegacy, order_of(kManyCoresItem, {demo::kLegacySubscription, "single"}),
       ErrorCode::QuantityNotAvailable},
      {demo::kContoso, cycle, ErrorCode::InvalidRequestInput},
      {demo::kContoso, json{{"lineItems", json::array()}}, ErrorCode::InvalidRequestInput},
      {demo::kContoso, order_of(item), ErrorCode::AzurePlanIdMissing},
      {demo::kContoso, order_of(item, {demo::kNobody}), ErrorCode::AzurePlanNotFound},
      {demo::kContoso, order_of(legacy_item, {demo::kNobody}), ErrorCode::InvalidAzureSubscription},
      {unregistered.c_str(), order_of(item, unregistered_plan),
       ErrorCode::SubscriptionNotRegistered},
      {demo::kContoso, order_of(item, {demo::kContosoPlan, "single"}),
       ErrorCode::ScopeNotSupported},
      {demo::kContoso, order_of(kRestrictedItem, plan), ErrorCode::InventoryNotAvailable},
  };
  for (const Flaw& flaw : flaws) {
    client.refused(
        {.operation = CreateOrder, .path = customer_path(flaw.customer), .body = flaw.order.dump()},
        flaw.error);
  }
}

TEST_F(Orders, PricesOnRequest) {
  const Client client = partner(universe);
  const std::string item = reservation_item(client).catalogue_item;
  const Path customer = customer_path(demo::kContoso);
  const json made = client.ok({.operation = CreateOrder,
                               .path = customer,
                               .body = order_of(item, {demo::kContosoPlan}, 3).dump()});
  EXPECT_FALSE(made.contains("totalPrice"));
  Path path = customer;
  path["orderId"] = made.at("id").get<std::string>();
  const json read = client.ok({.operation = GetOrder, .path = path, .query = "include_price=True"});
  const json& pricing = read.at("lineItems").at(0).at("pricing");
  EXPECT_GT(pricing.at("price").get<double>(), 0);
  EXPECT_EQ(pricing.at("extendedPrice"), read.at("totalPrice"));
  const json list = client.ok({.operation = ListOrders,
                               .path = customer,
                               .query = "include_price=true&billingType=OneTime"});
  EXPECT_EQ(list.at("items").back().at("totalPrice"), read.at("totalPrice"));
}

}  // namespace
}  // namespace pcsim::contract
