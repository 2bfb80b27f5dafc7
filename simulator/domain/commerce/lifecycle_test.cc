#include "domain/commerce/lifecycle.h"

#include <gtest/gtest.h>

#include "domain/calendar.h"
#include "domain/commerce/commerce_testing.h"

namespace pcsim::testing_shop {
namespace {

Subscription seats() {
  Subscription out;
  out.id = "s";
  out.customer_id = "c1";
  out.offer_id = kSeats;
  out.term_duration = "P1Y";
  out.billing_cycle = "annual";
  return out;
}

constexpr Instant kYear = 365 * kDay;

TEST(Lifecycle, SeatsRenewUntilTheyAreToldNotTo) {
  Subscription row = seats();
  EXPECT_EQ(as_of(row, 3 * kYear + kDay).status, SubscriptionStatus::Active);
  EXPECT_EQ(term_start(as_of(row, kYear)), kYear);
  row.renewal_off = kYear + kDay;
  EXPECT_EQ(as_of(row, 2 * kYear - kDay).status, SubscriptionStatus::Active);
  EXPECT_EQ(as_of(row, 2 * kYear).status, SubscriptionStatus::Expired);
  EXPECT_EQ(as_of(row, 2 * kYear + 30 * kDay).status, SubscriptionStatus::Disabled);
  EXPECT_EQ(as_of(row, 2 * kYear + 120 * kDay).status, SubscriptionStatus::Deleted);
}

TEST(Lifecycle, SuspendedOnesEndWithTheirTerm) {
  Subscription row = seats();
  row.suspended = kDay;
  EXPECT_EQ(as_of(row, 2 * kDay).status, SubscriptionStatus::Suspended);
  EXPECT_EQ(as_of(row, kYear).status, SubscriptionStatus::Disabled);
  EXPECT_EQ(as_of(row, kYear + 119 * kDay).status, SubscriptionStatus::Disabled);
  EXPECT_EQ(as_of(row, kYear + 120 * kDay).status, SubscriptionStatus::Deleted);
  row.offer_id = kBase;
  EXPECT_EQ(as_of(row, kYear).status, SubscriptionStatus::Deleted);
  row.offer_id = kMicrosoftAzureOffer;
  EXPECT_EQ(as_of(row, 9 * kYear).status, SubscriptionStatus::Suspended) << "usage has no end";
}

TEST(Lifecycle, ScheduledChangesAreMadeAtTheEnd) {
  Subscription row = seats();
  row.scheduled = ScheduledChange{kSeats, "monthly", "P1M", 7, 2 * kYear};
  row.next_charge_cycle = "monthly";
  EXPECT_EQ(as_of(row, kYear - 1).quantity, 1);
  const Subscription next = as_of(row, kYear);
  EXPECT_EQ(next.quantity, 7);
  EXPECT_EQ(next.term_duration, "P1M");
  EXPECT_EQ(term_end(next), 2 * kYear) << "its first term ends when it was told to";
  EXPECT_FALSE(next.scheduled);
  EXPECT_TRUE(next.next_charge_cycle.empty());
}

TEST(Lifecycle, KindsAndTheirWindows) {
  const Shop shop;
  Subscription row = seats();
  const auto kind = [&](std::string_view offer) {
    row.offer_id = offer;
    row.azure_plan = offer == kAzurePlanItem;
    return kind_of(row, shop.items);
  };
  EXPECT_EQ(kind(kAzurePlanItem), SubscriptionKind::AzurePlan);
  EXPECT_EQ(kind(kMicrosoftAzureOffer), SubscriptionKind::MicrosoftAzure);
  EXPECT_EQ(kind(kBase), SubscriptionKind::Legacy);
  EXPECT_EQ(kind(kSeats), SubscriptionKind::Seats);
  EXPECT_EQ(kind(kMetered), SubscriptionKind::Marketplace);
  EXPECT_EQ(kind("gone:0001:A"), SubscriptionKind::Seats);
  EXPECT_EQ(cancellable_until(row, SubscriptionKind::Seats), 7 * kDay);
  EXPECT_EQ(cancellable_until(row, SubscriptionKind::Marketplace), 14 * kDay);
  EXPECT_EQ(cancellable_until(row, SubscriptionKind::Software), 30 * kDay);
  EXPECT_EQ(cancellable_until(row, SubscriptionKind::Legacy), std::nullopt);
  row.term_duration = "P1M";
  EXPECT_EQ(cancellable_until(row, SubscriptionKind::Marketplace), kDay);
  EXPECT_TRUE(renews_itself(row, SubscriptionKind::Seats));
  EXPECT_FALSE(renews_itself(row, SubscriptionKind::AzurePlan));
  row.trial = true;
  EXPECT_FALSE(renews_itself(row, SubscriptionKind::Seats));
}

TEST(Lifecycle, AzureSubscriptionsStopAndMove) {
  AzureSubscription azure{"a", "c1", "old", "", true};
  EXPECT_TRUE(azure_active(azure, 100, 10));
  azure.cancelled = 95;
  EXPECT_TRUE(azure_active(azure, 100, 10)) << "a cancellation takes a while";
  EXPECT_FALSE(azure_active(azure, 105, 10));
  azure.next_plan_id = "new";
  azure.moves = 50;
  EXPECT_EQ(plan_of(azure, 49), "old");
  EXPECT_EQ(plan_of(azure, 50), "new");
}

TEST(Lifecycle, OfferStatesOfAMarket) {
  World world;
  const OfferState state{"s:0001", "CH", true};
  world.offers.put(offer_key(state), state);
  EXPECT_NE(offer_state(world, "S:0001:A", "ch"), nullptr);
  EXPECT_EQ(offer_state(world, "S:0001:A", "FR"), nullptr);
  EXPECT_EQ(offer_state(world, "S:00011:A", "CH"), nullptr);
}

TEST(Calendar, TermsMonthsAndDates) {
  EXPECT_EQ(months_of_term("P1M"), 1);
  EXPECT_EQ(months_of_term("P3Y"), 36);
  for (const char* other : {"", "P", "PY", "1Y", "P1D", "PxY"}) {
    EXPECT_EQ(months_of_term(other), 0) << other;
  }
  EXPECT_EQ(parse_date("1970-02-01"), 31 * kDay);
  EXPECT_EQ(parse_date("1970-01-02T23:00:00Z"), kDay);
  for (const char* other : {"", "soon", "1970-02-30", "1970/01/02", "1970-01-02x"}) {
    EXPECT_EQ(parse_date(other), std::nullopt) << other;
  }
  EXPECT_EQ(month_end(5 * kDay), 31 * kDay);
  EXPECT_EQ(month_end(335 * kDay), 365 * kDay) << "December ends the year";
  EXPECT_EQ(day_of(kDay + 5), kDay);
}

}  // namespace
}  // namespace pcsim::testing_shop
