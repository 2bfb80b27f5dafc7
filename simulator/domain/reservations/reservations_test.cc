#include <gtest/gtest.h>

#include <numeric>

#include "domain/reservations/access.h"
#include "domain/reservations/purchase.h"

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
    world.role_assignments.push_back({"1", "/subscriptions/sub", role, "alice", "User"});
    world.role_assignments.push_back({"2", "/subscriptions/sub", role, "agents", "ForeignGroup"});
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
  request.applied_scopes = 2;
  EXPECT_EQ(validate_purchase(request).error().code, ErrorCode::ArmInvalidSingleAppliedScopesCount);
}

TEST(Purchase, InstalmentsAddUpToTheTotal) {
  for (const char* term : {"P1Y", "P3Y"}) {
    const auto rows = instalments(12345, term, "Monthly");
    EXPECT_EQ(rows.size(), static_cast<std::size_t>(term_months(term)));
    EXPECT_EQ(std::accumulate(rows.begin(), rows.end(), Cents{0}), 12345);
  }
  EXPECT_EQ(instalments(500, "P3Y", "Upfront").size(), 1U);
}

TEST(Purchase, StateFollowsTheClock) {
  Reservation reservation;
  reservation.created = 100;
  reservation.succeeds = 200;
  EXPECT_EQ(provisioning_state(reservation, 100), "Creating");
  EXPECT_EQ(provisioning_state(reservation, 150), "PendingCapacity");
  EXPECT_EQ(provisioning_state(reservation, 200), "Succeeded");
}

TEST(Purchase, QuoteIsNeededAndUsedOnce) {
  World world;
  EXPECT_EQ(check_quote(world, "o", "c", "f").error().code, ErrorCode::ArmSessionTimedOut);
  world.quotes.put("o", {"o", "c", "f"});
  EXPECT_TRUE(check_quote(world, "o", "c", "f"));
  EXPECT_EQ(check_quote(world, "o", "c", "g").error().code, ErrorCode::ArmSessionTimedOut);
  Reservation reservation;
  reservation.order_id = "o";
  world.reservations.put("r", reservation);
  EXPECT_EQ(check_quote(world, "o", "c", "f").error().code,
            ErrorCode::ArmReservationOrderIdAlreadyExists);
}

TEST(Access, DecisionTable) {
  Scene scene;
  const Actor stranger{"tenant", "bob", "bob@contoso.example", {}};
  const Actor agent{"tenant", "carol", "carol@fabrikam.example", {"agents"}};
  const auto decide = [&](const Actor& actor) {
    return may_purchase(scene.world, actor, scene.customer, scene.subscription);
  };
  EXPECT_EQ(decide(scene.owner).error().code, ErrorCode::ArmForbidden);
  EXPECT_EQ(decide(stranger).error().code, ErrorCode::ArmAuthorizationFailed);
  EXPECT_TRUE(decide(agent));
  scene.allow();
  EXPECT_TRUE(decide(scene.owner));
  EXPECT_EQ(decide(stranger).error().code, ErrorCode::ArmAuthorizationFailed);
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
