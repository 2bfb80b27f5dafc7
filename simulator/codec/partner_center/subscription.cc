#include "codec/partner_center/subscription.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "codec/partner_center/catalogue.h"
#include "codec/time.h"

namespace pcsim {
namespace {

using nlohmann::ordered_json;

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return text;
}

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

}  // namespace

std::string wire_id(const Subscription& subscription) {
  return subscription.azure_plan ? subscription.id : upper(subscription.id);
}

ordered_json subscription_json(const Subscription& subscription, const Catalogue& catalogue,
                               const std::string& country) {
  const bool plan = subscription.azure_plan;
  const std::string id = wire_id(subscription);
  ordered_json out;
  out["id"] = id;
  out["offerId"] = subscription.offer_id;
  if (!plan) {
    out["entitlementId"] = id;
  }
  out["offerName"] = subscription.offer_name;
  out["friendlyName"] = subscription.friendly_name;
  out["productType"]["id"] = "Azure";
  out["productType"]["displayName"] = "Azure";
  out["quantity"] = subscription.quantity;
  out["unitType"] = "Usage-based";
  out["hasPurchasableAddons"] = false;
  out["creationDate"] = to_iso(subscription.created);
  out["effectiveStartDate"] = to_iso(subscription.visible_from);
  out["commitmentEndDate"] = to_date(add_months(subscription.created, 12)) + "T00:00:00Z";
  out["status"] = status_name(subscription.status);
  out["autoRenewEnabled"] = !plan;
  out["isTrial"] = false;
  out["billingType"] = "usage";
  out["billingCycle"] = plan ? "one_time" : "monthly";
  out["termDuration"] = "";
  out["renewalTermDuration"] = "";
  out["isMicrosoftProduct"] = true;
  out["partnerId"] = subscription.partner_id;
  out["attentionNeeded"] = false;
  out["actionTaken"] = false;
  out["contractType"] = "subscription";
  out["links"] = plan ? item_links(catalogue.item(subscription.offer_id), country)
                      : ordered_json::object();
  if (!plan) {
    out["links"]["offer"] = link_json("/offers/" + subscription.offer_id + "?country=" + country);
  }
  out["links"]["self"] =
      link_json("/customers/" + subscription.customer_id + "/subscriptions/" + id);
  out["publisherName"] = "Microsoft Corporation";
  out["orderId"] = plan ? subscription.order_id : upper(subscription.order_id);
  out["attributes"]["objectType"] = "Subscription";
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
