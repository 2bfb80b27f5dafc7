#include "domain/reservations/refund.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "domain/calendar.h"
#include "domain/reservations/reservation_entities.h"
#include "domain/reservations/state.h"

namespace pcsim {
namespace {

const Instant kStart = *parse_date("2026-02-01");

Decimal cents(std::int64_t count) { return Decimal::of(count, 2); }

/// A reservation as it was bought at kStart.
Reservation bought(std::int64_t held, Decimal unit, const char* plan) {
  Reservation row;
  row.quantity = held;
  row.term = "P1Y";
  row.billing_plan = plan;
  row.created = kStart;
  row.succeeds = kStart;
  row.unit_billing = unit;
  return row;
}

RefundFigures figures_of(const Reservation& row, std::int64_t returned, Instant now) {
  return refund_figures(commitment_of(row, row.unit_billing, 2, now), returned);
}

TEST(RefundFigures, OneOfThreeMonthlyUnitsOnTheFirstDay) {
  const RefundFigures out = figures_of(bought(3, cents(2196), "Monthly"), 1, kStart);
  EXPECT_EQ(out.paid, cents(549));
  EXPECT_EQ(out.prorated, cents(366));
  EXPECT_EQ(out.refund, cents(183));
  EXPECT_EQ(out.remaining, cents(2013));
}

TEST(RefundFigures, AnUpfrontUnitTenDaysBeforeItsEnd) {
  const RefundFigures out = figures_of(bought(1, cents(1548), "Upfront"), 1, kStart + 355 * kDay);
  EXPECT_EQ(out.paid, cents(1548));
  EXPECT_EQ(out.prorated, cents(1506));
  EXPECT_EQ(out.refund, cents(42));
  EXPECT_EQ(out.remaining, Decimal{});
}

TEST(RefundFigures, AnExchangeOfTwoMonthlyReservationsForOne) {
  const RefundFigures first = figures_of(bought(1, cents(18000), "Monthly"), 1, kStart);
  const RefundFigures second = figures_of(bought(1, cents(4500), "Monthly"), 1, kStart);
  EXPECT_EQ(first.refund, cents(1500));
  EXPECT_EQ(first.remaining, cents(16500));
  EXPECT_EQ(second.refund, cents(375));
  EXPECT_EQ(second.remaining, cents(4125));
  const ExchangeTotals totals = exchange_totals({first, second}, {cents(59700)});
  EXPECT_EQ(totals.refunds, cents(22500));
  EXPECT_EQ(totals.purchases, cents(59700));
  EXPECT_EQ(totals.net, cents(37200));
  EXPECT_TRUE(totals.covered());
  EXPECT_FALSE(exchange_totals({first, second}, {cents(22499)}).covered());
}

TEST(RefundFigures, ThreeYearsAtAHundredAMonthInTheTwelfth) {
  Reservation row = bought(1, Decimal::of(3600), "Monthly");
  row.term = "P3Y";
  const RefundFigures out = figures_of(row, 1, add_months(kStart, 11));
  EXPECT_EQ(out.paid, Decimal::of(1200));
  EXPECT_EQ(out.remaining, Decimal::of(2400));
  Switches switches;
  EXPECT_EQ(limit_use(out, switches), out.refund + Decimal::of(2400));
  ASSERT_TRUE(switches.choose("refund-limit", "cash"));
  EXPECT_EQ(limit_use(out, switches), out.refund);
}

TEST(RefundFigures, AFeeIsAPartOfWhatIsNotUsed) {
  const RefundFigures out = figures_of(bought(1, cents(36500), "Upfront"), 1, kStart + 65 * kDay);
  Switches switches;
  EXPECT_EQ(refund_fee(out, 2, switches), Decimal{});
  ASSERT_TRUE(switches.choose("refund-fee", "12-percent"));
  EXPECT_EQ(refund_fee(out, 2, switches), Decimal::of(36));
}

/// Whatever is held, was paid and is returned: the identities of the figures.
TEST(RefundFigures, HoldForAnyHistory) {
  std::mt19937_64 random{20260201};
  const auto any = [&](std::int64_t least, std::int64_t most) {
    return std::uniform_int_distribution<std::int64_t>{least, most}(random);
  };
  for (int round = 0; round < 20'000; ++round) {
    const int places = any(0, 3) == 0 ? 0 : 2;
    Reservation row = bought(any(1, 200), Decimal::of(any(1, 500'000), places),
                             any(0, 1) == 0 ? "Monthly" : "Upfront");
    row.term = any(0, 1) == 0 ? "P1Y" : "P3Y";
    row.created += any(0, 400) * kDay;
    row.succeeds = row.created + any(0, 3) * kSecond;
    const Instant now = row.succeeds + any(0, 1'100 * 24) * 3600 * kSecond;
    const Commitment all = commitment_of(row, row.unit_billing, places, now);
    const std::int64_t returned = any(1, row.quantity);
    const RefundFigures out = refund_figures(all, returned);
    SCOPED_TRACE(row.billing_plan + " " + row.term + " " + std::to_string(row.quantity) + " of " +
                 row.unit_billing.text(2) + ", " + std::to_string(returned) + " returned on day " +
                 std::to_string(all.elapsed_days));
    ASSERT_EQ(out.paid - out.prorated, out.refund);
    ASSERT_GE(out.refund, Decimal{});
    ASSERT_GE(out.remaining, Decimal{});
    ASSERT_LE(out.unused(), all.unit * returned);
    // What is kept has paid what it would have paid alone.
    Commitment kept = all;
    kept.held -= returned;
    const RefundFigures whole = refund_figures(all, all.held);
    const RefundFigures rest = refund_figures(kept, 0);
    ASSERT_LE(rest.paid, out.prorated);
    ASSERT_EQ(whole.paid + whole.remaining, all.unit * all.held);
    // A day later nothing more is given back.
    Commitment later = all;
    later.elapsed_days = std::min(later.elapsed_days + 1, later.term_days);
    ASSERT_LE(refund_figures(later, returned).refund, out.refund);
    if (all.instalments == 1) {
      ASSERT_EQ(out.remaining, Decimal{});
    }
    // Returning in two steps on one day gives what one step gives, to the rounding of each step
    // and, where the days used reach what was paid, of each payment.
    if (returned < row.quantity) {
      const Decimal twice = out.refund + refund_figures(kept, kept.held).refund;
      const Decimal gap = twice - whole.refund;
      ASSERT_LE(gap, Decimal::of(2 + all.paid, places));
      ASSERT_GE(gap, Decimal{} - Decimal::of(2 + all.paid, places));
    }
  }
}

}  // namespace
}  // namespace pcsim
