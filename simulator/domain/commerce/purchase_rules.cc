#include <algorithm>
#include <array>

#include "domain/commerce/purchase.h"
#include "domain/commerce/subscription.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

constexpr std::size_t kMoreResellers = 5;

std::string plain(std::string_view text) {
  std::string out = lower(text);
  std::erase(out, '_');
  return out;
}

bool contains(const std::vector<std::string>& list, std::string_view word) {
  return std::any_of(list.begin(), list.end(), [&](const std::string& entry) {
    return equal_ignoring_case(plain(entry), word);
  });
}

bool availability_unknown(const PurchaseFacts& facts) {
  return facts.item.sku != nullptr && facts.item.availability == nullptr;
}

bool item_unknown(const PurchaseFacts& facts) { return facts.item.availability == nullptr; }

bool id_repeated(const PurchaseFacts& facts) { return facts.line.repeats_id; }

// ---- Who sells ----

bool participants_unsupported(const PurchaseFacts& facts) {
  return !facts.line.participants.empty() && facts.seller != PartnerKind::IndirectProvider;
}

bool participants_invalid(const PurchaseFacts& facts) {
  std::size_t resellers = 0;
  std::size_t more = 0;
  for (const Participant& one : facts.line.participants) {
    resellers += one.key == "transaction_reseller" ? 1U : 0U;
    more += one.key == "additional_transaction_reseller" ? 1U : 0U;
    if (one.key != "transaction_reseller" && one.key != "consumption_reseller" &&
        one.key != "additional_transaction_reseller") {
      return true;
    }
  }
  return resellers > 1 || more > kMoreResellers || !facts.participants_known;
}

bool record_unknown(const PurchaseFacts& facts) { return facts.on_record == NamedPartner::Unknown; }

bool record_oneself(const PurchaseFacts& facts) {
  return facts.on_record == NamedPartner::Oneself && facts.seller == PartnerKind::IndirectProvider;
}

bool record_no_reseller(const PurchaseFacts& facts) {
  return facts.on_record == NamedPartner::NoReseller || facts.on_record == NamedPartner::Oneself ||
         (facts.on_record == NamedPartner::Reseller &&
          facts.seller != PartnerKind::IndirectProvider);
}

// ---- What a customer may own ----

bool legacy_beside_plan(const PurchaseFacts& facts) {
  return is_microsoft_azure(facts.line.catalog_item_id) &&
         (facts.owns_plan || facts.plan_in_basket);
}

bool plan_beside_legacy(const PurchaseFacts& facts) {
  return is_azure_plan(facts.line.catalog_item_id) &&
         (facts.owns_microsoft_azure || facts.microsoft_azure_before);
}

bool second_plan(const PurchaseFacts& facts) { return facts.second_plan; }

// ---- The SKU ----

bool reservation(const PurchaseFacts& facts) {
  return facts.item.product != nullptr && facts.item.product->reservation();
}

bool market_unavailable(const PurchaseFacts& facts) {
  return facts.market == nullptr ||
         (reservation(facts) && !sells_reservations(*facts.market, facts.switches));
}

bool quantity_out_of_range(const PurchaseFacts& facts) {
  // Seats beyond what is allowed, and add-ons below, have rules of their own.
  const bool seats = facts.item.product->provision() == Provision::Licences;
  const bool addon = !facts.item.product->addon_of.empty();
  return (!addon && facts.line.quantity < facts.item.sku->minimum_quantity) ||
         (!seats && facts.line.quantity > facts.item.sku->maximum_quantity) ||
         facts.line.quantity < 1;
}

bool billing_cycle_unsupported(const PurchaseFacts& facts) {
  const std::string cycle = plain(facts.line.billing_cycle);
  return !cycle.empty() && cycle != "unknown" && !contains(facts.item.sku->billing_cycles, cycle);
}

// `1Year` and `1Years` say the same.
std::string duration_word(std::string_view text) {
  std::string out = lower(text);
  if (!out.empty() && out.back() == 's') {
    out.pop_back();
  }
  return out;
}

bool term_unsupported(const PurchaseFacts& facts) {
  const Sku& sku = *facts.item.sku;
  const std::string& term = facts.line.term_duration;
  const std::string& duration = facts.line.provisioning.duration;
  const auto terms = terms_of(sku);
  return (!term.empty() && !terms.empty() && !contains(terms, lower(term))) ||
         (!duration.empty() && !sku.duration.empty() &&
          duration_word(duration) != duration_word(sku.duration));
}

bool currency_unsupported(const PurchaseFacts& facts) {
  return !facts.line.currency_code.empty() &&
         !equal_ignoring_case(facts.line.currency_code, facts.market->currency);
}

