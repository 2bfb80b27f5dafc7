#include <algorithm>
#include <array>

#include "domain/commerce/order_update.h"

namespace pcsim {
namespace {

using enum ErrorCode;
using Texts = std::vector<std::string>;

constexpr Instant kSandboxDays = 60;
constexpr Instant kSoftwareDays = 30;

bool software(const CancelFacts& facts) {
  return facts.provision == Provision::Software ||
         facts.provision == Provision::SoftwareSubscription;
}

bool marketplace(const CancelFacts& facts) {
  return facts.provision == Provision::Licences && !facts.microsoft;
}

bool by_subscription(const CancelFacts& facts) {
  return facts.provision == Provision::AzurePlan || facts.provision == Provision::MicrosoftAzure ||
         (facts.provision == Provision::Licences && facts.microsoft);
}

constexpr std::string_view kTable = "Partner Center: cancel an order from the integration sandbox";
constexpr std::string_view kSoftware = "Partner Center: cancel software purchases";
constexpr std::string_view kCycle = "Partner Center: change the billing cycle";

constexpr std::array kCancelRules{
    CancelRule{"no cancellation under way", OrderAdjustmentPending,
               [](const CancelFacts& facts) {
                 return facts.order.adjusting_until && facts.now < *facts.order.adjusting_until;
               },
               "Partner Center: error codes"},
    CancelRule{"line not cancelled before", OrderNotCancellable,
               [](const CancelFacts& facts) { return facts.line.quantity == 0; }, kSoftware},
    CancelRule{"marketplace services by their subscription", SeatBasedSaasCancelNotSupported,
               marketplace, kTable},
    CancelRule{"seats and plans by their subscription", OrderCancelRequiresSubscriptionPatch,
               by_subscription, kTable,
               [](const CancelFacts& facts) {
                 return Texts{facts.order.id, facts.order.customer_id};
               }},
    CancelRule{"reservations in the sandbox only", NonSandboxCancelNotAllowed,
               [](const CancelFacts& facts) {
                 return facts.provision == Provision::Reservation &&
                        !(facts.sandbox && facts.sandbox_reservations);
               },
               kTable},
    CancelRule{"young order of the sandbox", OrderNotCancellable,
               [](const CancelFacts& facts) {
                 return facts.sandbox && facts.now > facts.order.created + kSandboxDays * kDay;
               },
               kTable},
    CancelRule{"software within its window", CancellationWindowDaysPassed,
               [](const CancelFacts& facts) {
                 return !facts.sandbox && software(facts) &&
                        facts.now > facts.order.created + kSoftwareDays * kDay;
               },
               kSoftware, [](const CancelFacts&) { return Texts{std::to_string(kSoftwareDays)}; }},
};

constexpr std::array kCycleRules{
    CycleRule{"order of legacy offers", NotSupported,
              [](const CycleFacts& facts) { return !legacy_order(facts.order); }, kCycle},
    CycleRule{"subscriptions active to change the cycle", BillingCycleInactiveSubscriptions,
              [](const CycleFacts& facts) {
                return facts.subscription.status != SubscriptionStatus::Active;
              },
              kCycle},
    CycleRule{"cycle of every offer", BillingCycleOfferNotSupported,
              [](const CycleFacts& facts) {
                if (facts.item.sku == nullptr) {
                  return true;
                }
                const auto& cycles = facts.item.sku->billing_cycles;
                return std::find(cycles.begin(), cycles.end(), facts.wanted) == cycles.end();
              },
              kCycle},
    CycleRule{"subscriptions synchronised", BillingCycleSyncNotCompleted,
              [](const CycleFacts& facts) { return !facts.subscription.sync_complete; },
              "Partner Center: error codes"},
    CycleRule{"subscriptions have an account", BillingCycleNoMintAccount,
              [](const CycleFacts& facts) { return !facts.subscription.mint_account; },
              "Partner Center: error codes"},
    CycleRule{"subscriptions billed as the order", BillingCycleOrderMismatch,
              [](const CycleFacts& facts) {
                return facts.subscription.billing_cycle != facts.order.billing_cycle;
              },
              "Partner Center: error codes"},
};

}  // namespace

std::span<const CancelRule> cancel_rules() { return kCancelRules; }
std::span<const CycleRule> cycle_rules() { return kCycleRules; }

}  // namespace pcsim
