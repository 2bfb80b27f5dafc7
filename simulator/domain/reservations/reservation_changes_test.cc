#include <gtest/gtest.h>

#include "domain/calendar.h"
#include "domain/reservations/changes.h"
#include "domain/reservations/exchange.h"
#include "domain/reservations/scopes.h"
#include "domain/reservations/state.h"
#include "domain/reservations/utilisation.h"

namespace pcsim {
namespace {

const Instant kStart = *parse_date("2026-02-01");
constexpr const char* kTenant = "tenant";

PriceList some_prices() {
  PriceTables tables;
  tables.products["vm"] = {
      "VM", "Virtual Machines BS Series", "", "Azure", "VirtualMachines", {}, "VirtualMachines",
      ""};
  tables.regions["westus"] = "US West";
  tables.regions["eastus"] = "US East";
  for (const auto& [size, price] : {std::pair{"Standard_B1ls", 32}, std::pair{"Standard_B1s", 63},
                                    std::pair{"Standard_B2s", 254}}) {
    tables.sizes[std::string{size} == "Standard_B1ls"  ? "standard_b1ls"
                 : std::string{size} == "Standard_B1s" ? "standard_b1s"
                                                       : "standard_b2s"] = {"VM", "1", "1"};
    PriceRow row;
    row.product = "VM";
    row.size = size;
    row.region = "westus";
    row.term = "P1Y";
    row.price = Decimal::of(price);
    tables.rows.push_back(row);
  }
  return PriceList{std::move(tables)};
}

struct Held : testing::Test {
  World world{};
  IdSource ids{7};
  Switches switches{};
  Catalogue catalogue{{}, some_prices()};
  MarketTable markets{std::vector<Market>{}};
  Shop shop{catalogue, markets};
  Instant now = kStart;

  Env env(Instant delay = 0) { return Env{now, ids, delay, switches, nullptr}; }

  Held() {
    Customer customer;
    customer.id = kTenant;
    customer.partner_key = "fabrikam.example";
    world.customers.put(kTenant, customer);
    for (const char* id : {"s1", "s2", "bought-elsewhere"}) {
      AzureSubscription azure;
      azure.id = id;
      azure.customer_id = kTenant;
      azure.billed_by = std::string{id} == "bought-elsewhere" ? "direct" : "";
      world.azure_subscriptions.put(id, azure);
    }
    hold("r", "Standard_B1s", 3);
  }

  Reservation& hold(const std::string& id, const std::string& size, std::int64_t quantity) {
    Reservation row;
    row.order_id = "o";
    row.reservation_id = id;
    row.customer_id = kTenant;
    row.billing_subscription_id = "s1";
    row.quantity = quantity;
    row.scope_type = "Shared";
    row.term = "P1Y";
    row.sku_name = size;
    row.location = "westus";
    row.created = kStart;
    row.succeeds = kStart;
    row.unit_usd = Decimal::of(63);
    row.unit_billing = Decimal::of(63);
    row.currency = "USD";
    return world.reservations.put(id, row);
  }

  void run(const std::string& id, const std::string& subscription, const std::string& size,
           std::int64_t instances) {
    RunningUsage usage;
    usage.id = id;
    usage.subscription_id = subscription;
    usage.resource_group = "web";
    usage.sku_name = size;
    usage.location = "westus";
    usage.instances = instances;
    usage.from = kStart;
    world.usage.put(id, usage);
  }

  const Reservation& row(const std::string& id) { return *world.reservations.find(id); }

