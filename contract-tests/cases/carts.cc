#include <nlohmann/json.hpp>
#include <vector>

#include "cases/story.h"

namespace pcsim::contract {
namespace {

using nlohmann::json;
using enum OperationId;

class Carts : public Contract {};

Path cart_path(const std::string& customer, const std::string& cart) {
  return {{"customerId", customer}, {"cartId", cart}};
}

std::string create_cart(const Client& client, const std::string& customer, const json& body) {
  return client.ok({.operation = CreateCart, .path = customer_path(customer), .body = body.dump()})
      .value("id", "");
}

TEST_F(Carts, FromCreationToCheckout) {
  const Client client = partner(universe);
  const std::string item = reservation_item(client).catalogue_item;
  const Billing billing{demo::kContosoPlan};
  const std::string cart = create_cart(client, demo::kContoso, cart_of(item, billing));
  const Path path = cart_path(demo::kContoso, cart);
  const json read = client.ok({.operation = GetCart, .path = path});
  EXPECT_EQ(read.at("status"), "Active");
  EXPECT_EQ(read.at("lineItems").at(0).at("currencyCode"), "EUR");
  const json updated =
      client.ok({.operation = UpdateCart, .path = path, .body = cart_of(item, billing, 2).dump()});
  EXPECT_EQ(updated.at("lineItems").at(0).at("quantity"), 2);
  const json orders = client.ok({.operation = CheckoutCart, .path = path, .body = "\"success\""});
  ASSERT_EQ(orders.at("orders").size(), 1U);
  EXPECT_EQ(orders.at("orders").at(0).at("lineItems").at(0).at("quantity"), 2);
  const json again = client.ok({.operation = CheckoutCart, .path = path});
  EXPECT_EQ(again.at("orders"), orders.at("orders")) << "a second checkout answers the first";
  EXPECT_EQ(client.ok({.operation = GetCart, .path = path}).at("status"), "Ordered");
  client.refused({.operation = UpdateCart, .path = path, .body = cart_of(item, billing).dump()},
                 ErrorCode::CartAlreadySubmitted);
}

TEST_F(Carts, LegacyAndModernLinesAreOrderedApart) {
  const Client client = partner(universe);
  const std::string item = reservation_item(client, true).catalogue_item;
  json body = cart_of(kMicrosoftAzure);
  body["lineItems"].push_back(
      cart_of(item, {demo::kLegacySubscription, "shared"}).at("lineItems").at(0));
  body["lineItems"][1]["id"] = 1;
  const std::string cart = create_cart(client, demo::kLegacy, body);
  const json orders =
      client.ok({.operation = CheckoutCart, .path = cart_path(demo::kLegacy, cart)});
  EXPECT_EQ(orders.at("orders").size(), 2U);
}

TEST_F(Carts, UnknownForeignOrExpired) {
  const Client client = partner(universe);
  const std::string cart = create_cart(client, demo::kContoso, cart_of(kAzurePlan));
  const std::string body = cart_of(kAzurePlan).dump();
  const auto all_refused = [&](const Client& caller, const Path& path) {
    caller.refused({.operation = GetCart, .path = path}, ErrorCode::CartNotFound);
    caller.refused({.operation = UpdateCart, .path = path, .body = body}, ErrorCode::CartNotFound);
    caller.refused({.operation = CheckoutCart, .path = path}, ErrorCode::CartNotFound);
  };
  all_refused(client, cart_path(demo::kContoso, demo::kNobody));
  all_refused(client, cart_path(demo::kLegacy, cart));
  universe.advance(7 * 86'400 + 1);
  all_refused(partner(universe), cart_path(demo::kContoso, cart));
}

TEST_F(Carts, CheckoutNeedsTheAgreement) {
  const Client client = partner(universe);
  const std::string cart = create_cart(client, demo::kNoAgreement, cart_of(kAzurePlan));
  const Ask checkout{.operation = CheckoutCart, .path = cart_path(demo::kNoAgreement, cart)};
  client.refused(checkout, ErrorCode::AgreementNotAccepted);
  accept_agreement(client, demo::kNoAgreement);
  client.ok(checkout);
}

TEST_F(Carts, ACartWithoutLinesIsNone) {
  const Client client = partner(universe);
  client.refused({.operation = CreateCart,
                  .path = customer_path(demo::kContoso),
                  .body = R"({"lineItems":[]})"},
                 ErrorCode::InvalidRequestInput);
  const std::string cart = create_cart(client, demo::kContoso, cart_of(kAzurePlan));
  client.refused({.operation = UpdateCart,
                  .path = cart_path(demo::kContoso, cart),
                  .body = R"({"lineItems":[]})"},
                 ErrorCode::InvalidRequestInput);
}

/// A line with one flaw, for a customer, and the error it carries.
struct FlawedLine {
  const char* customer;
  json cart;
  ErrorCode error;
};

json with(json cart, const char* member, const json& value) {
  cart["lineItems"][0][member] = value;
  return cart;
}

TEST_F(Carts, LinesCarryTheirErrors) {
  const Client client = partner(universe);
  const std::string item = reservation_item(client).catalogue_item;
  const std::string legacy_item = reservation_item(client, true).catalogue_item;
  const Billing plan{demo::kContosoPlan};
  const std::string unregistered = create_customer(client, "FR");
  accept_agreement(client, unregistered);
  const Billing unregistered_plan{buy_plan(client, unregistered)};
  const std::vector<FlawedLine> lines{
      {demo::kContoso, cart_of("DZH318Z0BPS6:0001:NOTHING"), ErrorCode::CartCatalogItemIdInvalid},
      {demo::kContoso, cart_of("nothing"), ErrorCode::CartCatalogItemIdInvalid},
      {demo::kContoso, cart_of(legacy_item, plan), ErrorCode::CartCatalogItemIdInvalid},
      {demo::kAbroad, cart_of(item, {demo::kAbroadPlan}), ErrorCode::CartCatalogItemIdInvalid},
      {demo::kLegacy, cart_of(kAzurePlan), ErrorCode::CartCatalogItemIdInvalid},
      {demo::kContoso, cart_of(kMicrosoftAzure), ErrorCode::CartLegacyOfferNotEligible},
      {demo::kContoso, cart_of(item, plan, 0), ErrorCode::CartInvalidInput},
      {demo::kContoso, with(cart_of(item, plan), "billingCycle", "annual"),
       ErrorCode::CartBillingPlanNotSupported},
      {demo::kContoso, cart_of(item, {demo::kContosoPlan, "single"}), ErrorCode::CartInvalidInput},
      {demo::kContoso, with(cart_of(item, plan), "currencyCode", "USD"),
       ErrorCode::CartCurrencyNotSupported},
      {demo::kContoso,
       with(cart_of(item, plan), "participants",
            {{{"key", "transaction_reseller"}, {"value", "1000003"}}}),
       ErrorCode::CartParticipantsNotSupported},
      {demo::kContoso, cart_of(item), ErrorCode::CartSubscriptionNotEnabledForReservations},
      {demo::kContoso, cart_of(item, {demo::kNobody}),
       ErrorCode::CartSubscriptionNotEnabledForReservations},
      {unregistered.c_str(), cart_of(item, unregistered_plan),
       ErrorCode::CartSubscriptionNotRegistered},
      {demo::kContoso, cart_of(kRestrictedItem, plan), ErrorCode::CartInventoryNotAvailable},
      {demo::kLegacy, cart_of(kManyCoresItem, {demo::kLegacySubscription, "single"}),
       ErrorCode::CartQuotaNotAvailable},
  };
  for (const FlawedLine& line : lines) {
    const Path customer = customer_path(line.customer);
    const json made =
        client.ok({.operation = CreateCart, .path = customer, .body = line.cart.dump()});
    const Path path = cart_path(line.customer, made.at("id").get<std::string>());
    const json updated =
        client.ok({.operation = UpdateCart, .path = path, .body = line.cart.dump()});
    for (const json& cart : {made, updated}) {
      const json& first = cart.at("lineItems").at(0);
      ASSERT_TRUE(first.contains("error")) << line.cart.dump();
      EXPECT_EQ(first.at("error").at("errorCode").dump(), error_row(line.error).code)
          << line.cart.dump();
    }
    client.refused({.operation = CheckoutCart, .path = path}, ErrorCode::CartItemsInError);
  }
}

}  // namespace
}  // namespace pcsim::contract
