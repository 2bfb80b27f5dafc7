#include "domain/commerce/purchase.h"

#include <algorithm>
#include <array>

#include "domain/commerce/subscription.h"
#include "domain/rules.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

constexpr std::int64_t kSingleScopeCores = 10;

std::string plain(std::string_view text) {
  std::string out = lower(text);
  std::erase(out, '_');
  return out;
}

bool reservation(const PurchaseFacts& facts) {
  return facts.item.product != nullptr && facts.item.product->reservation();
}

bool for_plan(const PurchaseFacts& facts) {
  return facts.item.availability != nullptr &&
         facts.item.availability->scope == ReservationScope::AzurePlan;
}

bool single(const PurchaseFacts& facts) {
  return equal_ignoring_case(facts.line.provisioning.scope, "single");
}

bool availability_unknown(const PurchaseFacts& facts) {
  return facts.item.sku != nullptr && facts.item.availability == nullptr;
}

bool item_unknown(const PurchaseFacts& facts) { return facts.item.availability == nullptr; }

bool quantity_out_of_range(const PurchaseFacts& facts) {
  return facts.line.quantity < facts.item.sku->minimum_quantity ||
         facts.line.quantity > facts.item.sku->maximum_quantity;
}

bool billing_cycle_unsupported(const PurchaseFacts& facts) {
  const auto& cycles = facts.item.sku->billing_cycles;
  const std::string cycle = plain(facts.line.billing_cycle);
  return !cycle.empty() && cycle != "unknown" &&
         std::none_of(cycles.begin(), cycles.end(),
                      [&](const std::string& entry) { return plain(entry) == cycle; });
}

bool currency_unsupported(const PurchaseFacts& facts) {
  return !facts.line.currency_code.empty() && facts.market != nullptr &&
         !equal_ignoring_case(facts.line.currency_code, facts.market->currency);
}

bool legacy_beside_plan(const PurchaseFacts& facts) {
  return is_microsoft_azure(facts.line.catalog_item_id) &&
         (facts.owns_plan || facts.plan_in_basket);
}

bool plan_beside_legacy(const PurchaseFacts& facts) {
  return is_azure_plan(facts.line.catalog_item_id) && facts.owns_microsoft_azure;
}

bool market_unavailable(const PurchaseFacts& facts) {
  return reservation(facts) && (facts.market == nullptr || !facts.market->reservations);
}

bool plan_id_missing(const PurchaseFacts& facts) {
  return reservation(facts) && for_plan(facts) && facts.line.provisioning.subscription_id.empty();
}

bool plan_unknown(const PurchaseFacts& facts) {
  return reservation(facts) && for_plan(facts) && facts.subscription == nullptr;
}

bool subscription_unknown(const PurchaseFacts& facts) {
  return reservation(facts) && facts.subscription == nullptr;
}

bool wrong_kind(const PurchaseFacts& facts) {
  return reservation(facts) && !facts.subscription->azure_plan &&
         !is_microsoft_azure(facts.subscription->offer_id);
}

bool wrong_scope_availability(const PurchaseFacts& facts) {
  return reservation(facts) && facts.subscription->azure_plan != for_plan(facts);
}

bool subscription_inactive(const PurchaseFacts& facts) {
  return reservation(facts) && facts.subscription->status != SubscriptionStatus::Active;
}

bool unregistered(const PurchaseFacts& facts) {
  return reservation(facts) && !registered(*facts.subscription, facts.now, facts.delay);
}

bool scope_unsupported(const PurchaseFacts& facts) {
  const std::string scope = lower(facts.line.provisioning.scope);
  return reservation(facts) &&
         (facts.subscription->azure_plan ? !scope.empty() && scope != "shared"
                                         : scope != "shared" && scope != "single");
}

bool restricted(const PurchaseFacts& facts) {
  return reservation(facts) && restricted_region(facts.item.sku->arm_region);
}

bool quota_exceeded(const PurchaseFacts& facts) {
  return reservation(facts) && single(facts) && facts.item.sku->cores > 0 &&
         facts.line.quantity > kSingleScopeCores / facts.item.sku->cores;
}