  Decimal used(const std::string& id, std::size_t grain = 0) {
    return utilisation(world, catalogue.prices(), kTenant, env())[id].percent[grain];
  }
};

TEST_F(Held, ASplitKeepsWhatWasBought) {
  auto here = env(60 * kSecond);
  EXPECT_FALSE(split_reservation(world, here, "r", {1, 1}));
  EXPECT_FALSE(split_reservation(world, here, "r", {3}));
  EXPECT_FALSE(split_reservation(world, here, "r", {4, -1}));
  const auto parts = split_reservation(world, here, "r", {1, 2});
  ASSERT_TRUE(parts);
  EXPECT_EQ(provisioning_state(row("r"), now), "Pending");
  now += 60 * kSecond;
  EXPECT_EQ(provisioning_state(row("r"), now), "Cancelled");
  EXPECT_EQ(end_word(row("r").end), "Split");
  EXPECT_EQ(original_quantity(world, "o"), 3);
  EXPECT_EQ(order_state(world, "o", env()), "Succeeded");
  auto later = env();
  EXPECT_EQ(split_reservation(world, later, "r", {1, 2}).error().code,
            ErrorCode::ArmOperationNotAllowedInState);
  const auto whole =
      merge_reservations(world, later, {parts->at(0).reservation_id, parts->at(1).reservation_id});
  ASSERT_TRUE(whole);
  EXPECT_EQ(whole->quantity, 3);
  EXPECT_EQ(original_quantity(world, "o"), 3);
}

TEST_F(Held, OnlyWhatIsAlikeIsMerged) {
  hold("other", "Standard_B2s", 1);
  Trace trace;
  auto here = env();
  here.trace = &trace;
  EXPECT_EQ(merge_reservations(world, here, {"r", "other"}).error().code, ErrorCode::ArmBadRequest);
  ASSERT_FALSE(trace.rules.empty());
  EXPECT_EQ(trace.rules.back().rule, "merge-of-one-product");
  EXPECT_EQ(merge_reservations(world, here, {"r", "r"}).error().code, ErrorCode::ArmBadRequest);
  hold("single", "Standard_B1s", 1).scope_type = "Single";
  EXPECT_EQ(merge_reservations(world, here, {"r", "single"}).error().code,
            ErrorCode::ArmBadRequest);
}

TEST_F(Held, ChangesMustChangeSomething) {
  ReservationChange change;
  const auto tried = [&] { return change_reservation(world, env(), shop, "r", change); };
  EXPECT_EQ(tried().error().code, ErrorCode::ArmPatchValuesSameAsExisting);
  change.scope_type = "Shared";
  EXPECT_EQ(tried().error().code, ErrorCode::ArmAppliedScopesSameAsExisting);
  change.scope_type = "Single";
  EXPECT_EQ(tried().error().code, ErrorCode::ArmMissingAppliedScopesForSingle);
  change.applied_scopes = {{"/subscriptions/bought-elsewhere"}};
  EXPECT_EQ(tried().error().code, ErrorCode::ArmAppliedScopesNotAssociated);
  change.applied_scopes = {{"/subscriptions/s2"}};
  const std::int64_t before = etag_of(row("r"), now);
  ASSERT_TRUE(tried());
  EXPECT_EQ(etag_of(row("r"), now), before + 2);
  EXPECT_EQ(row("r").revisions.size(), 2U);
}

TEST_F(Held, RevisionsAreBoundedAndKeepThePurchase) {
  for (std::size_t at = 0; at < 2 * kMaxRevisions; ++at) {
    ReservationChange change;
    change.name = "name " + std::to_string(at);
    ASSERT_TRUE(change_reservation(world, env(), shop, "r", change));
  }
  EXPECT_EQ(row("r").revisions.size(), kMaxRevisions);
  EXPECT_EQ(row("r").revisions.front().change, "Purchase");
}

TEST_F(Held, AReturnUsesTheYearlyLimit) {
  auto here = env();
  const auto first = perform_return(world, here, shop, "r", 1);
  ASSERT_TRUE(first);
  EXPECT_EQ(first->billing, Decimal::of(63));
  EXPECT_EQ(row("r").quantity, 2);
  EXPECT_EQ(consumed_refunds(world, kTenant, env()), Decimal::of(63));
  EXPECT_EQ(perform_return(world, here, shop, "r", 3).error().code,
            ErrorCode::ArmInvalidRefundQuantity);
  now += 365 * kDay - 1;
  EXPECT_EQ(consumed_refunds(world, kTenant, env()), Decimal::of(63));
  now += 1;
  EXPECT_EQ(consumed_refunds(world, kTenant, env()), Decimal{});
}

TEST_F(Held, TheYearMayEndByTheDay) {
  now += 5 * 3600 * kSecond;
  auto here = env();
  ASSERT_TRUE(perform_return(world, here, shop, "r", 1));
  now = kStart + 365 * kDay;
  EXPECT_NE(consumed_refunds(world, kTenant, env()), Decimal{});
  ASSERT_TRUE(switches.choose("refund-year", "by-day"));
  EXPECT_EQ(consumed_refunds(world, kTenant, env()), Decimal{});
}

TEST_F(Held, TheLimitRefusesTheWholeReturn) {
  hold("big", "Standard_B1s", 1'000);
  auto here = env();
  EXPECT_EQ(perform_return(world, here, shop, "big", 1'000).error().code,
            ErrorCode::ArmRefundLimitExceeded);
  EXPECT_TRUE(perform_return(world, here, shop, "big", 793));  // 49,959 US dollars
  EXPECT_EQ(perform_return(world, here, shop, "big", 1).error().code,
            ErrorCode::ArmRefundLimitExceeded);
}

TEST_F(Held, SomeProductsAreNotTakenBack) {
  hold("plan", "Standard_B1s", 1).resource_type = "SuseLinux";
  auto here = env();
  EXPECT_EQ(perform_return(world, here, shop, "plan", 1).error().code,
            ErrorCode::ArmSelfServiceRefundNotSupported);
}

TEST_F(Held, ThePriceIsTheLowerOfThenAndNow) {
  hold("dear", "Standard_B1s", 1).unit_billing = Decimal::of(90);
  hold("cheap", "Standard_B1s", 1).unit_billing = Decimal::of(40);
  EXPECT_EQ(refund_price(world, shop, row("dear")).billing, Decimal::of(63));
  EXPECT_EQ(refund_price(world, shop, row("cheap")).billing, Decimal::of(40));
}

TEST_F(Held, SessionsEnd) {
  auto here = env();
  const std::string session = remember_refund(world, here, row("r"), 1);
  EXPECT_TRUE(check_refund_session(world, env(), session, row("r"), 1));
  EXPECT_FALSE(check_refund_session(world, env(), session, row("r"), 2));
  now += 3'600 * kSecond;
  EXPECT_FALSE(check_refund_session(world, env(), session, row("r"), 1));
  ASSERT_TRUE(switches.choose("refund-sessions", "24h"));
  EXPECT_TRUE(check_refund_session(world, env(), session, row("r"), 1));
}

TEST_F(Held, RulesOfAnExchange) {
  const Customer customer = *world.customers.find(kTenant);
  const auto code = [&](const ExchangeWish& wish) {
    const ExchangeQuote quote = quote_exchange(world, env(), shop, customer, wish);
    EXPECT_FALSE(quote.error) << error_row(quote.error->code).name;
    return quote.policy ? quote.policy->code : std::string{};
  };
  ExchangeWish wish{{{"r", 1}}, {}, false};
  EXPECT_EQ(code(wish), "InvalidExchange");
  wish.savings_plans = true;
  EXPECT_EQ(code(wish), "SavingsPlanExchangeNotSupported");
  wish.savings_plans = false;
  wish.returns = {{"r", 1}, {"r", 1}};
  wish.purchases.clear();
  EXPECT_EQ(code(wish), "InvalidExchange");
}

TEST_F(Held, ScopesEndAtThePartnersSubscriptions) {
  const auto applies = [&](const char* id) {
    return applies_to(world, row("r"), *world.azure_subscriptions.find(id));
  };
  EXPECT_TRUE(applies("s1"));
  EXPECT_TRUE(applies("s2"));
  EXPECT_FALSE(applies("bought-elsewhere"));
  Reservation& single = *world.reservations.edit("r");
  single.scope_type = "Single";
  single.applied_scopes = {"/subscriptions/s2/resourcegroups/web"};
  EXPECT_FALSE(applies("s1"));
  const AzureSubscription& azure = *world.azure_subscriptions.find("s2");
  EXPECT_TRUE(applies_to_group(world, single, azure, "Web"));
  EXPECT_FALSE(applies_to_group(world, single, azure, "db"));
}

TEST_F(Held, HoursAreUsedByWhatRuns) {
  now += 10 * kDay;
  EXPECT_EQ(used("r"), Decimal{});
  run("u1", "s1", "Standard_B1s", 1);
  EXPECT_EQ(used("r"), Decimal::of(3333, 2));
  run("u2", "s2", "Standard_B1s", 5);
  EXPECT_EQ(used("r"), Decimal::of(100));
  EXPECT_EQ(used("r", 2), Decimal::of(100)) << "days before the benefit do not count";
  world.usage.edit("u2")->until = now - 12 * 3600 * kSecond;
  EXPECT_EQ(used("r"), Decimal::of(6667, 2));
}

TEST_F(Held, SharedUseEndsAtThePartnersSubscriptions) {
  now += 2 * kDay;
  run("u", "bought-elsewhere", "Standard_B1s", 3);
  EXPECT_EQ(used("r"), Decimal{});
}

TEST_F(Held, SizesOfAGroupStandInForEachOther) {
  EXPECT_EQ(flexibility_of(catalogue.prices(), "Standard_B1ls").ratio, 1);
  EXPECT_EQ(flexibility_of(catalogue.prices(), "Standard_B1s").ratio, 2);
  EXPECT_EQ(flexibility_of(catalogue.prices(), "Standard_B2s").ratio, 8);
  EXPECT_EQ(flexibility_of(catalogue.prices(), "Standard_B2s").name, "BS Series");
  now += 2 * kDay;
  run("u", "s1", "Standard_B1ls", 3);  // 3 of 6
  EXPECT_EQ(used("r"), Decimal::of(50));
  world.reservations.edit("r")->instance_flexibility = false;
  EXPECT_EQ(used("r"), Decimal{});
}

TEST_F(Held, NarrowerScopesComeFirst) {
  Reservation& single = hold("single", "Standard_B1s", 1);
  single.scope_type = "Single";
  single.applied_scopes = {"/subscriptions/s1"};
  now += 2 * kDay;
  run("u", "s1", "Standard_B1s", 1);
  EXPECT_EQ(used("single"), Decimal::of(100));
  EXPECT_EQ(used("r"), Decimal{});
}

}  // namespace
}  // namespace pcsim
