#include "codec/partner_center/subscription.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "codec/partner_center/catalogue.h"
#include "codec/partner_center/collection.h"
#include "codec/partner_center/line_parts.h"
#include "codec/time.h"
#include "domain/commerce/lifecycle.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using nlohmann::ordered_json;
using partner_center::link;

// A service that nobody has activated yet is still to come.
std::string_view status_name(const Subscription& subscription) {
  return subscription.activated || subscription.status == SubscriptionStatus::Deleted
             ? status_word(subscription.status)
             : "pending";
}

std::string shown(const std::string& id, bool legacy) { return legacy ? upper(id) : id; }

bool has_addons(const Catalogue& catalogue, const CatalogueItem& item) {
  const auto& all = catalogue.products();
  return item.product != nullptr && std::any_of(all.begin(), all.end(), [&](const Product& one) {
           return std::find(one.addon_of.begin(), one.addon_of.end(), item.product->id) !=
                  one.addon_of.end();
         });
}

ordered_json product_reference(const std::string& catalog_item_id) {
  const auto parts = split(catalog_item_id, ':');
  ordered_json out;
  out["productId"] = parts.front();
  out["skuId"] = parts.size() > 1 ? parts[1] : std::string_view{};
  out["availabilityId"] = parts.size() > 2 ? parts[2] : std::string_view{};
  return out;
}

ordered_json scheduled_json(const ScheduledChange& change) {
  ordered_json out;
  out["product"] = product_reference(change.offer_id);
  out["product"]["billingCycle"] = change.billing_cycle;
  out["product"]["termDuration"] = change.term_duration;
  out["quantity"] = change.quantity;
  if (change.custom_term_end) {
    out["customTermEndDate"] = to_iso(*change.custom_term_end);
  }
  return out;
}

ordered_json next_charge_json(const Subscription& subscription) {
  ordered_json out;
  out["product"] = product_reference(subscription.offer_id);
  out["product"]["billingCycle"] = subscription.next_charge_cycle;
  out["product"]["termDuration"] = subscription.term_duration;
  return out;
}

// What changes of a subscription with a term are still possible, and until when.
void add_windows(ordered_json& out, const Subscription& subscription, SubscriptionKind kind,
                 Instant now) {
  const auto until = cancellable_until(subscription, kind);
  if (!until || now > *until) {
    return;
  }
  out["cancellationAllowedUntilDate"] = to_iso(*until);
  if (kind == SubscriptionKind::Seats) {
    ordered_json detail;
    detail["quantity"] = subscription.quantity;
    detail["allowedUntilDateTime"] = to_iso(*until);
    out["refundableQuantity"]["totalQuantity"] = subscription.quantity;
    out["refundableQuantity"]["details"] = ordered_json::array({std::move(detail)});
  }
}

std::string order_id(const Subscription& subscription, bool legacy) {
  if (!subscription.order_id.empty()) {
    return shown(subscription.order_id, legacy);
  }
  return legacy ? upper(subscription.id) : subscription.id.substr(subscription.id.size() - 12);
}

}  // namespace

std::string wire_id(const Subscription& subscription) {
  return is_legacy_offer(subscription.offer_id) ? upper(subscription.id) : subscription.id;
}

ordered_json subscription_json(const Subscription& row, const Catalogue& catalogue,
                               const std::string& country, Instant now) {
  const Subscription subscription = as_of(row, now);
  const SubscriptionKind kind = kind_of(subscription, catalogue);
  const bool legacy = is_legacy_offer(subscription.offer_id);
  const CatalogueItem item = catalogue.item(subscription.offer_id);
  const bool usage =
      subscription.azure_plan || equal_ignoring_case(subscription.offer_id, kMicrosoftAzureOffer);
  const std::string id = wire_id(subscription);
  const std::string path = "/customers/" + subscription.customer_id + "/subscriptions/";
  ordered_json out;
  out["id"] = id;
  out["offerId"] = subscription.offer_id;
  if (legacy && usage) {
    out["entitlementId"] = id;
  }
  out["offerName"] = subscription.offer_name;
  out["friendlyName"] = subscription.friendly_name;
  if (item.product != nullptr) {
    out["productType"] = item_type_json(*item.product);
  }
  out["quantity"] = subscription.quantity;
  out["unitType"] = usage ? "Usage-based" : "Licenses";
  if (!subscription.parent_id.empty()) {
    out["parentSubscriptionId"] = shown(subscription.parent_id, legacy);
  }
  out["hasPurchasableAddons"] = has_addons(catalogue, item);
  out["creationDate"] = to_iso(subscription.created);
  out["effectiveStartDate"] = to_iso(subscription.visible_from);
  out["commitmentEndDate"] = to_date(term_end(subscription)) + "T00:00:00Z";
  add_windows(out, subscription, kind, now);
  out["status"] = status_name(subscription);
  out["autoRenewEnabled"] = renews_itself(subscription, kind);
  out["isTrial"] = subscription.trial;
  out["billingType"] = usage ? "usage" : "license";
  out["billingCycle"] = subscription.billing_cycle;
  out["termDuration"] = subscription.term_duration;
  out["renewalTermDuration"] = subscription.term_duration;
  out["isMicrosoftProduct"] = item.product == nullptr || item.product->microsoft;
  out["partnerId"] = subscription.partner_id;
  out["attentionNeeded"] = false;
  out["actionTaken"] = false;
  out["contractType"] = "subscription";
  partner_center::add_text(out, "promotionId", subscription.promotion_id);
  if (subscription.scheduled) {
    out["scheduledNextTermInstructions"] = scheduled_json(*subscription.scheduled);
  }
  if (!subscription.next_charge_cycle.empty()) {
    out["nextChargeInstructions"] = next_charge_json(subscription);
  }
  out["links"] = legacy ? ordered_json::object() : item_links(item, country);
  if (legacy) {
    out["links"]["offer"] = link("/offers/" + subscription.offer_id + "?country=" + country);
  }
  if (!subscription.parent_id.empty()) {
    out["links"]["parentSubscription"] = link(path + shown(subscription.parent_id, legacy));
  }
  if (kind == SubscriptionKind::Marketplace) {
    out["links"]["activationLinks"] = link(path + id + "/activationlinks");
  }
  out["links"]["self"] = link(path + id);
  out["publisherName"] =
      item.product == nullptr ? "Microsoft Corporation" : item.product->publisher;
  out["orderId"] = order_id(subscription, legacy);
  partner_center::add_attributes(
      out, "Subscription",
      legacy ? version_etag(subscription.id, subscription.version) : std::string{});
  return out;
}

ordered_json azure_entitlement_json(const AzureSubscription& azure, bool active,
                                    const std::string& plan_id) {
  ordered_json out;
  out["id"] = azure.id;
  out["friendlyName"] = azure.friendly_name;
  out["status"] = active ? "active" : "disabled";
  out["subscriptionId"] = plan_id;
  return out;
}

ordered_json registration_json(const Subscription& subscription, std::string_view status) {
  ordered_json out;
  out["subscriptionId"] = wire_id(subscription);
  out["status"] = status;
  out["attributes"]["objectType"] = "SubscriptionRegistrationStatus";
  return out;
}

}  // namespace pcsim
