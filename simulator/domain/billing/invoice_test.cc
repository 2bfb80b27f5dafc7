#include "domain/billing/invoice.h"

#include <gtest/gtest.h>

#include "domain/billing/calendar.h"

namespace pcsim {
namespace {

Decimal number(std::string_view text) { return Decimal::parse(text).value(); }

constexpr Instant kJanuary15 = 20'468 * kDay + 5 * kSecond;  // 2026-01-15T00:00:05Z

/// A partner in `country` with one order of three reservations and one piece of software.
struct Books {
  World world{};
  Partner partner{};
  Catalogue catalogue;

  explicit Books(const std::string& country, std::string plan = "Upfront")
      : catalogue({}, [] {
          PriceTables tables;
          tables.rows = {
              {"R", "1", "L", "P", "Size", "westus", "P1Y", number("100.01"), number("150")},
              {"S", "1", "A", "", "suse", "global", "P1Y", number("10"), number("15")}};
          tables.products["r"] = {"R",
                                  "R",
                                  "R",
                                  "Azure",
                                  "VirtualMachines",
                                  {"AzureReservations"},
                                  "VirtualMachines",
                                  "Reserved"};
          tables.products["s"] = {"S", "S", "S", "Software", "", {"Software"}, "SuseLinux", "SUSE"};
          tables.sizes["size"] = {"R", "4", "16"};
          tables.sizes["suse"] = {"S", "", ""};
          tables.taxes = {{"br", {number("0.1425"), true}}, {"fr", {number("0.2"), false}}};
          return PriceList(std::move(tables));
        }()) {
    partner.tenant_id = "t";
    partner.domain = "p.example";
    partner.country = country;
    world.partners.put("t", partner);
    Customer customer;
    customer.id = "c";
    customer.partner_key = "p.example";
    world.customers.put("c", customer);
    Order order;
    order.id = "o";
    order.customer_id = "c";
    order.billing_cycle = "one_time";
    order.currency_code = "USD";
    order.created = kJanuary15;
    OrderLine line;
    line.offer_id = "R:1:P";
    line.term_duration = "P1Y";
    line.quantity = 3;
    OrderLine software;
    software.number = 1;
    software.offer_id = "S:1:A";
    software.term_duration = "P1Y";
    order.lines = {line, software};
    world.orders.put("o", order);
    Reservation reservation;
    reservation.order_id = "ri";
    reservation.partner_order_id = "o";
    reservation.term = "P1Y";
    reservation.billing_plan = std::move(plan);
    world.reservations.put("r", reservation);
  }
  std::vector<Invoice> at(Instant now) const { return invoices_of(world, catalogue, partner, now); }
};

void expect_sums(const std::vector<Invoice>& invoices) {
  for (const Invoice& invoice : invoices) {
    Decimal sum;
    for (const InvoiceLine& line : invoice.lines) {
      EXPECT_EQ(line.total, line.subtotal + line.tax);
      sum += line.total;
    }
    EXPECT_EQ(invoice.total, sum);
  }
}

TEST(Invoices, ComeAfterTheMonth) {
  const Books books{"FR"};
  EXPECT_TRUE(books.at(kJanuary15 + 16 * kDay).empty());
  const auto invoices = books.at(kJanuary15 + 17 * kDay);
  ASSERT_EQ(invoices.size(), 1U);
  EXPECT_EQ(invoices[0].id.size(), 10U);
  EXPECT_EQ(invoices[0].period_start, month_start(kJanuary15));
  ASSERT_EQ(invoices[0].lines.size(), 2U);
  EXPECT_EQ(invoices[0].lines[0].reservation_order_id, "ri");
  EXPECT_EQ(invoices[0].lines[1].reservation_order_id, "");
  expect_sums(invoices);
  EXPECT_EQ(books.at(kJanuary15 + 90 * kDay).size(), 1U) << "what is charged once stays once";
}

TEST(Invoices, SoftwareIsItsOwnLine) {
  const auto lines = Books{"FR"}.at(kJanuary15 + 30 * kDay)[0].lines;
  EXPECT_EQ(lines[0].subtotal, number("300.03"));
  EXPECT_EQ(lines[1].subtotal, number("10"));
}

TEST(Invoices, TaxIsAddedInFranceAndContainedInBrazil) {
  const auto french = Books{"FR"}.at(kJanuary15 + 30 * kDay)[0].lines[0];
  EXPECT_EQ(french.unit_price, number("100.01"));
  EXPECT_EQ(french.tax, number("60.01"));
  const auto brazilian = Books{"BR"}.at(kJanuary15 + 30 * kDay)[0].lines[0];
  EXPECT_EQ(brazilian.unit_price, number("114.26"));
  EXPECT_EQ(brazilian.subtotal, french.subtotal);
  EXPECT_EQ(brazilian.total, brazilian.unit_price * 3);
}

TEST(Invoices, MonthlyPaymentsAddUpToTheReservation) {
  for (const char* country : {"FR", "BR"}) {
    const Books books{country, "Monthly"};
    const auto invoices = books.at(kJanuary15 + 800 * kDay);
    EXPECT_EQ(invoices.size(), 12U);
    expect_sums(invoices);
    Decimal total;
    for (const Invoice& invoice : invoices) {
      for (const InvoiceLine& line : invoice.lines) {
        total += line.reservation_order_id.empty() ? Decimal{} : line.total;
      }
    }
    EXPECT_EQ(total, Books{country}.at(kJanuary15 + 30 * kDay)[0].lines[0].total);
    EXPECT_FALSE(invoices.front().lines.back().first);
    EXPECT_TRUE(invoices.back().lines.front().first);
  }
}

TEST(Invoices, ACancellationGivesBackWhatWasCharged) {
  for (const char* plan : {"Upfront", "Monthly"}) {
    Books books{"BR", plan};
    Order& order = *books.world.orders.edit("o");
    order.lines[0].returned = order.lines[0].quantity;
    order.lines[0].quantity = 0;
    order.lines[0].cancelled = kJanuary15 + 40 * kDay;
    EXPECT_EQ(books.at(kJanuary15 + 30 * kDay).size(), 1U);
    const auto invoices = books.at(kJanuary15 + 800 * kDay);
    ASSERT_EQ(invoices.size(), 2U) << "nothing is charged after the cancellation";
    expect_sums(invoices);
    Decimal left;
    Decimal given_back;
    for (const Invoice& invoice : invoices) {
      for (const InvoiceLine& line : invoice.lines) {
        left += line.line->number == 0 ? line.total : Decimal{};
        given_back += line.credit ? line.total : Decimal{};
        EXPECT_EQ(line.quantity < 0, line.credit);
      }
    }
    EXPECT_EQ(left, Decimal{}) << plan;
    EXPECT_LT(given_back.nearest(), 0) << plan;
    EXPECT_LT(invoices[0].period_start, order.lines[0].cancelled);
    EXPECT_LT(*order.lines[0].cancelled, invoices[0].date) << "on the invoice of its month";
  }
}

TEST(Invoices, BalancesAreWhatIsNotPaidYet) {
  const Books books{"FR", "Monthly"};
  const Instant now = kJanuary15 + 60 * kDay;  // two invoices, the first due
  const auto invoices = books.at(now);
  ASSERT_EQ(invoices.size(), 2U);
  const auto accounts = balances_of(invoices, now);
  ASSERT_EQ(accounts.size(), 1U);
  EXPECT_EQ(accounts[0].balance, invoices[0].total);
  EXPECT_EQ(accounts[0].last_paid, &invoices[1]);
  EXPECT_EQ(accounts[0].first, &invoices[1]);
  EXPECT_EQ(accounts[0].latest, &invoices[0]);
}

TEST(Invoices, OfOtherPartnersAreNotShown) {
  Books books{"FR"};
  books.partner.domain = "other.example";
  EXPECT_TRUE(books.at(kJanuary15 + 60 * kDay).empty());
}

TEST(Calendar, MonthsKeepTheDayWhereItExists) {
  EXPECT_EQ(month_start(kJanuary15), 20'454 * kDay);
  EXPECT_EQ(months_later(20'483 * kDay + 7, 1), 20'512 * kDay + 7);  // 30 January, 28 February
  EXPECT_EQ(months_later(kJanuary15, 12), kJanuary15 + 365 * kDay);
  EXPECT_EQ(month_start(-kSecond), -31 * kDay);
}

}  // namespace
}  // namespace pcsim
