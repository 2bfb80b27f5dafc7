#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "codec/partner_center/cart.h"
#include "codec/partner_center/entitlement.h"
#include "codec/partner_center/line_parts.h"
#include "codec/partner_center/order.h"
#include "codec/partner_center/subscription.h"
#include "codec/reference_data.h"

namespace pcsim {
namespace {

using nlohmann::json;

json shown_cart(const Cart& cart) {
  return json::parse(json_text([&](JsonPlace place) { write_cart(place, cart, Locale::English); }));
}

json shown_order(const Order& order, Instant now, const std::vector<Decimal>& prices = {}) {
  return json::parse(json_text([&](JsonPlace place) {
    write_order(place, order, built_in_reference().catalogue, now, prices);
  }));
}

json shown_subscription(const Subscription& subscription) {
  return json::parse(json_text([&](JsonPlace place) {
    write_subscription(place, subscription, built_in_reference().catalogue, "FR", 0);
  }));
}

TEST(CartBodies, AreReadInTheirSeveralForms) {
  const CartDraft draft = read_cart(json::parse(R"({
      "partneronrecordattestationaccepted": true,
      "lineitems": [
        {"id": "4", "catalogid": "A:1:B", "quantity": "2", "billingcycle": "OneTime",
         "renewsto": [{"termduration": "P1Y"}],
         "participants": [{"key": "TransactionReseller", "value": "3"}, {"key": 3, "value": "5"}]},
        {"catalogitemid": "E1", "quantity": 1, "billingcycle": 1,
         "renewsto": {"termduration": "P1M"},
         "addonitems": [{"catalogitemid": "AC", "quantity": 1, "billingcycle": "monthly",
                         "provisioningcontext": {"parentsubscriptionid": "s"}}]}]})"));
  EXPECT_EQ(draft.partner_attested, std::optional{true});
  ASSERT_EQ(draft.lines.size(), 2U);
  const CartLine& first = draft.lines[0];
  EXPECT_EQ(first.id, 4);
  EXPECT_EQ(first.catalog_item_id, "A:1:B");
  EXPECT_EQ(first.quantity, 2);
  EXPECT_EQ(first.billing_cycle, "one_time");
  EXPECT_EQ(first.renews_to, "P1Y");
  ASSERT_EQ(first.participants.size(), 2U);
  EXPECT_EQ(first.participants[0].key, "transaction_reseller");
  EXPECT_EQ(first.participants[1].key, "additional_transaction_reseller");
  const CartLine& second = draft.lines[1];
  EXPECT_EQ(second.id, 5) << "ids are counted on";
  EXPECT_EQ(second.billing_cycle, "monthly");
  EXPECT_EQ(second.renews_to, "P1M");
  ASSERT_EQ(second.addons.size(), 1U);
  EXPECT_EQ(second.addons[0].id, 6);
  EXPECT_EQ(second.addons[0].provisioning.parent_subscription_id, "s");
  EXPECT_FALSE(read_cart(json::parse(R"({"lineitems": 1})")).partner_attested);
}

TEST(CartBodies, RenewalIsShownAsAnObject) {
  Cart cart;
  cart.lines.resize(1);
  cart.lines[0].renews_to = "P1Y";
  cart.lines[0].addons.resize(1);
  const auto shown = shown_cart(cart).at("lineItems").at(0);
  EXPECT_EQ(shown.at("renewsTo").at("termDuration"), "P1Y");
  EXPECT_EQ(shown.at("addonItems").size(), 1U);
  EXPECT_FALSE(shown.contains("participants"));
}

TEST(OrderBodies, CarryNumbersAndThePartnerOnRecord) {
  const OrderDraft draft = read_order(json::parse(R"({"billingcycle": "Annual", "lineitems": [
      {"lineitemnumber": 1, "offerid": "x", "quantity": 1, "partneridonrecord": "3"},
      {"offerid": "y", "quantity": 1, "parentsubscriptionid": "s"}]})"));
  ASSERT_EQ(draft.lines.size(), 2U);
  EXPECT_EQ(draft.lines[0].number, 1);
  EXPECT_EQ(draft.lines[0].purchase.partner_on_record, "3");
  EXPECT_EQ(draft.lines[0].purchase.billing_cycle, "annual");
  EXPECT_EQ(draft.lines[1].number, 1) << "the place when none is given";
  EXPECT_EQ(draft.lines[1].purchase.provisioning.parent_subscription_id, "s");
}

TEST(OrderJson, LegacyOrdersAreUpperCaseWithAnEtag) {
  Order order;
  order.id = order.alternate_id = "0a000000-0000-4000-8000-00000000000f";
  order.lines.push_back(OrderLine{});
  order.lines[0].offer_id = "MS-AZR-0145P";
  order.lines[0].subscription_id = "0b000000-0000-4000-8000-00000000000f";
  const auto shown = shown_order(order, 0);
  EXPECT_EQ(shown.at("id"), "0A000000-0000-4000-8000-00000000000F");
  EXPECT_EQ(shown.at("lineItems").at(0).at("subscriptionId"),
            "0B000000-0000-4000-8000-00000000000F");
  EXPECT_EQ(shown.at("creationDate"), "1970-01-01T00:00:00+00:00");
  EXPECT_EQ(shown.at("attributes").at("etag"), version_etag(order.id, 1));
  EXPECT_FALSE(shown.at("links").contains("provisioningStatus"));
  // {"id":"a","version":1} in base64
  EXPECT_EQ(version_etag("A", 1), "eyJpZCI6ImEiLCJ2ZXJzaW9uIjoxfQ==");
}

TEST(OrderJson, ModernOrdersShowPricesAndTheSubscriptionOnceDone) {
  Order order;
  order.id = order.alternate_id = "0123456789ab";
  order.country = "FR";
  order.completes = 10;
  order.lines.push_back(OrderLine{});
  order.lines[0].offer_id = kAzurePlanItem;
  order.lines[0].subscription_id = "s";
  order.lines[0].quantity = 3;
  const auto pending = shown_order(order, 9);
  EXPECT_EQ(pending.at("status"), "pending");
  EXPECT_FALSE(pending.at("lineItems").at(0).contains("subscriptionId"));
  EXPECT_FALSE(pending.contains("totalPrice"));
  EXPECT_FALSE(pending.at("attributes").contains("etag"));
  const auto done = shown_order(order, 10, {Decimal::of(1050, 2)});
  const auto& line = done.at("lineItems").at(0);
  EXPECT_EQ(line.at("subscriptionId"), "s");
  EXPECT_EQ(line.at("links").size(), 4U);
  EXPECT_EQ(line.at("pricing").at("price"), 10.5);
  EXPECT_EQ(line.at("pricing").at("extendedPrice"), 31.5);
  EXPECT_EQ(done.at("totalPrice"), 31.5);
}

TEST(SubscriptionJson, IsUsageOrLicences) {
  Subscription seats;
  seats.id = "0b000000-0000-4000-8000-00000000000f";
  seats.offer_id = "DZH318Z0BXWC:0002:DZH318Z0BMRV";
  seats.billing_cycle = "monthly";
  auto shown = shown_subscription(seats);
  EXPECT_EQ(shown.at("id"), seats.id);
  EXPECT_EQ(shown.at("billingType"), "license");
  EXPECT_EQ(shown.at("isMicrosoftProduct"), false);
  EXPECT_FALSE(shown.at("attributes").contains("etag"));
  seats.offer_id = "91FD106F-4B2C-4938-95AC-F54F74E9A239";
  shown = shown_subscription(seats);
  EXPECT_EQ(shown.at("id"), "0B000000-0000-4000-8000-00000000000F");
  EXPECT_EQ(shown.at("hasPurchasableAddons"), true);
  EXPECT_TRUE(shown.at("attributes").contains("etag"));
  EXPECT_FALSE(shown.contains("entitlementId"));
}

TEST(EntitlementJson, NamesItsOrderAndQuantities) {
  Reservation reservation;
  reservation.partner_order_id = "long";
  reservation.quantity = 2;
  Order order;
  order.alternate_id = "short";
  const auto shown =
      json::parse(entitlement_json(reservation, &order, "virtualmachines", false, false).dump());
  EXPECT_EQ(shown.at("referenceOrder").at("id"), "long");
  EXPECT_EQ(shown.at("referenceOrder").at("alternateId"), "short");
  EXPECT_EQ(shown.at("quantityDetails").at(0).at("quantity"), 2);
  EXPECT_TRUE(json::parse(artifact_json(reservation, false, "x", 0).dump()).contains("x"));
}

TEST(MarketTableFile, HoldsFourLists) {
  const Market* brazil = built_in_reference().markets.find("br");
  ASSERT_NE(brazil, nullptr);
  Switches switches;
  EXPECT_FALSE(sells_reservations(*brazil, switches));
  EXPECT_TRUE(switches.choose("reservation-markets", "user-docs-2023"));
  EXPECT_TRUE(sells_reservations(*brazil, switches));
  const auto closed = [&] {
    return std::count_if(
        built_in_reference().markets.rows().begin(), built_in_reference().markets.rows().end(),
        [&](const Market& market) { return !sells_reservations(market, switches); });
  };
  const auto in_2023 = closed();
  EXPECT_TRUE(switches.choose("reservation-markets", "purchase-page-2019"));
  EXPECT_EQ(closed(), 114);
  EXPECT_LT(in_2023, 114);
}

}  // namespace
}  // namespace pcsim