bool parent_invalid(const PurchaseFacts& facts) {
  const std::string& named = facts.line.provisioning.parent_subscription_id;
  return !named.empty() &&
         (facts.parent == nullptr || facts.parent->status == SubscriptionStatus::Deleted);
}

bool addon_unrelated(const PurchaseFacts& facts) {
  const auto& bases = facts.item.product->addon_of;
  if (bases.empty()) {
    return !facts.line.base_item.empty();
  }
  return facts.base == nullptr || !contains(bases, lower(facts.base->id));
}

// ---- Reservations ----

bool for_plan(const PurchaseFacts& facts) {
  return facts.item.availability != nullptr &&
         facts.item.availability->scope == ReservationScope::AzurePlan;
}

// Whether the scope will be single: a coerced one is not.
bool single(const PurchaseFacts& facts) {
  return equal_ignoring_case(facts.line.provisioning.scope, "single") &&
         !(facts.subscription->azure_plan && facts.switches.is({Switch::PlanScope, "coerced"}));
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

bool subscription_deleted(const PurchaseFacts& facts) {
  return reservation(facts) && facts.subscription_status == SubscriptionStatus::Deleted;
}

bool subscription_shared(const PurchaseFacts& facts) {
  return reservation(facts) && facts.subscription->partner_shared_services;
}

bool subscription_inactive(const PurchaseFacts& facts) {
  return reservation(facts) && facts.subscription_status != SubscriptionStatus::Active;
}

bool unregistered(const PurchaseFacts& facts) {
  return reservation(facts) && !registered(*facts.subscription, facts.now, facts.delay);
}

bool plan_empty(const PurchaseFacts& facts) {
  return reservation(facts) && for_plan(facts) && !facts.plan_has_active_azure;
}

bool scope_unsupported(const PurchaseFacts& facts) {
  if (!reservation(facts)) {
    return false;
  }
  const std::string scope = lower(facts.line.provisioning.scope);
  if (!facts.subscription->azure_plan) {
    return scope != "shared" && scope != "single";
  }
  return !scope.empty() && scope != "shared" &&
         (scope != "single" || facts.switches.is({Switch::PlanScope, "refused"}));
}

bool entitlement_missing(const PurchaseFacts& facts) {
  return reservation(facts) && facts.subscription->azure_plan && single(facts) &&
         facts.line.provisioning.entitlement_id.empty();
}

bool entitlement_inactive(const PurchaseFacts& facts) {
  return reservation(facts) && facts.entitlement != nullptr && !facts.entitlement_active;
}

bool entitlement_ineligible(const PurchaseFacts& facts) {
  return reservation(facts) && !facts.line.provisioning.entitlement_id.empty() &&
         (facts.entitlement == nullptr || !facts.entitlement_of_plan);
}

bool restricted(const PurchaseFacts& facts) {
  return reservation(facts) && restricted_region(facts.item.sku->arm_region);
}

bool quota_exceeded(const PurchaseFacts& facts) {
  return reservation(facts) && single(facts) && facts.item.sku->cores > 0 &&
         facts.line.quantity > facts.cores / facts.item.sku->cores;
}

using enum ErrorCode;
constexpr OtherErrors conflict(ErrorCode line_error) {
  return {{Switch::AzureConflict, "2085"}, line_error, OfferNotEligible};
}

constexpr std::array kRules{
    PurchaseRule{"availability exists", CartCatalogItemIdInvalid, AvailabilityNotFound,
                 availability_unknown, "Partner Center: error codes"},
    PurchaseRule{"item exists", CartCatalogItemIdInvalid, InvalidOfferId, item_unknown,
                 "Partner Center: error codes"},
    PurchaseRule{"line ids differ", CartInvalidInput, InvalidRequestInput, id_repeated,
                 "Partner Center: cart resources"},
    PurchaseRule{"participants of indirect providers only", CartParticipantsNotSupported,
                 MpnIdNotReseller, participants_unsupported, "Partner Center: cart resources"},
    PurchaseRule{"participants are resellers", CartInvalidInput, MpnIdNotReseller,
                 participants_invalid, "Partner Center: cart resources"},
    PurchaseRule{"partner on record known", CartInvalidInput, MpnIdNotFound, record_unknown,
                 "Partner Center: create an order for a customer of an indirect reseller"},
    PurchaseRule{"partner on record not the provider", CartInvalidInput,
                 IndirectProviderMpnIdNotValid, record_oneself,
                 "Partner Center: create an order for a customer of an indirect reseller"},
    PurchaseRule{"partner on record a reseller", CartInvalidInput, MpnIdNotReseller,
                 record_no_reseller,
                 "Partner Center: create an order for a customer of an indirect reseller"},
    PurchaseRule{"no Microsoft Azure offer beside a plan", CartLegacyOfferNotEligible,
                 CatalogItemNotEligible, legacy_beside_plan, "Partner Center: cart resources",
                 conflict(CartLegacyOfferNotEligible)},
    PurchaseRule{"no plan beside a Microsoft Azure offer", CartCatalogItemIdInvalid,
                 CatalogItemNotEligible, plan_beside_legacy, "Partner Center: create an Azure plan",
                 conflict(CartCatalogItemIdInvalid)},
    PurchaseRule{"one Azure plan", CartCatalogItemIdInvalid, CatalogItemNotEligible, second_plan,
                 "Partner Center: create an Azure plan", conflict(CartCatalogItemIdInvalid)},
    PurchaseRule{"sold in the market", CartCatalogItemIdInvalid, OfferNotAvailableInCountry,
                 market_unavailable, "Partner Center: purchase Azure reservations"},
    PurchaseRule{"quantity within the SKU's range", CartInvalidInput, QuantityNotAvailable,
                 quantity_out_of_range, "Partner Center: SKU resources"},
    PurchaseRule{"billing cycle supported", CartBillingPlanNotSupported, InvalidRequestInput,
                 billing_cycle_unsupported, "Partner Center: SKU resources"},
    PurchaseRule{"term of the SKU", CartInvalidInput, InvalidRequestInput, term_unsupported,
                 "Partner Center: SKU resources"},
    PurchaseRule{"currency of the market", CartCurrencyNotSupported, OrderCurrencyNotSupported,
                 currency_unsupported, "Partner Center: cart resources"},
    PurchaseRule{"parent subscription valid", CartSubscriptionInvalid, InvalidSubscription,
                 parent_invalid, "Partner Center: purchase an add-on to a subscription"},
    PurchaseRule{"add-on of its parent", CartInvalidInput, AddOnNotRelatedToParent, addon_unrelated,
                 "Partner Center: create a cart with add-ons"},
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
    PurchaseRule{"subscription not deleted to pay", CartSubscriptionInvalid, InvalidSubscription,
                 subscription_deleted, "Partner Center: error codes"},
    PurchaseRule{"subscription not for shared services", CartSubscriptionNotEnabledForReservations,
                 SubscriptionNotEnabledForReservations, subscription_shared,
                 "Partner Center: error codes"},
    PurchaseRule{"subscription active", CartSubscriptionNotEnabledForReservations,
                 SubscriptionNotActive, subscription_inactive, "Partner Center: error codes"},
    PurchaseRule{"subscription registered", CartSubscriptionNotRegistered,
                 SubscriptionNotRegistered, unregistered, "Partner Center: register a subscription",
                 OtherErrors{{Switch::UnregisteredSubscription, "10008"},
                             CartSubscriptionNotEnabledForReservations,
                             SubscriptionNotRegistered}},
    PurchaseRule{"plan has an active Azure subscription", CartSubscriptionNotEnabledForReservations,
                 AzurePlanNotFound, plan_empty, "Partner Center: error codes"},
    PurchaseRule{"scope supported", CartInvalidInput, ScopeNotSupported, scope_unsupported,
                 "Partner Center: error codes", std::nullopt,
                 [](const PurchaseFacts& facts) {
                   return std::vector<std::string>{facts.line.provisioning.scope};
                 }},
    PurchaseRule{"single scope names its Azure subscription", CartInvalidInput,
                 ProvisioningEntitlementIdMissing, entitlement_missing,
                 "Partner Center: error codes"},
    PurchaseRule{"Azure subscription active", CartInvalidInput, EntitlementSubscriptionNotActive,
                 entitlement_inactive, "Partner Center: error codes"},
    PurchaseRule{"Azure subscription of the plan", CartInvalidInput,
                 ProductNotEligibleForSubscription, entitlement_ineligible,
                 "Partner Center: error codes"},
    PurchaseRule{"inventory available", CartInventoryNotAvailable, InventoryNotAvailable,
                 restricted, "Partner Center: check inventory"},
    PurchaseRule{"vCPU quota of the subscription", CartQuotaNotAvailable, QuantityNotAvailable,
                 quota_exceeded, "Partner Center: cart resources"},
};

}  // namespace

std::span<const PurchaseRule> purchase_rules() { return kRules; }

ErrorCode line_error_of(const PurchaseRule& rule, const Switches& switches) {
  return rule.other && switches.is(rule.other->when) ? rule.other->line_error : rule.line_error;
}

ErrorCode order_error_of(const PurchaseRule& rule, const Switches& switches) {
  return rule.other && switches.is(rule.other->when) ? rule.other->order_error : rule.order_error;
}

}  // namespace pcsim
