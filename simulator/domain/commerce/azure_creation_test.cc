#include "domain/commerce/azure_creation.h"

#include <gtest/gtest.h>

#include "domain/commerce/azure_state.h"

namespace pcsim {
namespace {

struct AzureCreation : testing::Test {
  World world{};
  IdSource ids{1};
  Env env{100 * kDay, ids, 60 * kSecond};
  Customer customer{};

  AzureCreation() {
    customer.id = "contoso";
    Subscription plan;
    plan.id = "plan";
    plan.customer_id = "contoso";
    plan.azure_plan = true;
    plan.created = 90 * kDay;
    world.subscriptions.put("plan", plan);
    world.azure_subscriptions.put("sub", {"sub", "contoso", "plan", "", true});
  }

  AzureState state(Instant now) const {
    return azure_state(world, *world.azure_subscriptions.find("sub"), now, env.delay);
  }
};

TEST(BillingScopes, NameAccountAndCustomer) {
  const auto scope = parse_billing_scope(
      "/providers/Microsoft.Billing/billingAccounts/A:B_2019-05-31/customers/C/");
  ASSERT_TRUE(scope);
  EXPECT_EQ(scope->account, "a:b_2019-05-31");
  EXPECT_EQ(scope->customer, "c");
  for (const char* other :
       {"", "/", "/subscriptions/x", "/providers/Microsoft.Billing/billingAccounts/a",
        "/providers/Microsoft.Billing/billingAccounts/a/customers/c/d"}) {
    EXPECT_FALSE(parse_billing_scope(other)) << other;
  }
}

TEST_F(AzureCreation, ShowsAfterTheDelayAndIsItsOwners) {
  WantedSubscription wanted{"Spring"};
  wanted.owner_id = "bob";
  const auto made = create_azure_subscription(world, env, customer, wanted);
  ASSERT_TRUE(made);
  const AzureSubscription& row = **made;
  EXPECT_FALSE(azure_exists(row, env.now));
  EXPECT_TRUE(azure_exists(row, env.now + env.delay));
  ASSERT_EQ(world.role_assignments.size(), 1U);
  EXPECT_EQ((*world.role_assignments.begin()).second.principal_id, "bob");
}

TEST_F(AzureCreation, NeedsAPlan) {
  world.subscriptions.edit("plan")->status = SubscriptionStatus::Suspended;
  EXPECT_EQ(create_azure_subscription(world, env, customer, {"Spring"}).error().code,
            ErrorCode::ArmAzurePlanMissing);
}

TEST_F(AzureCreation, StatesOfACancelledOne) {
  EXPECT_EQ(state(env.now), AzureState::Enabled);
  EXPECT_FALSE(enable_azure_subscription(world, env, "sub"));
  EXPECT_TRUE(cancel_azure_subscription(world, env, "sub"));
  EXPECT_EQ(state(env.now), AzureState::Warned);
  EXPECT_FALSE(cancel_azure_subscription(world, env, "sub"));
  EXPECT_EQ(state(env.now + env.delay), AzureState::Disabled);
  EXPECT_EQ(state(env.now + 90 * kDay), AzureState::Deleted);
  EXPECT_TRUE(enable_azure_subscription(world, env, "sub"));
  EXPECT_EQ(state(env.now), AzureState::Enabled);
}

TEST_F(AzureCreation, StatesUnderAPlan) {
  world.subscriptions.edit("plan")->status = SubscriptionStatus::Suspended;
  EXPECT_EQ(state(env.now), AzureState::Disabled);
  world.subscriptions.edit("plan")->status = SubscriptionStatus::Deleted;
  EXPECT_EQ(state(env.now), AzureState::Deleted);
}

TEST_F(AzureCreation, QuotasByUse) {
  AzureSubscription row = *world.azure_subscriptions.find("sub");
  EXPECT_EQ(quota_id(world, row, env.now), "CSP_2015-05-01");
  row.workload = "devtest";
  EXPECT_EQ(quota_id(world, row, env.now), "CSPDEVTEST_2018-05-01");
  world.subscriptions.edit("plan")->partner_shared_services = true;
  EXPECT_EQ(quota_id(world, row, env.now), "CSP_MG_2017-12-01");
}

}  // namespace
}  // namespace pcsim
