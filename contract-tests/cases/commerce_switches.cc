// Commerce away from the defaults of its switches.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "cases/story.h"

namespace pcsim::contract {
namespace {

using nlohmann::json;
using enum OperationId;

json monthly(const std::string& item) {
  json body = cart_of(item);
  body["lineItems"][0]["billingCycle"] = "monthly";
  return body;
}

Ask checkout_of(const Client& client, const std::string& customer, const json& body) {
  const json cart =
      client.ok({.operation = CreateCart, .path = customer_path(customer), .body = body.dump()});
  return {.operation = CheckoutCart,
          .path = {{"customerId", customer}, {"cartId", cart.at("id").get<std::string>()}}};
}

TEST(CommerceSwitches, PartOfACartMayBeRefused) {
  Universe universe{{{"agreement-gate", "azure-plan"}}};
  const Client client = partner(universe);
  json body = cart_of(kAzurePlan);
  body["lineItems"].push_back(monthly(kSeats).at("lineItems").at(0));
  body["lineItems"][1]["id"] = 1;
  const Ask checkout = checkout_of(client, demo::kNoAgreement, body);
  json done = client.ok(checkout);
  ASSERT_EQ(done.at("orders").size(), 1U);
  ASSERT_EQ(done.at("orderErrors").size(), 1U);
  EXPECT_EQ(done.at("orderErrors").at(0).at("orderGroupId"), "0");
  EXPECT_EQ(done.at("orderErrors").at(0).at("code"), 13605);
  accept_agreement(client, demo::kNoAgreement);
  done = client.ok(checkout);
  EXPECT_EQ(done.at("orders").size(), 2U);
  EXPECT_FALSE(done.contains("orderErrors"));
}

TEST(CommerceSwitches, ASecondCheckoutMayBeRefused) {
  Universe universe{{{"checkout-twice", "refused"}}};
  const Client client = partner(universe);
  const Ask checkout = checkout_of(client, demo::kContoso, monthly(kSeats));
  client.ok(checkout);
  client.refused(checkout, ErrorCode::CartAlreadySubmitted);
}

TEST(CommerceSwitches, ApplicationsMayReadHowFarAnOrderIs) {
  Universe strict;
  Universe open{{{"provisioning-status-tokens", "any"}}};
  for (Universe* universe : {&strict, &open}) {
    const json order = partner(*universe).ok({.operation = CreateOrder,
                                              .path = customer_path(demo::kContoso),
                                              .body = order_of(kSoftware).dump()});
    const Ask ask{
        .operation = GetOrderProvisioningStatus,
        .path = {{"customerId", demo::kContoso}, {"orderId", order.at("id").get<std::string>()}}};
    if (universe == &open) {
      EXPECT_EQ(partner(*universe, Who::App).ok(ask), partner(*universe).ok(ask));
    } else {
      partner(*universe, Who::App).refused(ask, ErrorCode::AppOnlyNotSupported);
    }
    partner(*universe, Who::App)
        .refused({.operation = ListEntitlements, .path = customer_path(demo::kContoso)},
                 ErrorCode::AppOnlyNotSupported);
  }
}

TEST(CommerceSwitches, PartnersMaySellInTheirRegionOnly) {
  Universe universe{{{"csp-region", "enforced"}}};
  const Client client = partner(universe);
  json order{{"billingCycle", "monthly"},
             {"lineItems", {{{"lineItemNumber", 0}, {"offerId", kSeats}, {"quantity", 1}}}}};
  client.refused(
      {.operation = CreateOrder, .path = customer_path(demo::kAbroad), .body = order.dump()},
      ErrorCode::PartnerNotOnboardedInCountry);
  client.refused(checkout_of(client, demo::kAbroad, monthly(kSeats)),
                 ErrorCode::PartnerNotOnboardedInCountry);
  client.ok(
      {.operation = CreateOrder, .path = customer_path(demo::kContoso), .body = order.dump()});
}

TEST(CommerceSwitches, ConflictsOfAzureOffersHaveTwoCodes) {
  Universe universe{{{"azure-conflict", "2085"}}};
  partner(universe).refused({.operation = CreateOrder,
                             .path = customer_path(demo::kContoso),
                             .body = order_of(kMicrosoftAzure).dump()},
                            ErrorCode::OfferNotEligible);
}

TEST(CommerceSwitches, SingleScopeUnderAPlan) {
  Universe coerced{{{"plan-scope", "coerced"}}};
  const std::string item = reservation_item(partner(coerced)).catalogue_item;
  json order = order_of(item, {demo::kContosoPlan, "single"});
  const auto ask = [&] {
    return Ask{
        .operation = CreateOrder, .path = customer_path(demo::kContoso), .body = order.dump()};
  };
  EXPECT_EQ(partner(coerced).ok(ask()).at("lineItems").at(0).at("provisioningContext").at("scope"),
            "shared");
  Universe allowed{{{"plan-scope", "allowed"}}};
  partner(allowed).refused(ask(), ErrorCode::ProvisioningEntitlementIdMissing);
  order["lineItems"][0]["provisioningContext"]["entitlementId"] = demo::kContosoAzure;
  partner(allowed).ok(ask());
  order = order_of(item, {demo::kOutOfServicePlan, "single"});
  order["lineItems"][0]["provisioningContext"]["entitlementId"] = demo::kCancelledAzure;
  partner(allowed).refused(
      {.operation = CreateOrder, .path = customer_path(demo::kOutOfService), .body = order.dump()},
      ErrorCode::EntitlementSubscriptionNotActive);
}

TEST(CommerceSwitches, OtherListsOpenOtherMarkets) {
  Universe universe{{{"reservation-markets", "user-docs-2023"}}};
  EXPECT_GT(
      partner(universe)
          .ok({.operation = ListProducts, .query = "country=BR&targetView=AzureReservationsVM"})
          .at("totalCount")
          .get<int>(),
      0);
}

}  // namespace
}  // namespace pcsim::contract