using enum ErrorCode;
constexpr std::array kRules{
    PurchaseRule{"availability exists", CartCatalogItemIdInvalid, AvailabilityNotFound,
                 availability_unknown, "Partner Center: error codes"},
    PurchaseRule{"item exists", CartCatalogItemIdInvalid, InvalidOfferId, item_unknown,
                 "Partner Center: error codes"},
    PurchaseRule{"no Microsoft Azure offer beside a plan", CartLegacyOfferNotEligible,
                 CatalogItemNotEligible, legacy_beside_plan, "Partner Center: cart resources"},
    PurchaseRule{"no plan beside a Microsoft Azure offer", CartCatalogItemIdInvalid,
                 CatalogItemNotEligible, plan_beside_legacy,
                 "Partner Center: create an Azure plan"},
    PurchaseRule{"market sells reservations", CartCatalogItemIdInvalid, OfferNotAvailableInCountry,
                 market_unavailable, "Partner Center: purchase Azure reservations"},
    PurchaseRule{"quantity within the SKU's range", CartInvalidInput, QuantityNotAvailable,
                 quantity_out_of_range, "Partner Center: SKU resources"},
    PurchaseRule{"billing cycle supported", CartInvalidInput, InvalidRequestInput,
                 billing_cycle_unsupported, "Partner Center: SKU resources"},
    PurchaseRule{"currency of the market", CartCurrencyNotSupported, InvalidRequestInput,
                 currency_unsupported, "Partner Center: cart resources"},
    PurchaseRule{"plan id given", CartSubscriptionNotEnabledForReservations, AzurePlanIdMissing,
                 plan_id_missing, "Partner Center: error codes"},
    PurchaseRule{"plan known", CartSubscriptionNotEnabledForReservations, AzurePlanNotFound,
                 plan_unknown, "Partner Center: error codes"},
    PurchaseRule{"subscription known", CartSubscriptionNotEnabledForReservations,
                 InvalidAzureSubscription, subscription_unknown, "Partner Center: error codes"},
    PurchaseRule{"subscription is an Azure one", CartSubscriptionNotEnabledForReservations,
                 InvalidAzureSubscription, wrong_kind, "Partner Center: error codes"},
    PurchaseRule{"availability matches the subscription", CartCatalogItemIdInvalid,
                 CatalogItemNotEligible, wrong_scope_availability,
                 "Partner Center: purchase Azure reservations"},
    PurchaseRule{"subscription active", CartSubscriptionNotEnabledForReservations,
                 SubscriptionNotActive, subscription_inactive, "Partner Center: error codes"},
    PurchaseRule{"subscription registered", CartSubscriptionNotRegistered,
                 SubscriptionNotRegistered, unregistered,
                 "Partner Center: register a subscription"},
    PurchaseRule{"scope supported", CartInvalidInput, ScopeNotSupported, scope_unsupported,
                 "Partner Center: error codes"},
    PurchaseRule{"inventory available", CartInventoryNotAvailable, InventoryNotAvailable,
                 restricted, "Partner Center: check inventory"},
    PurchaseRule{"vCPU quota of the subscription", CartQuotaNotAvailable, QuantityNotAvailable,
                 quota_exceeded, "Partner Center: cart resources"},
};

std::string yes_no(bool value) { return value ? "yes" : "no"; }

void describe(const PurchaseFacts& facts, Trace& trace) {
  trace.value("item", facts.line.catalog_item_id);
  trace.value("quantity", std::to_string(facts.line.quantity));
  trace.value("market", facts.market == nullptr ? "unknown" : facts.market->iso2);
  trace.value("market sells reservations",
              yes_no(facts.market != nullptr && facts.market->reservations));
  trace.value("owns Azure plan", yes_no(facts.owns_plan));
  trace.value("owns MS-AZR-0145P", yes_no(facts.owns_microsoft_azure));
  trace.value("subscription", facts.line.provisioning.subscription_id);
  if (facts.subscription != nullptr) {
    trace.value("registration",
                std::string{registration_status(*facts.subscription, facts.now, facts.delay)});
  }
  trace.value("scope", facts.line.provisioning.scope);
}

bool owns(const World& world, const Customer& customer, bool plan) {
  return std::any_of(
      world.subscriptions.begin(), world.subscriptions.end(), [&](const auto& entry) {
        const Subscription& owned = entry.second;
        return owned.customer_id == customer.id && owned.status != SubscriptionStatus::Deleted &&
               (plan ? owned.azure_plan : is_microsoft_azure(owned.offer_id));
      });
}

}  // namespace

std::span<const PurchaseRule> purchase_rules() { return kRules; }

bool is_azure_plan(std::string_view catalog_item_id) {
  return equal_ignoring_case(split(catalog_item_id, ':').front(), kAzurePlanProduct);
}

bool is_microsoft_azure(std::string_view catalog_item_id) {
  return equal_ignoring_case(catalog_item_id, kMicrosoftAzureOffer);
}

bool agreement_accepted(const World& world, const Customer& customer) {
  return customer.direct_signed ||
         std::any_of(world.agreements.begin(), world.agreements.end(), [&](const Agreement& one) {
           return one.customer_id == customer.id &&
                  equal_ignoring_case(one.type, "MicrosoftCustomerAgreement");
         });
}

bool owns_azure_plan(const World& world, const Customer& customer) {
  return owns(world, customer, true);
}

bool owns_microsoft_azure(const World& world, const Customer& customer) {
  return owns(world, customer, false);
}

const PurchaseRule* broken_rule(const PurchaseScene& scene, const PurchaseLine& line,
                                bool plan_in_basket) {
  const Subscription* subscription = find_subscription(
      scene.world, scene.customer.id, line.provisioning.subscription_id, scene.env.now);
  const PurchaseFacts facts{line,
                            scene.catalogue.item(line.catalog_item_id),
                            scene.markets.find(scene.customer.market),
                            subscription,
                            owns_azure_plan(scene.world, scene.customer),
                            owns_microsoft_azure(scene.world, scene.customer),
                            plan_in_basket,
                            scene.env.now,
                            scene.env.delay};
  if (scene.env.trace != nullptr) {
    describe(facts, *scene.env.trace);
  }
  return first_broken(kRules, facts, scene.env.trace);
}

std::optional<Error> order_error(const PurchaseScene& scene, const PurchaseLine& line,
                                 bool plan_in_basket) {
  const PurchaseRule* rule = broken_rule(scene, line, plan_in_basket);
  if (rule == nullptr) {
    return std::nullopt;
  }
  Error error{rule->order_error, {}, {}};
  if (error.code == ErrorCode::ScopeNotSupported) {
    error.arguments.push_back(line.provisioning.scope);
  }
  return error;
}

}  // namespace pcsim
