#include "domain/due_events.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "domain/calendar.h"

namespace pcsim {
namespace {

constexpr Instant kMinute = 60 * kSecond;

std::vector<std::string> names(const std::vector<DueEvent>& events) {
  std::vector<std::string> out;
  for (const DueEvent& event : events) {
    out.emplace_back(event.what);
  }
  return out;
}

Subscription monthly(Instant created) {
  Subscription subscription;
  subscription.id = "s";
  subscription.offer_id = "CFQ7TTC0LH18:0001:CFQ7TTC0K971";
  subscription.billing_cycle = "monthly";
  subscription.term_duration = "P1M";
  subscription.created = created;
  return subscription;
}

TEST(DueEvents, ComeInOrderAndOnlyWithinThePeriod) {
  World world;
  Order late, early;
  late.completes = 20 * kMinute;
  early.completes = 10 * kMinute;
  world.orders.put("a-late", late);
  world.orders.put("b-early", early);
  const auto events = due_events(world, 0, kDay, 0);
  ASSERT_EQ(events.size(), 2U);
  EXPECT_EQ(events[0].id, "b-early");
  EXPECT_TRUE(events[0].work);
  EXPECT_EQ(due_events(world, 10 * kMinute, kDay, 0).size(), 1U);
  EXPECT_TRUE(due_events(world, 20 * kMinute, kDay, 0).empty());
}

TEST(DueEvents, TellEveryTermOfASubscriptionThatRenews) {
  World world;
  world.subscriptions.put("s", monthly(0));
  const auto events = due_events(world, 0, add_months(0, 12), 0);
  EXPECT_EQ(std::count_if(events.begin(), events.end(),
                          [](const DueEvent& e) { return e.what == "subscription term ends"; }),
            12);
}

TEST(DueEvents, TellWhatBecomesOfASubscriptionThatDoesNot) {
  World world;
  Subscription subscription = monthly(0);
  subscription.renewal_off = Instant{1};
  world.subscriptions.put("s", subscription);
  const auto all = names(due_events(world, 0, 400 * kDay, 0));
  EXPECT_EQ(all, (std::vector<std::string>{"subscription term ends", "subscription disabled",
                                           "subscription deleted"}));
}

TEST(DueEvents, AnAzurePlanHasNoTermsToEnd) {
  World world;
  Subscription plan = monthly(0);
  plan.azure_plan = true;
  world.subscriptions.put("s", plan);
  EXPECT_TRUE(due_events(world, 0, 4'000 * kDay, 0).empty());
}

TEST(DueEvents, IdleIsTheEndOfTheLastWorkUnderWay) {
  World world;
  Order order;
  order.completes = kMinute;
  world.orders.put("o", order);
  Subscription registering = monthly(0);
  registering.registration_requested = Instant{0};
  world.subscriptions.put("s", registering);
  Cart cart;
  cart.expires = kDay;
  world.carts.put("c", cart);
  EXPECT_EQ(idle_from(world, 0, 2 * kMinute), 2 * kMinute);
  EXPECT_EQ(idle_from(world, 0, kSecond), kMinute);
  EXPECT_EQ(idle_from(world, 5 * kMinute, kSecond), 5 * kMinute);
}

}  // namespace
}  // namespace pcsim
