#include <gtest/gtest.h>

#include <set>
#include <string>
#include <utility>

#include "domain/commerce/commerce_testing.h"

namespace pcsim::testing_shop {
namespace {

using enum ErrorCode;

PurchaseLine line_of(std::string item) {
  PurchaseLine out;
  out.catalog_item_id = std::move(item);
  return out;
}

/// A world and a line that break one rule.
struct Case {
  const char* rule;
  ErrorCode line_error, order_error;
  PurchaseLine (*arrange)(Shop& shop);
};

PurchaseLine under_plan(Shop& shop) {
  shop.own("plan", kAzurePlanItem);
  return shop.reservation();
}

PurchaseLine under_microsoft_azure(Shop& shop) {
  shop.own("legacy", kMicrosoftAzureOffer);
  return shop.reservation(kUnderMicrosoftAzure, "legacy");
}

const Case kCases[] = {
    {"availability exists", CartCatalogItemIdInvalid, AvailabilityNotFound,
     [](Shop&) { return line_of("S:0001:NONE"); }},
    {"item exists", CartCatalogItemIdInvalid, InvalidOfferId,
     [](Shop&) { return line_of("NONE"); }},
    {"line ids differ", CartInvalidInput, InvalidRequestInput,
     [](Shop&) {
       PurchaseLine line = line_of(kMonthly);
       line.repeats_id = true;
       return line;
     }},
    {"participants of indirect providers only", CartParticipantsNotSupported, MpnIdNotReseller,
     [](Shop&) {
       PurchaseLine line = line_of(kMonthly);
       line.participants = {{"transaction_reseller", "3"}};
       return line;
     }},
    {"participants are resellers", CartInvalidInput, MpnIdNotReseller,
     [](Shop& shop) {
       shop.sell_as_provider();
       PurchaseLine line = line_of(kMonthly);
       line.participants = {{"transaction_reseller", "4"}};
       return line;
     }},
    {"participants are resellers", CartInvalidInput, MpnIdNotReseller,
     [](Shop& shop) {
       shop.sell_as_provider();
       PurchaseLine line = line_of(kMonthly);
       line.participants.assign(6, {"additional_transaction_reseller", "3"});
       return line;
     }},
    {"partner on record known", CartInvalidInput, MpnIdNotFound,
     [](Shop& shop) {
       shop.sell_as_provider();
       PurchaseLine line = line_of(kMonthly);
       line.partner_on_record = "99";
       return line;
     }},
    {"partner on record not the provider", CartInvalidInput, IndirectProviderMpnIdNotValid,
     [](Shop& shop) {
       shop.sell_as_provider();
       PurchaseLine line = line_of(kMonthly);
       line.partner_on_record = "2";
       return line;
     }},
    {"partner on record a reseller", CartInvalidInput, MpnIdNotReseller,
     [](Shop& shop) {
       shop.sell_as_provider();
       PurchaseLine line = line_of(kMonthly);
       line.partner_on_record = "4";
       return line;
     }},
    {"partner on record a reseller", CartInvalidInput, MpnIdNotReseller,
     [](Shop&) {
       PurchaseLine line = line_of(kMonthly);
       line.partner_on_record = "3";
       return line;
     }},
    {"no Microsoft Azure offer beside a plan", CartLegacyOfferNotEligible, CatalogItemNotEligible,
     [](Shop& shop) {
       shop.own("plan", kAzurePlanItem);
       return line_of(std::string{kMicrosoftAzureOffer});
     }},
    {"no plan beside a Microsoft Azure offer", CartCatalogItemIdInvalid, CatalogItemNotEligible,
     [](Shop& shop) {
       shop.own("legacy", kMicrosoftAzureOffer);
       return line_of(std::string{kAzurePlanItem});
     }},
    {"one Azure plan", CartCatalogItemIdInvalid, CatalogItemNotEligible,
     [](Shop& shop) {
       shop.own("plan", kAzurePlanItem);
       return line_of(std::string{kAzurePlanItem});
     }},
    {"sold in the market", CartCatalogItemIdInvalid, OfferNotAvailableInCountry,
     [](Shop& shop) {
       shop.customer.market = "BR";
       return under_plan(shop);
     }},
    {"sold in the market", CartCatalogItemIdInvalid, OfferNotAvailableInCountry,
     [](Shop& shop) {
       shop.customer.market = "QQ";
       return line_of(kMonthly);
     }},
    {"quantity within the SKU's range", CartInvalidInput, QuantityNotAvailable,
     [](Shop&) {
       PurchaseLine line = line_of(kSoftware);
       line.quantity = 101;
       return line;
     }},
    {"quantity within the SKU's range", CartInvalidInput, QuantityNotAvailable,
     [](Shop&) {
       PurchaseLine line = line_of(kMonthly);
       line.quantity = 0;
       return line;
     }},
    {"billing cycle supported", CartBillingPlanNotSupported, InvalidRequestInput,
     [](Shop&) {
       PurchaseLine line = line_of(kMonthly);
       line.billing_cycle = "annual";
       return line;
     }},
    {"term of the SKU", CartInvalidInput, InvalidRequestInput,
     [](Shop& shop) {
       PurchaseLine line = under_plan(shop);
       line.provisioning.duration = "3Years";
       return line;
     }},
    {"currency of the market", CartCurrencyNotSupported, OrderCurrencyNotSupported,
     [](Shop&) {
       PurchaseLine line = line_of(kMonthly);
       line.currency_code = "USD";
       return line;
     }},
    {"parent subscription valid", CartSubscriptionInvalid, InvalidSubscription,
     [](Shop&) {
       PurchaseLine line = line_of(kAddon);
       line.provisioning.parent_subscription_id = "none";
       return line;
     }},
    {"parent subscription valid", CartSubscriptionInvalid, InvalidSubscription,
     [](Shop& shop) {
       shop.own("base", kBase);
       shop.world.subscriptions.edit("base")->status = SubscriptionStatus::Deleted;
       PurchaseLine line = line_of(kAddon);
       line.provisioning.parent_subscription_id = "base";
       return line;
     }},
    {"add-on of its parent", CartInvalidInput, AddOnNotRelatedToParent,
     [](Shop&) { return line_of(kAddon); }},
    {"add-on of its parent", CartInvalidInput, AddOnNotRelatedToParent,
     [](Shop& shop) {
       shop.own("plan", kAzurePlanItem);
       PurchaseLine line = line_of(kAddon);
       line.provisioning.parent_subscription_id = "plan";
       return line;
     }},
    {"plan id given", CartSubscriptionNotEnabledForReservations, AzurePlanIdMissing,
     [](Shop&) { return line_of(kUnderPlan); }},
    {"plan known", CartSubscriptionNotEnabledForReservations, AzurePlanNotFound,
     [](Shop& shop) { return shop.reservation(); }},
    {"subscription known", CartSubscriptionNotEnabledForReservations, InvalidAzureSubscription,
     [](Shop& shop) { return shop.reservation(kUnderMicrosoftAzure, "none"); }},
    {"subscription is an Azure one", CartSubscriptionNotEnabledForReservations,
     InvalidAzureSubscription,
     [](Shop& shop) {
       shop.own("seats", kMonthly);
       return shop.reservation(kUnderPlan, "seats");
     }},
    {"availability matches the subscription", CartCatalogItemIdInvalid, CatalogItemNotEligible,
     [](Shop& shop) {
       shop.own("legacy", kMicrosoftAzureOffer);
       return shop.reservation(kUnderPlan, "legacy");
     }},
    {"subscription not deleted to pay", CartSubscriptionInvalid, InvalidSubscription,
     [](Shop& shop) {
       PurchaseLine line = under_plan(shop);
       shop.world.subscriptions.edit("plan")->status = SubscriptionStatus::Deleted;
       return line;
     }},
    {"subscription not for shared services", CartSubscriptionNotEnabledForReservations,
     SubscriptionNotEnabledForReservations,
     [](Shop& shop) {
       PurchaseLine line = under_microsoft_azure(shop);
       shop.world.subscriptions.edit("legacy")->partner_shared_services = true;
       return line;
     }},
    {"subscription active", CartSubscriptionNotEnabledForReservations, SubscriptionNotActive,
     [](Shop& shop) {
       PurchaseLine line = under_plan(shop);
       shop.world.subscriptions.edit("plan")->status = SubscriptionStatus::Suspended;
       return line;
     }},
    {"subscription registered", CartSubscriptionNotRegistered, SubscriptionNotRegistered,
     [](Shop& shop) {
       shop.own("plan", kAzurePlanItem, false);
       return shop.reservation();
     }},
    {"plan has an active Azure subscription", CartSubscriptionNotEnabledForReservations,
     AzurePlanNotFound,
     [](Shop& shop) {
       PurchaseLine line = under_plan(shop);
       shop.world.azure_subscriptions.edit("plan-azure")->active = false;
       return line;
     }},
    {"scope supported", CartInvalidInput, ScopeNotSupported,
     [](Shop& shop) {
       PurchaseLine line = under_plan(shop);
       line.provisioning.scope = "single";
       return line;
     }},
    {"scope supported", CartInvalidInput, ScopeNotSupported,
     [](Shop& shop) {
       PurchaseLine line = under_microsoft_azure(shop);
       line.provisioning.scope.clear();
       return line;
     }},
    {"single scope names its Azure subscription", CartInvalidInput,
     ProvisioningEntitlementIdMissing,
     [](Shop& shop) {
       EXPECT_TRUE(shop.switches.choose("plan-scope", "allowed"));
       PurchaseLine line = under_plan(shop);
       line.provisioning.scope = "single";
       return line;
     }},
    {"Azure subscription active", CartInvalidInput, EntitlementSubscriptionNotActive,
     [](Shop& shop) {
       PurchaseLine line = under_plan(shop);
       shop.world.azure_subscriptions.put("closed", {"closed", "c1", "plan", "", false});
       line.provisioning.entitlement_id = "closed";
       return line;
     }},
    {"Azure subscription of the plan", CartInvalidInput, ProductNotEligibleForSubscription,
     [](Shop& shop) {
       PurchaseLine line = under_plan(shop);
       line.provisioning.entitlement_id = "none";
       return line;
     }},
    {"inventory available", CartInventoryNotAvailable, InventoryNotAvailable,
     [](Shop& shop) {
       shop.own("plan", kAzurePlanItem);
       return shop.reservation(kRestricted);
     }},
    {"vCPU quota of the subscription", CartQuotaNotAvailable, QuantityNotAvailable,
     [](Shop& shop) {
       PurchaseLine line = under_microsoft_azure(shop);
       line.provisioning.scope = "single";
       line.quantity = 3;
       return line;
     }},
};

TEST(PurchaseRules, EachIsBrokenByItsCases) {
  std::set<std::string_view> covered;
  for (const Case& one : kCases) {
    SCOPED_TRACE(one.rule);
    Shop shop;
    const std::vector<PurchaseLine> lines{one.arrange(shop)};
    const PurchaseRule* rule = broken_rule(shop.scene(), lines, 0);
    ASSERT_NE(rule, nullptr);
    EXPECT_EQ(rule->name, one.rule);
    EXPECT_EQ(line_error_of(*rule, shop.switches), one.line_error);
    const auto error = lines_error(shop.scene(), lines);
    ASSERT_TRUE(error);
    EXPECT_EQ(error->code, one.order_error);
    covered.insert(rule->name);
  }
  for (const PurchaseRule& rule : purchase_rules()) {
    EXPECT_TRUE(covered.contains(rule.name)) << "no case breaks: " << rule.name;
  }
}

TEST(PurchaseRules, GoodLinesBreakNone) {
  PurchaseLine (*const good[])(Shop&) = {
      [](Shop&) { return line_of(std::string{kAzurePlanItem}); },
      [](Shop&) { return line_of(std::string{kMicrosoftAzureOffer}); },
      [](Shop&) { return line_of(kMonthly); },
      under_plan,
      under_microsoft_azure,
      [](Shop& shop) {
        PurchaseLine line = under_plan(shop);
        line.provisioning.duration = "1year";
        line.provisioning.entitlement_id = "plan-azure";
        return line;
      },
      [](Shop& shop) {
        PurchaseLine line = under_microsoft_azure(shop);
        line.provisioning.scope = "Single";
        line.quantity = 2;
        return line;
      },
      [](Shop& shop) {
        shop.own("base", kBase);
        PurchaseLine line = line_of(kAddon);
        line.provisioning.parent_subscription_id = "BASE";
        return line;
      },
      [](Shop& shop) {
        shop.sell_as_provider();
        PurchaseLine line = line_of(kMonthly);
        line.participants = {{"transaction_reseller", "3"},
                             {"additional_transaction_reseller", "5"}};
        line.partner_on_record = "3";
        return line;
      },
      [](Shop& shop) {
        EXPECT_TRUE(shop.switches.choose("plan-scope", "allowed"));
        PurchaseLine line = under_plan(shop);
        line.provisioning.scope = "single";
        line.provisioning.entitlement_id = "plan-azure";
        return line;
      },
      [](Shop& shop) {
        EXPECT_TRUE(shop.switches.choose("plan-scope", "coerced"));
        PurchaseLine line = under_plan(shop);
        line.provisioning.scope = "single";
        line.quantity = 100;
        return line;
      },
      [](Shop& shop) {
        EXPECT_TRUE(shop.switches.choose("reservation-markets", "user-docs-2023"));
        shop.customer.market = "BR";
        return under_plan(shop);
      },
  };
  for (const auto& arrange : good) {
    Shop shop;
    const std::vector<PurchaseLine> lines{arrange(shop)};
    const PurchaseRule* rule = broken_rule(shop.scene(), lines, 0);
    EXPECT_EQ(rule, nullptr) << lines[0].catalog_item_id << ": " << rule->name;
    EXPECT_TRUE(check_order(shop.scene(), lines, true));
  }
}

TEST(PurchaseRules, OnePlanPerResellerOfAnIndirectProvider) {
  Shop shop;
  shop.sell_as_provider();
  shop.own("plan", kAzurePlanItem);
  shop.world.subscriptions.edit("plan")->partner_id = "3";
  PurchaseLine plan = line_of(std::string{kAzurePlanItem});
  plan.partner_on_record = "3";
  EXPECT_TRUE(lines_error(shop.scene(), {plan}));
  plan.partner_on_record = "5";
  EXPECT_FALSE(lines_error(shop.scene(), {plan}));
  EXPECT_TRUE(lines_error(shop.scene(), {plan, plan})) << "twice in one order";
}

TEST(PurchaseRules, SwitchesChooseTheError) {
  Shop shop;
  EXPECT_TRUE(shop.switches.choose("azure-conflict", "2085"));
  EXPECT_TRUE(shop.switches.choose("unregistered-subscription", "10008"));
  shop.own("plan", kAzurePlanItem, false);
  for (const std::string_view item : {kAzurePlanItem, kMicrosoftAzureOffer}) {
    const auto error = lines_error(shop.scene(), {line_of(std::string{item})});
    ASSERT_TRUE(error);
    EXPECT_EQ(error->code, OfferNotEligible) << item;
  }
  const PurchaseRule* rule = broken_rule(shop.scene(), {shop.reservation()}, 0);
  ASSERT_NE(rule, nullptr);
  EXPECT_EQ(line_error_of(*rule, shop.switches), CartSubscriptionNotEnabledForReservations);
  EXPECT_EQ(order_error_of(*rule, shop.switches), SubscriptionNotRegistered);
}

TEST(PurchaseRules, TheScopeRefusedIsNamed) {
  Shop shop;
  PurchaseLine line = under_plan(shop);
  line.provisioning.scope = "moon";
  const auto error = lines_error(shop.scene(), {line});
  ASSERT_TRUE(error);
  EXPECT_EQ(error->arguments, std::vector<std::string>{"moon"});
}

TEST(PurchaseRules, LegacyAndModernOffersShareNoOrder) {
  Shop shop;
  const auto error = lines_error(shop.scene(), {line_of(kBase), line_of(kMonthly)});
  ASSERT_TRUE(error);
  EXPECT_EQ(error->code, InvalidRequestInput);
}

TEST(PurchaseRules, LeaveATrace) {
  Shop shop;
  Trace trace;
  shop.env.trace = &trace;
  static_cast<void>(lines_error(shop.scene(), {under_plan(shop)}));
  EXPECT_EQ(trace.rules.size(), purchase_rules().size() + offer_rules().size());
  EXPECT_FALSE(trace.values.empty());
}

/// What a whole order may break.
TEST(OrderRules, AgreementAttestationRegionAndReseller) {
  Shop shop;
  const std::vector<PurchaseLine> plan{line_of(std::string{kAzurePlanItem})};
  const std::vector<PurchaseLine> seats{line_of(kMonthly)};
  const auto error = [&](const std::vector<PurchaseLine>& lines, std::optional<bool> attested) {
    const auto done = check_order(shop.scene(), lines, attested);
    return done ? std::optional<ErrorCode>{} : std::optional{done.error().code};
  };
  shop.customer.direct_signed = false;
  EXPECT_EQ(error(plan, {}), AgreementNotAccepted);
  EXPECT_EQ(error(seats, {}), AgreementNotAccepted);
  EXPECT_TRUE(shop.switches.choose("agreement-gate", "azure-plan"));
  EXPECT_EQ(error(plan, {}), AgreementNotAccepted);
  EXPECT_EQ(error(seats, {}), std::nullopt);

  shop.sell_as_provider();
  EXPECT_EQ(error(plan, {}), PartnerAttestationMissing);
  EXPECT_EQ(error(plan, false), PartnerAttestationMissing);
  EXPECT_EQ(error(plan, true), std::nullopt);
  EXPECT_TRUE(shop.switches.choose("partner-attestation", "ignored"));
  EXPECT_EQ(error(plan, {}), std::nullopt);

  shop.customer.market = "US";
  EXPECT_EQ(error(plan, {}), std::nullopt);
  EXPECT_TRUE(shop.switches.choose("csp-region", "enforced"));
  EXPECT_EQ(error(plan, {}), PartnerNotOnboardedInCountry);
  shop.seller = "reseller";
  EXPECT_EQ(error(plan, {}), PartnerNotValidForOffer);
}

}  // namespace
}  // namespace pcsim::testing_shop
