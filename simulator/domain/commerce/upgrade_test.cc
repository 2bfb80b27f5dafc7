#include <gtest/gtest.h>

#include <set>
#include <string>

#include "domain/commerce/azure_entitlement.h"
#include "domain/commerce/commerce_testing.h"
#include "domain/commerce/product_upgrade.h"
#include "domain/commerce/support_contact.h"
#include "domain/commerce/transition.h"
#include "pcsim/operation.h"

namespace pcsim::testing_shop {
namespace {

using enum ErrorCode;

/// A shop whose customer has had MS-AZR-0145P for two days.
struct OnAzure : Shop {
  OnAzure() {
    own("azure", kMicrosoftAzureOffer);
    env.now = 2 * kDay;
  }
  Subscription& row() { return *world.subscriptions.edit("azure"); }
};

struct UpgradeCase {
  const char* rule;
  ErrorCode error;
  void (*arrange)(OnAzure& shop);
};

const UpgradeCase kUpgradeCases[] = {
    {"no upgrade under way", OriginalUpgradeInProgress,
     [](OnAzure& shop) {
       shop.world.upgrades.put("u", {"u", "c1", 1, 2, 3 * kDay, "", {}});
     }},
    {"not upgraded before", UpgradeAlreadyCompleted,
     [](OnAzure& shop) {
       shop.world.upgrades.put("u", {"u", "c1", 1, 2, 3, "", {}});
     }},
    {"Azure subscriptions to move", UpgradeNoAzureSubscriptions,
     [](OnAzure& shop) { shop.row().status = SubscriptionStatus::Deleted; }},
    {"no plan yet", UpgradeNotProcessable, [](OnAzure& shop) { shop.own("plan", kAzurePlanItem); }},
    {"no shared services", UpgradePartnerSharedServicesNotAllowed,
     [](OnAzure& shop) { shop.row().partner_shared_services = true; }},
    {"none suspended", UpgradeSuspendedSubscriptions,
     [](OnAzure& shop) { shop.row().suspended = 1; }},
    {"none too recent", UpgradeSubscriptionsTooRecent,
     [](OnAzure& shop) { shop.row().created = shop.env.now - 5; }},
    {"plan on sale", UpgradeCatalogItemNotFound,
     [](OnAzure& shop) {
       const OfferState state{"dzh318z0bps6", "FR", true};
       shop.world.offers.put(offer_key(state), state);
     }},
};

TEST(ProductUpgrade, EachRuleIsBrokenByItsCase) {
  std::set<std::string> covered;
  for (const UpgradeCase& one : kUpgradeCases) {
    SCOPED_TRACE(one.rule);
    OnAzure shop;
    one.arrange(shop);
    Trace trace;
    shop.env.trace = &trace;
    const auto done = check_product_upgrade(shop.scene());
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, one.error);
    EXPECT_EQ(trace.rules.back().rule, one.rule);
    covered.insert(one.rule);
  }
  for (const ProductUpgradeRule& rule : product_upgrade_rules()) {
    EXPECT_TRUE(covered.contains(std::string{rule.name})) << "no case breaks: " << rule.name;
  }
}

TEST(ProductUpgrade, HappensWhenItCompletes) {
  OnAzure shop;
  ASSERT_TRUE(check_product_upgrade(shop.scene()));
  const ProductUpgrade started = start_product_upgrade(shop.world, shop.env, shop.scene());
  const Instant before = shop.env.now;
  const Instant after = before + kSecond;
  EXPECT_EQ(state_of(started, before), UpgradeState::Pending);
  EXPECT_EQ(state_of(started, before + kSecond / 2), UpgradeState::InProgress);
  EXPECT_EQ(state_of(started, after), UpgradeState::Completed);
  const AzureSubscription& azure = *shop.world.azure_subscriptions.find("azure-azure");
  EXPECT_EQ(plan_of(azure, before), "azure");
  EXPECT_EQ(plan_of(azure, after), started.lines.at(0).target_id);
  EXPECT_EQ(as_of(shop.row(), before).status, SubscriptionStatus::Active);
  EXPECT_EQ(as_of(shop.row(), after).status, SubscriptionStatus::Suspended);
  EXPECT_EQ(find_subscription(shop.world, "c1", started.lines.at(0).target_id, before), nullptr);
  EXPECT_NE(find_subscription(shop.world, "c1", started.lines.at(0).target_id, after), nullptr);
  EXPECT_EQ(shop.world.azure_subscriptions.size(), 1U) << "the plan brings none of its own";
  Customer other = shop.customer;
  other.id = "c9";
  EXPECT_EQ(find_product_upgrade(shop.world, other, started.id).error().code,
            UpgradeCustomerMismatch);
  EXPECT_EQ(find_product_upgrade(shop.world, other, "none").error().code, UpgradeNotFound);
}

/// Every rule of a transition, broken one at a time.
struct TransitionCase {
  const char* rule;
  void (*arrange)(Shop& shop, Subscription& row, TransitionWish& wish);
};

const TransitionCase kTransitionCases[] = {
    {"delegated administration",
     [](Shop& shop, Subscription&, TransitionWish&) { shop.customer.delegated_access = false; }},
    {"granular roles suffice",
     [](Shop& shop, Subscription&, TransitionWish& wish) {
       shop.customer.delegated_access = false;
       shop.customer.granular_access = true;
       wish.type = TransitionType::UpgradeWithLicenseTransfer;
     }},
    {"source active",
     [](Shop&, Subscription& row, TransitionWish&) { row.status = SubscriptionStatus::Suspended; }},
    {"source provisioned",
     [](Shop&, Subscription& row, TransitionWish&) { row.provisioned = kDay; }},
    {"nothing else changes the source",
     [](Shop&, Subscription& row, TransitionWish&) { row.changing_until = kDay; }},
    {"target exists", [](Shop&, Subscription&, TransitionWish& wish) { wish.target = kAddon; }},
    {"no add-ons",
     [](Shop& shop, Subscription&, TransitionWish&) {
       shop.own("addon", kAddon);
       shop.world.subscriptions.edit("addon")->parent_id = "s";
     }},
    {"target not owned already",
     [](Shop& shop, Subscription&, TransitionWish&) { shop.own("other", kBigger); }},
    {"cycle of the target",
     [](Shop&, Subscription& row, TransitionWish&) { row.billing_cycle = "triennial"; }},
    {"a user moves licences",
     [](Shop&, Subscription&, TransitionWish& wish) {
       wish.type = TransitionType::UpgradeWithLicenseTransfer;
       wish.by_user = false;
     }},
    {"target on sale with enough seats",
     [](Shop&, Subscription&, TransitionWish& wish) { wish.quantity = 101; }},
};

TEST(Transition, WhatStandsInTheWayIsListed) {
  std::set<std::string> covered{"there are ways up"};
  for (const TransitionCase& one : kTransitionCases) {
    SCOPED_TRACE(one.rule);
    Shop shop;
    shop.own("s", kBase);
    Subscription row = *shop.world.subscriptions.find("s");
    row.billing_cycle = "monthly";
    TransitionWish wish{kBigger, TransitionType::UpgradeOnly, 0, true};
    EXPECT_TRUE(check_transition(shop.scene(), row, wish).empty());
    one.arrange(shop, row, wish);
    const auto problems = check_transition(shop.scene(), row, wish);
    ASSERT_EQ(problems.size(), 1U);
    for (const TransitionRule& rule : transition_rules()) {
      if (rule.error == problems[0].error) {
        EXPECT_EQ(rule.name, one.rule);
      }
    }
    covered.insert(one.rule);
  }
  for (const TransitionRule& rule : transition_rules()) {
    EXPECT_TRUE(covered.contains(std::string{rule.name})) << "no case breaks: " << rule.name;
  }
  Shop shop;
  shop.own("s", kAddon);
  const auto none = check_transition(shop.scene(), *shop.world.subscriptions.find("s"), {kBigger});
  ASSERT_FALSE(none.empty());
  EXPECT_EQ(none[0].error, UpgradeSubscriptionNoUpgradePaths);
}

TEST(AzureEntitlement, BothRolesTogether) {
  Shop shop;
  shop.own("plan", kAzurePlanItem);
  const Subscription& plan = *shop.world.subscriptions.find("plan");
  ASSERT_TRUE(find_entitlement(shop.world, plan, "PLAN-AZURE", 1));
  EXPECT_EQ(find_entitlement(shop.world, plan, "none", 1).error().code, AzureEntitlementNotFound);
  AzureSubscription& azure = *shop.world.azure_subscriptions.edit("plan-azure");
  for (const std::uint32_t roles : {0U, 0U + kAdminAgent, 0U + kGlobalAdmin}) {
    EXPECT_EQ(cancel_entitlement(azure, {true, roles}, "compromise", shop.env).error().code,
              InsufficientPrivileges);
    EXPECT_EQ(reactivate_entitlement(azure, {true, roles}, shop.env).error().code,
              EntitlementReactivationNotAllowed);
  }
  const EntitlementCaller both{true, kAdminAgent | kGlobalAdmin};
  EXPECT_EQ(cancel_entitlement(azure, both, "boredom", shop.env).error().code,
            CancellationReasonInvalid);
  EXPECT_EQ(reactivate_entitlement(azure, both, shop.env).error().code,
            EntitlementReactivationNotPossible);
  ASSERT_TRUE(cancel_entitlement(azure, {}, "Compromise", shop.env)) << "an application";
  EXPECT_TRUE(azure_active(azure, shop.env.now, shop.env.delay));
  shop.env.now += shop.env.delay;
  EXPECT_FALSE(azure_active(azure, shop.env.now, shop.env.delay));
  ASSERT_TRUE(reactivate_entitlement(azure, both, shop.env));
  EXPECT_TRUE(azure_active(azure, shop.env.now, shop.env.delay));
}

TEST(SupportContact, IsTheSellerOrItsReseller) {
  Shop shop;
  const Partner& provider = *shop.world.partners.find("provider");
  const Subscription row;
  EXPECT_EQ(support_of(row, provider).tenant_id, "provider");
  EXPECT_TRUE(check_support(shop.world, provider, {"provider", "2", ""}, nullptr));
  EXPECT_TRUE(check_support(shop.world, provider, {"reseller", "3", ""}, nullptr));
  EXPECT_EQ(check_support(shop.world, provider, {"another", "4", ""}, nullptr).error().code,
            MpnIdNotReseller);
  EXPECT_EQ(check_support(shop.world, provider, {"another", "3", ""}, nullptr).error().code,
            MpnIdNotFound);
  EXPECT_EQ(check_support(shop.world, provider, {"none", "3", ""}, nullptr).error().code,
            MpnIdNotFound);
}

}  // namespace
}  // namespace pcsim::testing_shop
