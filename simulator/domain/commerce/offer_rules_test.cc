#include <gtest/gtest.h>

#include <set>
#include <string>
#include <utility>

#include "domain/commerce/commerce_testing.h"
#include "domain/commerce/lifecycle.h"

namespace pcsim::testing_shop {
namespace {

using enum ErrorCode;

PurchaseLine line_of(std::string item, std::int64_t quantity = 1) {
  PurchaseLine out;
  out.catalog_item_id = std::move(item);
  out.quantity = quantity;
  return out;
}

/// A world and a line that break one rule, and one change that heals the line.
struct Case {
  const char* rule;
  ErrorCode line_error, order_error;
  PurchaseLine (*arrange)(Shop& shop);
};

void upgrade(Shop& shop, Instant begins, Instant completes, std::string failure) {
  shop.world.upgrades.put("u", {"u", "c1", 1, begins, completes, std::move(failure), {}});
}

void hold(Shop& shop, const TransactionHold& row) { shop.world.holds.put(hold_key(row), row); }

template <HoldReason Reason>
PurchaseLine held(Shop& shop) {
  hold(shop, {"c1", kMonthly, Reason});
  return line_of(kMonthly);
}

void into_sandbox(Shop& shop) { shop.world.partners.edit("direct")->sandbox = true; }

PurchaseLine seats_until(const char* end) {
  PurchaseLine line = line_of(kSeats);
  line.custom_term_end = end;
  return line;
}

PurchaseLine addon_for(Shop& shop, std::int64_t quantity, std::int64_t base) {
  shop.own("seats", kSeats);
  shop.world.subscriptions.edit("seats")->quantity = base;
  PurchaseLine line = line_of(kSeatAddon, quantity);
  line.provisioning.parent_subscription_id = "seats";
  return line;
}

const Case kCases[] = {
    {"no upgrade pending", CartLineItemNotProcessable, PurchaseBlockedUpgradePending,
     [](Shop& shop) {
       upgrade(shop, 1000, 2000, "");
       return line_of(kMonthly);
     }},
    {"no upgrade in progress", CartLineItemNotProcessable, PurchaseBlockedUpgradeInProgress,
     [](Shop& shop) {
       upgrade(shop, 10, 2000, "");
       return line_of(kMonthly);
     }},
    {"no failed upgrade", CartLineItemNotProcessable, PurchaseBlockedUpgradeFailed,
     [](Shop& shop) {
       upgrade(shop, 10, 20, "why");
       return line_of(kMonthly);
     }},
    {"offer on sale", CartLineItemNotProcessable, OfferNoLongerAvailable,
     [](Shop& shop) {
       shop.world.offers.put("s@", {"s", "", true});
       return line_of(kMonthly);
     }},
    {"stock left", CartInventoryNotAvailable, InventoryNotAvailable,
     [](Shop& shop) {
       shop.world.offers.put("w@", {"w", "", false, 2});
       return line_of(kSoftware, 3);
     }},
    {"not ordered a moment ago", CartLineItemNotProcessable, OrderInProgress,
     [](Shop& shop) {
       Order order;
       order.id = "o";
       order.customer_id = "c1";
       order.completes = 10 * kDay;
       order.lines.push_back({});
       order.lines[0].offer_id = kMonthly;
       shop.world.orders.put("o", std::move(order));
       return line_of(kMonthly);
     }},
    {"attested what it asks", CartAttestationNotAccepted, CatalogItemAttestationRequired,
     [](Shop&) { return line_of(kAttested); }},
    {"promotion of the item", CartInvalidPromotionId, InvalidPromotionCode,
     [](Shop&) {
       PurchaseLine line = line_of(kSeats);
       line.promotion_id = "none";
       return line;
     }},
    {"one trial each", CartInvalidInput, OfferUseLimitExceeded,
     [](Shop& shop) {
       shop.own("trial", kTrial);
       return line_of(kTrial);
     }},
    {"seats of an add-on", CartMinimumAddOnSeatsNotMet, LineItemQuantityOutOfRange,
     [](Shop& shop) { return addon_for(shop, 4, 10); }},
    {"seats of what is extended", CartBaseOfferSeatQuantityNotMet, QuantityNotAvailable,
     [](Shop& shop) { return addon_for(shop, 5, 9); }},
    {"seats allowed", CartMaxSeatsExceeded, LineItemQuantityOutOfRange,
     [](Shop&) { return line_of(kMonthly, 101); }},
    {"custom end for seats only", CartInvalidCustomTermEndDateProduct, InvalidRequestInput,
     [](Shop&) {
       PurchaseLine line = line_of(kSoftware);
       line.custom_term_end = "1970-01-31";
       return line;
     }},
    {"custom end fits", CartInvalidCustomTermEndDate, CustomTermEndDateLineItemMismatch,
     [](Shop&) { return seats_until("soon"); }},
    {"custom end fits", CartInvalidCustomTermEndDate, CustomTermEndDateLineItemMismatch,
     [](Shop&) { return seats_until("1970-03-15"); }},
    {"custom end fits", CartInvalidCustomTermEndDate, CustomTermEndDateLineItemMismatch,
     [](Shop&) { return seats_until("1971-03-31"); }},
    {"metered service under a plan", CartSubscriptionInvalid, SaasRequiresAzurePlan,
     [](Shop&) { return line_of(kMetered); }},
    {"metered service names its plan", CartSubscriptionInvalid, SaasAzurePlanNotFound,
     [](Shop& shop) {
       shop.own("plan", kAzurePlanItem);
       return line_of(kMetered);
     }},
    {"eligible without support", CartLineItemNotProcessable, TransactionEligibilityContactSupport,
     held<HoldReason::ContactSupport>},
    {"partner eligible", CartLineItemNotProcessable, TransactionNotEligible,
     held<HoldReason::PartnerNotEligible>},
    {"credit line reaches", CartLineItemNotProcessable, CreditLineBelowThreshold,
     held<HoldReason::CreditLine>},
    {"credit line grants", CartLineItemNotProcessable, CreditLineBelowThresholdForbidden,
     held<HoldReason::CreditLineRefused>},
    {"customer eligible", CartLineItemNotProcessable, TransactionNotEligibleForCustomer,
     held<HoldReason::CustomerNotEligible>},
    {"order eligible", CartLineItemNotProcessable, TransactionNotEligibleForOrder,
     held<HoldReason::OrderNotEligible>},
    {"risk accepted", CartLineItemNotProcessable, RiskManagementCheckFailed,
     held<HoldReason::Risk>},
    {"tenant has its tags", CartLineItemNotProcessable, CustomerTenantTagsMissing,
     held<HoldReason::TagsMissing>},
    {"credit suffices", CartLineItemNotProcessable, InsufficientCreditLimit,
     held<HoldReason::CreditLimit>},
    {"subscriptions within the limit", CartLineItemNotProcessable,
     CustomerSubscriptionLimitExceeded, held<HoldReason::SubscriptionLimit>},
    {"sandbox's plans", CartSandboxLimitExceeded, SandboxAzurePlanLimit,
     [](Shop& shop) {
       into_sandbox(shop);
       Customer other = shop.customer;
       other.id = "c9";
       shop.world.customers.put("c9", std::move(other));
       for (int n = 0; n < 10; ++n) {
         shop.own("plan" + std::to_string(n), kAzurePlanItem);
         shop.world.subscriptions.edit("plan" + std::to_string(n))->customer_id = "c9";
       }
       return line_of(std::string{kAzurePlanItem});
     }},
    {"sandbox's Azure subscriptions", CartSandboxLimitExceeded,
     MaxAzureSubscriptionsPerPartnerExceeded,
     [](Shop& shop) {
       into_sandbox(shop);
       for (int n = 0; n < 10; ++n) {
         shop.own("azure" + std::to_string(n), kMicrosoftAzureOffer);
       }
       return line_of(std::string{kMicrosoftAzureOffer});
     }},
    {"sandbox's reservations", CartSandboxLimitExceeded, SandboxLimitMet,
     [](Shop& shop) {
       into_sandbox(shop);
       shop.own("plan", kAzurePlanItem);
       return shop.reservation();
     }},
    {"sandbox's instances", CartSandboxLimitExceeded, RemainingAssetLimitExceeded,
     [](Shop& shop) {
       into_sandbox(shop);
       shop.own("plan", kAzurePlanItem);
       PurchaseLine line = shop.reservation(kSandboxSize);
       line.quantity = 3;
       return line;
     }},
    {"sandbox's seats of a subscription", CartSandboxLimitExceeded, MaxSeatsPerSubscriptionExceeded,
     [](Shop& shop) {
       into_sandbox(shop);
       return line_of(kMonthly, 26);
     }},
    {"sandbox's seats of an item", CartSandboxLimitExceeded, RemainingSeatLimitExceeded,
     [](Shop& shop) {
       into_sandbox(shop);
       shop.own("seats", kMonthly);
       shop.world.subscriptions.edit("seats")->quantity = 20;
       return line_of(kMonthly, 6);
     }},
    {"sandbox's subscriptions", CartSandboxLimitExceeded, MaxSubscriptionsPerCustomerExceeded,
     [](Shop& shop) {
       into_sandbox(shop);
       for (int n = 0; n < 5; ++n) {
         shop.own("base" + std::to_string(n), kBase);
       }
       return line_of(kMonthly);
     }},
};

TEST(OfferRules, EachIsBrokenByItsCases) {
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
  for (const PurchaseRule& rule : offer_rules()) {
    EXPECT_TRUE(covered.contains(rule.name)) << "no case breaks: " << rule.name;
  }
}

TEST(OfferRules, GoodLinesBreakNone) {
  PurchaseLine (*const good[])(Shop&) = {
      [](Shop& shop) {
        upgrade(shop, 10, 20, "");
        return line_of(kMonthly);
      },
      [](Shop& shop) {
        shop.world.offers.put("s@US", {"s", "US", true});
        shop.world.offers.put("w@", {"w", "", false, 2});
        return line_of(kSoftware, 2);
      },
      [](Shop&) {
        PurchaseLine line = line_of(kAttested);
        line.attested = true;
        return line;
      },
      [](Shop&) {
        PurchaseLine line = seats_until("1970-03-31T00:00:00Z");
        line.promotion_id = "promo";
        return line;
      },
      [](Shop& shop) { return addon_for(shop, 5, 10); },
      [](Shop& shop) {
        shop.own("plan", kAzurePlanItem);
        PurchaseLine line = line_of(kMetered);
        line.provisioning.subscription_id = "plan";
        return line;
      },
      [](Shop& shop) {
        hold(shop, {"c1", kSoftware, HoldReason::Risk});
        hold(shop, {"c2", "", HoldReason::Risk});
        return line_of(kMonthly);
      },
      [](Shop& shop) {
        into_sandbox(shop);
        shop.own("plan", kAzurePlanItem);
        PurchaseLine line = shop.reservation(kSandboxSize);
        line.quantity = 2;
        return line;
      },
      [](Shop&) { return line_of(kTrial); },
  };
  for (const auto& arrange : good) {
    Shop shop;
    const std::vector<PurchaseLine> lines{arrange(shop)};
    const PurchaseRule* rule = broken_rule(shop.scene(), lines, 0);
    EXPECT_EQ(rule, nullptr) << lines[0].catalog_item_id << ": " << rule->name;
  }
}

}  // namespace
}  // namespace pcsim::testing_shop
