#include <gtest/gtest.h>

#include <numeric>

#include "domain/reservations/access.h"
#include "domain/reservations/purchase.h"
#include "domain/reservations/quote.h"
#include "domain/reservations/scopes.h"
#include "domain/reservations/state.h"

namespace pcsim {
namespace {

PurchaseRequest good_request() {
  PurchaseRequest request;
  request.sku = "Standard_B1s";
  request.location = "westus";
  request.term = "P1Y";
  request.billing_plan = "Upfront";
  request.scope_type = "Shared";
  request.quantity = 1;
  request.billing_scope_valid = true;
  return request;
}

struct Scene {
  World world{};
  Customer customer{};
  AzureSubscription subscription{};
  Actor owner{"tenant", "alice", "alice@contoso.example", {}};

  Scene() {
    customer.id = "tenant";
    customer.partner_key = "fabrikam.example";
    subscription.id = "sub";
    subscription.customer_id = "tenant";
    world.azure_subscriptions.put("sub", subscription);
    Partner partner;
    partner.domain = "fabrikam.example";
    partner.admin_agents_group = "agents";
    world.partners.put("partner", partner);
    const std::string role(kOwnerRole);
    assign_role(world, {"1", "/subscriptions/sub", role, "alice", "User"});
    assign_role(world, {"2", "/subscriptions/sub", role, "agents", "ForeignGroup"});
  }

  void allow() {
    world.policies.put(
        "p", {"tenant", "fabrikam.example", "e", {{"AzureReservedInstances", "Purchase"}}});
  }
};

TEST(Purchase, RulesNameTheBrokenField) {
  PurchaseRequest request = good_request();
  EXPECT_TRUE(validate_purchase(request));
  request.term = "P5Y";
  EXPECT_EQ(validate_purchase(request).error().code, ErrorCode::ArmUnsupportedReservationTerm);
  request = good_request();
  request.scope_type = "Single";
  EXPECT_EQ(validate_purchase(request).error().code, ErrorCode::ArmMissingAppliedScopesForSingle);
  request.applied_scopes = {"/subscriptions/a", "/subscriptions/b"};
  EXPECT_EQ(validate_purchase(request).error().code, ErrorCode::ArmInvalidSingleAppliedScopesCount);
}

TEST(Purchase, InstalmentsAddUpToTheTotal) {
  for (const char* term : {"P1Y", "P3Y"}) {
    const auto rows = instalments(Decimal::of(12345, 2), 2, term, "Monthly");
    EXPECT_EQ(rows.size(), static_cast<std::size_t>(term_months(term)));
    EXPECT_EQ(std::accumulate(rows.begin(), rows.end(), Decimal{}), Decimal::of(12345, 2));
  }
  EXPECT_EQ(instalments(Decimal::of(5), 2, "P3Y", "Upfront").size(), 1U);
}

TEST(Purchase, StateFollowsTheClock) {
  Reservation reservation;
  reservation.created = 100;
  reservation.succeeds = 200;
  EXPECT_EQ(provisioning_state(reservation, 100), "Creating");
  EXPECT_EQ(provisioning_state(reservation, 150), "PendingCapacity");
  EXPECT_EQ(provisioning_state(reservation, 200), "Succeeded");
}

TEST(Purchase, ScopesAreTheCustomersOwnSubscriptions) {
  const Scene scene;
  PurchaseRequest request = good_request();
  request.applied_scopes = {"/subscriptions/SUB/resourceGroups/g"};
  EXPECT_TRUE(check_applied_scopes(scene.world, scene.customer, request));
  request.applied_scopes = {"/subscriptions/other"};
  EXPECT_EQ(check_applied_scopes(scene.world, scene.customer, request).error().code,
            ErrorCode::ArmAppliedScopesNotAssociated);
  request.applied_scopes = {"sub"};
  EXPECT_FALSE(check_applied_scopes(scene.world, scene.customer, request));
}

struct Quotes : testing::Test {
  World world{};
  IdSource ids{1};
  Switches switches{};
  Trace trace{};

