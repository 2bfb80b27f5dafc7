#include "domain/commerce/line_prices.h"

#include <gtest/gtest.h>

namespace pcsim {
namespace {

Decimal number(std::string_view text) { return Decimal::parse(text).value(); }

PriceList two_rows() {
  PriceTables tables;
  tables.rows = {{"R", "0001", "L", "P", "Size", "westus", "P1Y", number("100"), number("150")},
                 {"W", "0001", "", "", "", "", "", number("40"), std::nullopt}};
  tables.products["r"] = {"R",
                          "R",
                          "R",
                          "Azure",
                          "VirtualMachines",
                          {"AzureReservations"},
                          "VirtualMachines",
                          "Reserved VM Instance"};
  tables.sizes["size"] = {"R", "4", "16"};
  tables.regions["westus"] = "US West";
  tables.currencies = {{"eur", {number("0.92"), 2}}, {"jpy", {number("150"), 0}}};
  tables.taxes = {{"br", {number("0.1425"), true}}, {"fr", {number("0.2"), false}}};
  return PriceList(std::move(tables));
}

/// One customer and its order, whose billing partner is in `country`.
struct Shop {
  World world{};
  Catalogue catalogue;
  Order order{};

  explicit Shop(const std::string& country)
      : catalogue(
            [] {
              Product software{"W", "W", "W", "Software", "", {"Software"}, {}};
              software.skus.push_back(Sku{});
              software.skus[0].id = "0001";
              software.skus[0].availabilities = {{"A", "W:0001:A", "commercial"}};
              return std::vector<Product>{software};
            }(),
            two_rows()) {
    Partner partner;
    partner.tenant_id = "t";
    partner.domain = "partner.example";
    partner.country = country;
    world.partners.put("t", partner);
    Customer customer;
    customer.id = "c";
    customer.partner_key = "partner.example";
    customer.market = "US";
    world.customers.put("c", customer);
    order.customer_id = "c";
    order.currency_code = "EUR";
    OrderLine reservation;
    reservation.offer_id = "R:0001:P";
    reservation.quantity = 3;
    OrderLine software;
    software.offer_id = "W:0001:A";
    order.lines = {reservation, software};
  }
  std::vector<Decimal> prices() const { return unit_prices(world, catalogue, order); }
};

TEST(LinePrices, TaxIsExcludedForAPartnerInFrance) {
  EXPECT_EQ(Shop{"FR"}.prices(), (std::vector{number("92"), number("36.8")}));
}

TEST(LinePrices, TaxIsIncludedForAPartnerInBrazilWithTheSameCustomer) {
  // 92 and 14.25 % of it; 36.80 and 5.244, rounded.
  EXPECT_EQ(Shop{"BR"}.prices(), (std::vector{number("105.11"), number("42.04")}));
}

TEST(LinePrices, SoftwareIsInNoReservationsPrice) {
  Shop shop{"FR"};
  const Decimal together = shop.prices().front();
  shop.order.lines.pop_back();
  EXPECT_EQ(shop.prices(), std::vector{together});
}

TEST(LinePrices, ACurrencyHasItsOwnPlaces) {
  Shop shop{"FR"};
  shop.order.currency_code = "JPY";
  EXPECT_EQ(shop.prices().front().text(0), "15000");
  shop.order.currency_code = "XXX";
  EXPECT_EQ(shop.prices().front(), number("100"));
}

TEST(LinePrices, WhatIsOnNoListCostsNothing) {
  Shop shop{"FR"};
  shop.order.lines[0].offer_id = "R:9999:P";
  EXPECT_EQ(shop.prices().front(), Decimal{});
  EXPECT_EQ(shop.catalogue.prices().tax("US").rate, Decimal{});
}

}  // namespace
}  // namespace pcsim
