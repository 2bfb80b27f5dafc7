#include "codec/partner_center/subscription.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "codec/partner_center/catalogue.h"
#include "codec/partner_center/collection.h"
#include "codec/partner_center/line_parts.h"
#include "codec/time.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using nlohmann::ordered_json;
using partner_center::link;

const char* status_name(SubscriptionStatus status) {
  switch (status) {
    case SubscriptionStatus::Active:
      return "active";
    case SubscriptionStatus::Suspended:
      return "suspended";
    case SubscriptionStatus::Deleted:
      return "deleted";
  }
  return "none";
}

std::string shown(const std::string& id, bool legacy) { return legacy ? upper(id) : id; }

bool has_addons(const Catalogue& catalogue, const CatalogueItem& item) {
  const auto& all = catalogue.products();
  return item.product != nullptr && std::any_of(all.begin(), all.end(), [&](const Product& one) {
           return std::find(one.addon_of.begin(), one.addon_of.end(), item.product->id) !=
                  one.addon_of.end();
         });
}

Instant commitment_end(const Subscription& subscription) {
  const std::string& term = subscription.term_duration;
  return add_months(subscription.created, term == "P1M" ? 1 : term == "P3Y" ? 36 : 12);
}

// A subscription of a world file may come without its purchase.
std::string billing_cycle(const Subscription& subscription) {
  if (!subscription.billing_cycle.empty()) {
    return subscription.billing_cycle;
  }
  return subscription.azure_plan ? "one_time" : "monthly";
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

ordered_json subscription_json(const Subscription& subscription, const Catalogue& catalogue,
                               const std::string& country) {
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
  out["commitmentEndDate"] = to_date(commitment_end(subscription)) + "T00:00:00Z";
  out["status"] = status_name(subscription.status);
  out["autoRenewEnabled"] = !subscription.azure_plan;
  out["isTrial"] = false;
  out["billingType"] = usage ? "usage" : "license";
  out["billingCycle"] = billing_cycle(subscription);
  out["termDuration"] = subscription.term_duration;
  out["renewalTermDuration"] = subscription.term_duration;
  out["isMicrosoftProduct"] = item.product == nullptr || item.product->microsoft;
  out["partnerId"] = subscription.partner_id;
  out["attentionNeeded"] = false;
  out["actionTaken"] = false;
  out["contractType"] = "subscription";
  out["links"] = legacy ? ordered_json::object() : item_links(item, country);
  if (legacy) {
    out["links"]["offer"] = link("/offers/" + subscription.offer_id + "?country=" + country);
  }
  if (!subscription.parent_id.empty()) {
    out["links"]["parentSubscription"] = link(path + shown(subscription.parent_id, legacy));
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

ordered_json azure_entitlement_json(const AzureSubscription& azure) {
  ordered_json out;
  out["id"] = azure.id;
  out["friendlyName"] = azure.friendly_name;
  out["status"] = azure.active ? "active" : "disabled";
  out["subscriptionId"] = azure.plan_id;
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
