// What Microsoft, the seats and the sandbox make of a purchase whose line is well-formed.
#include <algorithm>
#include <array>

#include "domain/calendar.h"
#include "domain/commerce/purchase.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using enum ErrorCode;
using Facts = PurchaseFacts;
using Texts = std::vector<std::string>;

constexpr std::size_t kSandboxSubscriptions = 5;
constexpr std::size_t kSandboxPlans = 10;
constexpr std::size_t kSandboxAzure = 10;
constexpr std::int64_t kSandboxSeats = 25;
constexpr std::int64_t kSandboxReservations = 2;

bool of(const Facts& facts, Provision provision) {
  return facts.item.product->provision() == provision;
}
bool seats(const Facts& facts) { return of(facts, Provision::Licences); }
bool reservation(const Facts& facts) { return of(facts, Provision::Reservation); }
bool addon(const Facts& facts) { return !facts.item.product->addon_of.empty(); }
bool new_commerce(const Facts& facts) {
  return seats(facts) && facts.item.product->microsoft &&
         !is_legacy_offer(facts.line.catalog_item_id);
}

template <UpgradeState State>
bool upgrade_is(const Facts& facts) {
  return facts.upgrade != nullptr && state_of(*facts.upgrade, facts.now) == State;
}
Texts upgrade_id(const Facts& facts) { return {facts.upgrade->id}; }

template <HoldReason Reason>
bool held(const Facts& facts) {
  return facts.hold == Reason;
}

Texts item_of(const Facts& facts) { return {facts.line.catalog_item_id}; }

bool custom_end_wrong(const Facts& facts) {
  if (facts.line.custom_term_end.empty()) {
    return false;
  }
  const auto end = parse_date(facts.line.custom_term_end);
  const std::string term =
      facts.line.term_duration.empty() ? facts.item.sku->term : facts.line.term_duration;
  return !end || *end <= facts.now || *end > add_months(facts.now, months_of_term(term)) ||
         !facts.custom_end_shared;
}

bool promotion_unknown(const Facts& facts) {
  const auto& known = facts.item.sku->promotions;
  return !facts.line.promotion_id.empty() &&
         std::none_of(known.begin(), known.end(), [&](const std::string& one) {
           return equal_ignoring_case(one, facts.line.promotion_id);
         });
}

bool plan_needed(const Facts& facts) { return facts.item.sku->needs_azure_plan; }

// ---- The sandbox ----

bool other_size(const Facts& facts) {
  constexpr std::array<std::string_view, 5> kRegions{"koreasouth", "eastus", "westus2",
                                                     "northcentralus", "canadaeast"};
  const Sku& sku = *facts.item.sku;
  return sku.arm_sku_name != "Standard_B1s" || sku.term != "P1Y" ||
         std::find(kRegions.begin(), kRegions.end(), sku.arm_region) == kRegions.end();
}

std::int64_t left(std::int64_t limit, const Facts& facts) {
  return std::max<std::int64_t>(0, limit - facts.units_owned);
}

constexpr std::string_view kErrors = "Partner Center: error codes";
constexpr std::string_view kCart = "Partner Center: cart resources";
constexpr std::string_view kSandbox = "Partner Center: test and debug";
constexpr std::string_view kUpgrade = "Partner Center: create a product upgrade";