  Env at(Instant now) { return Env{now, ids, 0, switches, &trace}; }
  ErrorCode refusal(Instant now, const char* tenant, const char* fingerprint) {
    const auto checked = check_quote(world, at(now), "o", tenant, fingerprint);
    EXPECT_FALSE(checked);
    return checked.error().code;
  }
};

TEST_F(Quotes, OneIsNeededAndUsedOnce) {
  EXPECT_EQ(refusal(0, "c", "f"), ErrorCode::ArmSessionTimedOut);
  remember_quote(world, at(0), {"o", "c", "f", 0});
  EXPECT_TRUE(check_quote(world, at(1), "o", "c", "f"));
  EXPECT_EQ(refusal(1, "c", "g"), ErrorCode::ArmSessionTimedOut);
  EXPECT_EQ(refusal(1, "d", "f"), ErrorCode::ArmSessionTimedOut);
  Reservation reservation;
  reservation.order_id = "o";
  world.reservations.put("r", reservation);
  EXPECT_EQ(refusal(1, "c", "f"), ErrorCode::ArmReservationOrderIdAlreadyExists);
  EXPECT_EQ(trace.rules.back().rule, "order-id-unused");
}

TEST_F(Quotes, ExpireWhenTheSwitchSays) {
  remember_quote(world, at(0), {"o", "c", "f", 0});
  EXPECT_TRUE(check_quote(world, at(3'599 * kSecond), "o", "c", "f"));
  EXPECT_EQ(refusal(3'600 * kSecond, "c", "f"), ErrorCode::ArmSessionTimedOut);
  ASSERT_TRUE(switches.choose("quote-lifetime", "15m"));
  EXPECT_EQ(refusal(900 * kSecond, "c", "f"), ErrorCode::ArmSessionTimedOut);
  ASSERT_TRUE(switches.choose("quote-lifetime", "24h"));
  EXPECT_TRUE(check_quote(world, at(kDay - 1), "o", "c", "f"));
}

TEST_F(Quotes, AreBoundedAndTheOldestGoesFirst) {
  for (std::size_t i = 0; i <= kMaxQuotes; ++i) {
    const std::string id = std::to_string(i);
    remember_quote(world, at(static_cast<Instant>(i)), {id, "c", "f", static_cast<Instant>(i)});
  }
  EXPECT_EQ(world.quotes.size(), kMaxQuotes);
  EXPECT_EQ(world.quotes.find("0"), nullptr);
  EXPECT_NE(world.quotes.find("1"), nullptr);
  remember_quote(world, at(kDay), {"late", "c", "f", kDay});
  EXPECT_EQ(world.quotes.size(), 1U);
}

TEST(Access, DecisionTable) {
  Scene scene;
  const Actor stranger{"tenant", "bob", "bob@contoso.example", {}};
  const Actor agent{"tenant", "carol", "carol@fabrikam.example", {"agents"}};
  IdSource ids{1};
  Switches switches;
  const auto decide = [&](const Actor& actor) {
    const Env env{0, ids, 0, switches, nullptr};
    return may_purchase(scene.world, env, actor, scene.customer, scene.subscription);
  };
  EXPECT_EQ(decide(scene.owner).error().code, ErrorCode::ArmForbidden);
  EXPECT_EQ(decide(stranger).error().code, ErrorCode::ArmAuthorizationFailed);
  EXPECT_TRUE(decide(agent));
  const std::pair<const char*, ErrorCode> refusals[] = {
      {"AuthorizationFailed", ErrorCode::ArmAuthorizationFailed},
      {"ReservationOrderNotEnabled", ErrorCode::ArmReservationOrderNotEnabled},
      {"BadRequest", ErrorCode::ArmBadRequest}};
  for (const auto& [word, code] : refusals) {
    ASSERT_TRUE(switches.choose("customer-purchase-refusal", word));
    EXPECT_EQ(decide(scene.owner).error().code, code) << word;
  }
  EXPECT_EQ(decide(stranger).error().arguments[2], "Microsoft.Capacity/reservationOrders/write");
  ASSERT_TRUE(switches.choose("purchase-action", "reservationOrders/purchase/action"));
  EXPECT_EQ(decide(stranger).error().arguments[2],
            "Microsoft.Capacity/reservationOrders/purchase/action");
  EXPECT_EQ(decide(stranger).error().arguments[3], "/subscriptions/sub");
  scene.allow();
  EXPECT_TRUE(decide(scene.owner));
  EXPECT_EQ(decide(stranger).error().code, ErrorCode::ArmAuthorizationFailed);
  assign_role(scene.world,
              {"3", "/subscriptions/sub", std::string(kReservationPurchaserRole), "bob", "User"});
  EXPECT_TRUE(decide(stranger));
}

TEST(Access, WhoActsOnAnOrder) {
  Scene scene;
  IdSource ids{1};
  Switches switches;
  Reservation row;
  row.order_id = "0d3e0000-0000-4000-8000-000000000101";
  row.reservation_id = "r";
  row.customer_id = "tenant";
  row.billing_subscription_id = "sub";
  scene.world.reservations.put("r", row);
  scene.world.customers.put("tenant", scene.customer);
  assign_role(scene.world,
              {"3", order_scope(row.order_id), std::string(kOwnerRole), "alice", "User"});
  Actor agent{"tenant", "carol", "carol@fabrikam.example", {"agents"}};
  Actor guest{"tenant", "gus", "gus@fabrikam.example", {}};
  guest.is_guest = true;
  assign_role(scene.world,
              {"4", order_scope(row.order_id), std::string(kOwnerRole), "gus", "User"});
  std::string_view looked_at;
  const auto refusal = [&](const Actor& actor, OrderRight right) {
    Trace trace;
    const Env env{0, ids, 0, switches, &trace};
    const auto done = may_act(scene.world, env, actor, row, right,
                              "Microsoft.Capacity/reservationOrders/return/action");
    looked_at = trace.rules.empty() ? std::string_view{} : trace.rules.back().rule;
    return done ? std::string{} : std::string{error_row(done.error().code).code};
  };
  EXPECT_EQ(refusal(scene.owner, OrderRight::Change), "");
  EXPECT_EQ(refusal(scene.owner, OrderRight::Manage), "Forbidden");
  EXPECT_EQ(refusal(agent, OrderRight::Manage), "");
  EXPECT_EQ(refusal(guest, OrderRight::Read), "");
  EXPECT_EQ(refusal(guest, OrderRight::Manage), "Forbidden");
  EXPECT_EQ(looked_at, "guests-manage-nothing");
  // Without the foreign principal the agent is nobody.
  scene.world.role_assignments.erase("2");
  EXPECT_EQ(refusal(agent, OrderRight::Read), "AuthorizationFailed");
  ASSERT_TRUE(switches.choose("customer-changes", "allowed"));
  EXPECT_EQ(refusal(scene.owner, OrderRight::Manage), "");
  EXPECT_EQ(refusal(guest, OrderRight::Manage), "Forbidden");
}

TEST(Access, SubscriptionMustBeOfTheTokensTenant) {
  const Scene scene;
  Actor other = scene.owner;
  other.tenant_id = "elsewhere";
  EXPECT_TRUE(subscription_of_caller(scene.world, scene.owner, "sub"));
  EXPECT_EQ(subscription_of_caller(scene.world, other, "sub").error().code,
            ErrorCode::ArmWrongIssuer);
  EXPECT_EQ(subscription_of_caller(scene.world, other, "none").error().code,
            ErrorCode::ArmSubscriptionNotFound);
}

TEST(Access, ScopesCoverTheirDescendants) {
  EXPECT_TRUE(scope_covers("/", "/subscriptions/a"));
  EXPECT_TRUE(scope_covers("/Subscriptions/A", "/subscriptions/a/resourceGroups/g"));
  EXPECT_FALSE(scope_covers("/subscriptions/a", "/subscriptions/ab"));
}

}  // namespace
}  // namespace pcsim
