// Reservations are not sold in the markets of the French purchase page, and are in all others.
#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <vector>

#include "cases/story.h"

namespace pcsim::contract {
namespace {

using nlohmann::json;
using enum OperationId;

struct Row {
  const char *name, *code;
};

/// Typed from the French table, name by name; not read from the simulator's data.
constexpr Row kUnavailable[] = {
#include "market_names_fr.inc"
};

/// ISO 3166-1 alpha-2.
constexpr const char* kCountries[] = {
#include "cases/iso_3166.inc"
};

std::set<std::string> unavailable_codes() {
  std::set<std::string> out;
  for (const Row& row : kUnavailable) {
    out.insert(row.code);
  }
  return out;
}

class Markets : public Contract {
 protected:
  json products(const Client& client, const std::string& country) {
    return client.ok({.operation = ListProducts,
                      .query = "country=" + country +
                               "&targetView=AzureReservationsVM&reservationScope=AzurePlan"});
  }
};

TEST_F(Markets, TheTableHas117NamesFor114Codes) {
  std::map<std::string, int> names;
  for (const Row& row : kUnavailable) {
    ++names[row.code];
  }
  EXPECT_EQ(std::size(kUnavailable), 117U);
  EXPECT_EQ(names.size(), 114U);
  for (const auto& [code, count] : names) {
    EXPECT_EQ(count, code == "BQ" ? 3 : code == "SJ" ? 2 : 1) << code;
    // Kosovo goes by a code of its own, which ISO leaves to its users.
    EXPECT_TRUE(code == "XK" || std::find(std::begin(kCountries), std::end(kCountries), code) !=
                                    std::end(kCountries))
        << code;
  }
  EXPECT_EQ(std::size(kCountries), 249U);
}

TEST_F(Markets, NothingIsSoldInTheTablesMarkets) {
  const Client client = partner(universe);
  const std::string item = reservation_item(client).catalogue_item;
  for (const std::string& code : unavailable_codes()) {
    SCOPED_TRACE(code);
    EXPECT_EQ(products(client, code).at("totalCount"), 0);
    const ReadyCustomer customer = ready_customer(client, code);
    const Path path = customer_path(customer.id);
    client.refused(
        {.operation = CreateOrder, .path = path, .body = order_of(item, {customer.plan}).dump()},
        ErrorCode::OfferNotAvailableInCountry);
    const json cart = client.ok(
        {.operation = CreateCart, .path = path, .body = cart_of(item, {customer.plan}).dump()});
    EXPECT_EQ(cart.at("lineItems").at(0).at("error").at("errorCode"), 10001);
    client.refused(
        {.operation = CheckoutCart,
         .path = {{"customerId", customer.id}, {"cartId", cart.at("id").get<std::string>()}}},
        ErrorCode::CartItemsInError);
    const json azure_subscriptions =
        client.ok({.operation = ListAzureEntitlements,
                   .path = subscription_path(customer.id, customer.plan)});
    const Client agent{universe, universe.delegated_token(customer.id, kArmResource)};
    agent.refused(
        {.operation = ArmPurchaseReservation,
         .path = {{"orderId", new_guid()}},
         .query = kApiVersion,
         .body =
             purchase_of(azure_subscriptions.at("items").at(0).at("id").get<std::string>()).dump()},
        ErrorCode::ArmNotSupportedCountry);
  }
}

TEST_F(Markets, EveryOtherCountryBuys) {
  const Client client = partner(universe);
  const std::string item = reservation_item(client).catalogue_item;
  const auto closed = unavailable_codes();
  int bought = 0;
  for (const char* code : kCountries) {
    if (closed.contains(code)) {
      continue;
    }
    SCOPED_TRACE(code);
    EXPECT_GT(products(client, code).at("totalCount"), 0);
    const ReadyCustomer customer = ready_customer(client, code);
    const json order = client.ok({.operation = CreateOrder,
                                  .path = customer_path(customer.id),
                                  .body = order_of(item, {customer.plan}).dump()});
    EXPECT_EQ(order.at("lineItems").at(0).at("offerId"), item);
    ++bought;
  }
  EXPECT_EQ(bought, 136);
}

}  // namespace
}  // namespace pcsim::contract