constexpr std::array kRules{
    PurchaseRule{"no upgrade pending", CartLineItemNotProcessable, PurchaseBlockedUpgradePending,
                 upgrade_is<UpgradeState::Pending>, kUpgrade, std::nullopt, upgrade_id},
    PurchaseRule{"no upgrade in progress", CartLineItemNotProcessable,
                 PurchaseBlockedUpgradeInProgress, upgrade_is<UpgradeState::InProgress>, kUpgrade,
                 std::nullopt, upgrade_id},
    PurchaseRule{"no failed upgrade", CartLineItemNotProcessable, PurchaseBlockedUpgradeFailed,
                 upgrade_is<UpgradeState::Failed>, kUpgrade, std::nullopt, upgrade_id},
    PurchaseRule{
        "offer on sale", CartLineItemNotProcessable, OfferNoLongerAvailable,
        [](const Facts& facts) { return facts.offer != nullptr && facts.offer->withdrawn; },
        kErrors},
    PurchaseRule{"stock left", CartInventoryNotAvailable, InventoryNotAvailable,
                 [](const Facts& facts) {
                   return facts.offer != nullptr && facts.offer->stock &&
                          *facts.offer->stock < facts.line.quantity;
                 },
                 "Partner Center: check inventory"},
    PurchaseRule{"not ordered a moment ago", CartLineItemNotProcessable, OrderInProgress,
                 [](const Facts& facts) { return facts.in_progress; }, kErrors},
    PurchaseRule{"attested what it asks", CartAttestationNotAccepted,
                 CatalogItemAttestationRequired,
                 [](const Facts& facts) {
                   return !facts.item.sku->attestation.empty() && !facts.line.attested;
                 },
                 kCart, std::nullopt, item_of},
    PurchaseRule{"promotion of the item", CartInvalidPromotionId, InvalidPromotionCode,
                 promotion_unknown, kCart},
    PurchaseRule{"one trial each", CartInvalidInput, OfferUseLimitExceeded,
                 [](const Facts& facts) { return facts.trial_used; }, kErrors},
    PurchaseRule{"seats of an add-on", CartMinimumAddOnSeatsNotMet, LineItemQuantityOutOfRange,
                 [](const Facts& facts) {
                   return addon(facts) && facts.line.quantity < facts.item.sku->minimum_quantity;
                 },
                 kCart, std::nullopt, item_of},
    PurchaseRule{"seats of what is extended", CartBaseOfferSeatQuantityNotMet, QuantityNotAvailable,
                 [](const Facts& facts) {
                   return addon(facts) &&
                          facts.base_quantity < facts.item.sku->minimum_base_quantity;
                 },
                 kCart},
    PurchaseRule{"seats allowed", CartMaxSeatsExceeded, LineItemQuantityOutOfRange,
                 [](const Facts& facts) {
                   return seats(facts) && facts.line.quantity > facts.item.sku->maximum_quantity;
                 },
                 kCart, std::nullopt, item_of},
    PurchaseRule{"custom end for seats only", CartInvalidCustomTermEndDateProduct,
                 InvalidRequestInput,
                 [](const Facts& facts) {
                   return !facts.line.custom_term_end.empty() && !new_commerce(facts);
                 },
                 kCart},
    PurchaseRule{"custom end fits", CartInvalidCustomTermEndDate, CustomTermEndDateLineItemMismatch,
                 custom_end_wrong, kCart},
    PurchaseRule{"metered service under a plan", CartSubscriptionInvalid, SaasRequiresAzurePlan,
                 [](const Facts& facts) { return plan_needed(facts) && !facts.owns_plan; },
                 kErrors},
    PurchaseRule{"metered service names its plan", CartSubscriptionInvalid, SaasAzurePlanNotFound,
                 [](const Facts& facts) {
                   return plan_needed(facts) &&
                          (facts.subscription == nullptr || !facts.subscription->azure_plan ||
                           !facts.plan_has_active_azure);
                 },
                 kErrors},
    PurchaseRule{"eligible without support", CartLineItemNotProcessable,
                 TransactionEligibilityContactSupport, held<HoldReason::ContactSupport>, kErrors},
    PurchaseRule{"partner eligible", CartLineItemNotProcessable, TransactionNotEligible,
                 held<HoldReason::PartnerNotEligible>, kErrors},
    PurchaseRule{"credit line reaches", CartLineItemNotProcessable, CreditLineBelowThreshold,
                 held<HoldReason::CreditLine>, kErrors},
    PurchaseRule{"credit line grants", CartLineItemNotProcessable,
                 CreditLineBelowThresholdForbidden, held<HoldReason::CreditLineRefused>, kErrors},
    PurchaseRule{"customer eligible", CartLineItemNotProcessable, TransactionNotEligibleForCustomer,
                 held<HoldReason::CustomerNotEligible>, kErrors},
    PurchaseRule{"order eligible", CartLineItemNotProcessable, TransactionNotEligibleForOrder,
                 held<HoldReason::OrderNotEligible>, kErrors},
    PurchaseRule{"risk accepted", CartLineItemNotProcessable, RiskManagementCheckFailed,
                 held<HoldReason::Risk>, kErrors},
    PurchaseRule{"tenant has its tags", CartLineItemNotProcessable, CustomerTenantTagsMissing,
                 held<HoldReason::TagsMissing>, kErrors},
    PurchaseRule{"credit suffices", CartLineItemNotProcessable, InsufficientCreditLimit,
                 held<HoldReason::CreditLimit>, kErrors},
    PurchaseRule{"subscriptions within the limit", CartLineItemNotProcessable,
                 CustomerSubscriptionLimitExceeded, held<HoldReason::SubscriptionLimit>, kErrors},
    PurchaseRule{"sandbox's plans", CartSandboxLimitExceeded, SandboxAzurePlanLimit,
                 [](const Facts& facts) {
                   return facts.sandbox && of(facts, Provision::AzurePlan) &&
                          facts.plans_of_partner >= kSandboxPlans;
                 },
                 kSandbox},
    PurchaseRule{"sandbox's Azure subscriptions", CartSandboxLimitExceeded,
                 MaxAzureSubscriptionsPerPartnerExceeded,
                 [](const Facts& facts) {
                   return facts.sandbox && of(facts, Provision::MicrosoftAzure) &&
                          facts.azure_of_partner >= kSandboxAzure;
                 },
                 kSandbox},
    PurchaseRule{
        "sandbox's reservations", CartSandboxLimitExceeded, SandboxLimitMet,
        [](const Facts& facts) { return facts.sandbox && reservation(facts) && other_size(facts); },
        kSandbox},
    PurchaseRule{"sandbox's instances", CartSandboxLimitExceeded, RemainingAssetLimitExceeded,
                 [](const Facts& facts) {
                   return facts.sandbox && reservation(facts) &&
                          facts.line.quantity > left(kSandboxReservations, facts);
                 },
                 kSandbox, std::nullopt,
                 [](const Facts& facts) {
                   return Texts{std::to_string(facts.line.quantity),
                                std::to_string(left(kSandboxReservations, facts))};
                 }},
    PurchaseRule{"sandbox's seats of a subscription", CartSandboxLimitExceeded,
                 MaxSeatsPerSubscriptionExceeded,
                 [](const Facts& facts) {
                   return facts.sandbox && seats(facts) && facts.line.quantity > kSandboxSeats;
                 },
                 kSandbox},
    PurchaseRule{
        "sandbox's seats of an item", CartSandboxLimitExceeded, RemainingSeatLimitExceeded,
        [](const Facts& facts) {
          return facts.sandbox && seats(facts) && facts.line.quantity > left(kSandboxSeats, facts);
        },
        kSandbox, std::nullopt,
        [](const Facts& facts) {
          return Texts{std::to_string(facts.line.quantity),
                       std::to_string(left(kSandboxSeats, facts)), facts.line.catalog_item_id};
        }},
    PurchaseRule{"sandbox's subscriptions", CartSandboxLimitExceeded,
                 MaxSubscriptionsPerCustomerExceeded,
                 [](const Facts& facts) {
                   return facts.sandbox && facts.subscriptions_owned >= kSandboxSubscriptions &&
                          !reservation(facts);
                 },
                 kSandbox},
};

}  // namespace

std::span<const PurchaseRule> offer_rules() { return kRules; }

UpgradeState state_of(const ProductUpgrade& upgrade, Instant now) {
  if (now < upgrade.begins) {
    return UpgradeState::Pending;
  }
  if (now < upgrade.completes) {
    return UpgradeState::InProgress;
  }
  return upgrade.failure.empty() ? UpgradeState::Completed : UpgradeState::Failed;
}

const ProductUpgrade* latest_upgrade(const World& world, const std::string& customer_id) {
  const ProductUpgrade* latest = nullptr;
  for (const auto& [id, one] : world.upgrades) {
    if (one.customer_id == customer_id && (latest == nullptr || latest->created < one.created)) {
      latest = &one;
    }
  }
  return latest;
}

}  // namespace pcsim
