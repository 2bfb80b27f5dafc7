// The Azure plan and the Microsoft Azure offer (MS-AZR-0145P) exclude each other.
#include <nlohmann/json.hpp>

#include "cases/story.h"

namespace pcsim::contract {
namespace {

using nlohmann::json;
using enum OperationId;

class PlanAndLegacy : public Contract {};

/// The error of the only line of a new cart, or null.
json line_error(const Client& client, const std::string& customer, const std::string& item) {
  const json cart = client.ok(
      {.operation = CreateCart, .path = customer_path(customer), .body = cart_of(item).dump()});
  const json& line = cart.at("lineItems").at(0);
  const json error = line.contains("error") ? line.at("error").at("errorCode") : json{};
  const Ask checkout{
      .operation = CheckoutCart,
      .path = {{"customerId", customer}, {"cartId", cart.at("id").get<std::string>()}}};
  if (error.is_null()) {
    client.ok(checkout);
  } else {
    client.refused(checkout, ErrorCode::CartItemsInError);
  }
  return error;
}

std::string new_signed_customer(const Client& client) {
  const std::string customer = create_customer(client, "FR");
  accept_agreement(client, customer);
  return customer;
}

void order(const Client& client, const std::string& customer, const std::string& item) {
  client.ok(
      {.operation = CreateOrder, .path = customer_path(customer), .body = order_of(item).dump()});
}

void order_refused(const Client& client, const std::string& customer, const std::string& item) {
  client.refused(
      {.operation = CreateOrder, .path = customer_path(customer), .body = order_of(item).dump()},
      ErrorCode::CatalogItemNotEligible);
}

TEST_F(PlanAndLegacy, APlanRulesOutMicrosoftAzure) {
  const Client client = partner(universe);
  const std::string customer = new_signed_customer(client);
  order(client, customer, kAzurePlan);
  order_refused(client, customer, kMicrosoftAzure);
  EXPECT_EQ(line_error(client, customer, kMicrosoftAzure), 500600);
}

TEST_F(PlanAndLegacy, MicrosoftAzureRulesOutAPlan) {
  const Client client = partner(universe);
  const std::string customer = new_signed_customer(client);
  order(client, customer, kMicrosoftAzure);
  order_refused(client, customer, kAzurePlan);
  EXPECT_EQ(line_error(client, customer, kAzurePlan), 10001);
}

// Who buys the plan does not thereby write the customer's permission.
TEST_F(PlanAndLegacy, TheRolesOfThePageBuyThePlan) {
  for (const Who who : {Who::GlobalAdmin, Who::UserAdmin, Who::Sales}) {
    const std::string customer = create_customer(partner(universe), "FR");
    accept_agreement(partner(universe), customer);
    buy_plan(partner(universe, who), customer);
    const json permission{
        {"selfServeEntity", {{"selfServeEntityType", "customer"}, {"tenantID", customer}}},
        {"grantor", {{"grantorType", "billToPartner"}, {"tenantID", demo::kFabrikam}}},
        {"permissions", {{{"resource", "AzureReservedInstances"}, {"action", "Purchase"}}}}};
    partner(universe, who)
        .refused({.operation = CreateSelfServePolicy, .body = permission.dump()},
                 ErrorCode::RoleNotAllowed);
  }
}

TEST_F(PlanAndLegacy, EachAloneIsSold) {
  const Client client = partner(universe);
  for (const char* item : {kAzurePlan, kMicrosoftAzure}) {
    EXPECT_TRUE(line_error(client, new_signed_customer(client), item).is_null()) << item;
  }
}

TEST_F(PlanAndLegacy, NotInOneBasketEither) {
  const Client client = partner(universe);
  json body = order_of(kAzurePlan);
  body["lineItems"].push_back(order_of(kMicrosoftAzure).at("lineItems").at(0));
  body["lineItems"][1]["lineItemNumber"] = 1;
  client.refused({.operation = CreateOrder,
                  .path = customer_path(new_signed_customer(client)),
                  .body = body.dump()},
                 ErrorCode::CatalogItemNotEligible);
}

TEST_F(PlanAndLegacy, ReservationsFollowTheKindOfSubscription) {
  const Client client = partner(universe);
  const std::string under_plan = reservation_item(client).catalogue_item;
  const std::string under_legacy = reservation_item(client, true).catalogue_item;
  const auto attempt = [&](const std::string& item, const char* customer, const char* billing) {
    return Ask{.operation = CreateOrder,
               .path = customer_path(customer),
               .body = order_of(item, {billing}).dump()};
  };
  client.ok(attempt(under_plan, demo::kContoso, demo::kContosoPlan));
  client.ok(attempt(under_legacy, demo::kLegacy, demo::kLegacySubscription));
  client.refused(attempt(under_legacy, demo::kContoso, demo::kContosoPlan),
                 ErrorCode::CatalogItemNotEligible);
  client.refused(attempt(under_plan, demo::kLegacy, demo::kLegacySubscription),
                 ErrorCode::CatalogItemNotEligible);
}

}  // namespace
}  // namespace pcsim::contract
