#include "domain/support/tickets.h"

#include <gtest/gtest.h>

#include <tuple>
#include <utility>

#include "domain/support/resolution.h"

namespace pcsim {
namespace {

const std::string kOrder = "0d3e0000-0000-4000-8000-000000000101";
const std::string kReservation = "4e5e0000-0000-4000-8000-000000000201";

PriceList some_prices() {
  PriceTables tables;
  tables.products["vm"] = {
      "VM", "Virtual Machines BS Series", "", "Azure", "VirtualMachines", {}, "VirtualMachines",
      ""};
  tables.regions["westus"] = "US West";
  tables.sizes["standard_b1s"] = {"VM", "1", "1"};
  tables.sizes["standard_b2s"] = {"VM", "2", "4"};
  for (const auto& [size, term, price] :
       {std::tuple{"Standard_B1s", "P1Y", 63}, std::tuple{"Standard_B2s", "P3Y", 490}}) {
    PriceRow row;
    row.product = "VM";
    row.size = size;
    row.region = "westus";
    row.term = term;
    row.price = Decimal::of(price);
    tables.rows.push_back(row);
  }
  return PriceList{std::move(tables)};
}

struct Tickets : testing::Test {
  Catalogue catalogue{{}, some_prices()};
  MarketTable markets{std::vector<Market>{}};
  Shop shop{catalogue, markets};
  World world{};
  IdSource ids{1};
  Env env{kDay, ids, 60 * kSecond};
  SupportTopic about_return{"t", "Return", "Retour", TicketPurpose::Return};
  SupportTopic about_quota{"q", "Quota", "Quota", TicketPurpose::Quota};

  Tickets() {
    Reservation row;
    row.order_id = kOrder;
    row.reservation_id = kReservation;
    row.customer_id = "contoso";
    row.quantity = 3;
    row.billing_subscription_id = "sub";
    row.scope_type = "Shared";
    row.term = "P1Y";
    row.sku_name = "Standard_B1s";
    row.location = "westus";
    row.created = row.succeeds = kDay;
    row.unit_usd = row.unit_billing = Decimal::of(63);
    row.currency = "USD";
    Customer customer;
    customer.id = "contoso";
    world.customers.put("contoso", customer);
    world.reservations.put(kReservation, row);
    world.azure_subscriptions.put("sub", {"sub", "contoso", "plan", "", true});
  }

  SupportTicket ticket(const std::string& name, const std::string& description = {}) {
    SupportTicket out;
    out.name = name;
    out.customer_id = "contoso";
    out.subscription_id = "sub";
    out.ticket_id = "240102";
    out.description = description;
    return out;
  }
  std::string open(const std::string& name, const SupportTopic& topic,
                   const std::string& description = {}) {
    EXPECT_TRUE(open_ticket(world, env, ticket(name, description), topic));
    return ticket_key("contoso", "sub", name);
  }
};

TEST(SupportNames, AreNeitherNumbersNorTemporary) {
  for (const char* good : {"a", "1a", "refund of May"}) {
    EXPECT_TRUE(valid_support_name(good)) << good;
  }
  for (const char* bad : {"", "123", "tmp-a", "TMP-a", "a/b", "a%b", "a\tb"}) {
    EXPECT_FALSE(valid_support_name(bad)) << bad;
  }
  EXPECT_FALSE(valid_support_name(std::string(256, 'a')));
}

TEST_F(Tickets, HaveSixteenDigitsAndShowAfterTheDelay) {
  const auto opened = open_ticket(world, env, ticket("a"), about_quota);
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->ticket_id.size(), 16U);
  EXPECT_EQ(opened->succeeds, env.now + env.delay);
  EXPECT_EQ(open_ticket(world, env, ticket("A"), about_quota).error().code,
            ErrorCode::ArmSupportNameTaken);
}

TEST_F(Tickets, AskForTheIdsThatAreMissing) {
  const auto messages = [&](const std::string& key) {
    return world.support_tickets.find(key)->communications.size();
  };
  EXPECT_EQ(messages(open("none", about_return)), 1U);
  EXPECT_EQ(messages(open("order", about_return, kOrder)), 1U);
  EXPECT_EQ(messages(open("both", about_return, kOrder + "/" + kReservation)), 0U);
  EXPECT_EQ(messages(open("quota", about_quota)), 0U);
}

TEST_F(Tickets, AMessageBringsTheIds) {
  const std::string key = open("a", about_return, kOrder);
  EXPECT_FALSE(resolve_ticket(world, env, shop, key, about_return, {}).empty());
  SupportCommunication message{"m", "ids", kOrder + " " + kReservation, "alice"};
  ASSERT_TRUE(add_communication(world, env, key, message));
  EXPECT_EQ(add_communication(world, env, key, message).error().code,
            ErrorCode::ArmSupportNameTaken);
  Resolution one;
  one.quantity = 1;
  EXPECT_EQ(resolve_ticket(world, env, shop, key, about_return, one), "");
  EXPECT_EQ(world.reservations.find(kReservation)->quantity, 2);
  EXPECT_FALSE(resolve_ticket(world, env, shop, key, about_return, one).empty());
  message.name = "n";
  EXPECT_EQ(add_communication(world, env, key, message).error().code,
            ErrorCode::ArmSupportTicketClosed);
}

TEST_F(Tickets, AnExchangeLeavesAnother) {
  const std::string key = open("a", about_return, kOrder + " " + kReservation);
  Resolution resolution;
  resolution.exchange = ExchangeTerms{"Standard_B2s", "", "P3Y"};
  EXPECT_EQ(resolve_ticket(world, env, shop, key, about_return, resolution), "");
  EXPECT_EQ(world.reservations.find(kReservation)->end, ReservationEnd::Exchanged);
  EXPECT_EQ(world.reservations.size(), 2U);
  for (const auto& [id, row] : world.reservations) {
    if (id != kReservation) {
      EXPECT_EQ(row.exchange_source, kReservation);
      EXPECT_EQ(row.sku_name, "Standard_B2s");
      EXPECT_EQ(row.quantity, 3);
    }
  }
}

TEST_F(Tickets, AQuotaIsRaisedOnly) {
  const std::string key = open("a", about_quota);
  Resolution resolution;
  EXPECT_FALSE(resolve_ticket(world, env, shop, key, about_quota, resolution).empty());
  resolution.cores = 10;
  EXPECT_FALSE(resolve_ticket(world, env, shop, key, about_quota, resolution).empty());
  resolution.cores = 64;
  EXPECT_EQ(resolve_ticket(world, env, shop, key, about_quota, resolution), "");
  EXPECT_EQ(world.azure_subscriptions.find("sub")->cores, 64);
}

TEST_F(Tickets, StatusFollowsTheClock) {
  SupportTicket one = ticket("a");
  one.created = one.modified = kDay;
  EXPECT_EQ(ticket_status(one, kDay, kSecond), "Open");
  one.modified = 2 * kDay;
  one.outcome = TicketOutcome::Closed;
  EXPECT_EQ(ticket_status(one, 2 * kDay, kSecond), "Updating");
  EXPECT_EQ(ticket_status(one, 2 * kDay + kSecond, kSecond), "Closed");
}

}  // namespace
}  // namespace pcsim
