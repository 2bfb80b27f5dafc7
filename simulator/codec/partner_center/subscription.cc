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
using partner_center::write_link;

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

void write_product(JsonPlace place, const std::string& catalog_item_id,
                   const std::string& billing_cycle, const std::string& term_duration) {
  const auto parts = split(catalog_item_id, ':');
  const JsonObject out{place};
  out["productId"] = parts.front();
  out["skuId"] = parts.size() > 1 ? parts[1] : std::string_view{};
  out["availabilityId"] = parts.size() > 2 ? parts[2] : std::string_view{};
  out["billingCycle"] = billing_cycle;
  out["termDuration"] = term_duration;
}

void write_scheduled(JsonPlace place, const ScheduledChange& change) {
  const JsonObject out{place};
  write_product(out["product"], change.offer_id, change.billing_cycle, change.term_duration);
  out["quantity"] = change.quantity;
  if (change.custom_term_end) {
    out["customTermEndDate"] = to_iso(*change.custom_term_end);
  }
}

void write_next_charge(JsonPlace place, const Subscription& subscription) {
  const JsonObject out{place};
  write_product(out["product"], subscription.offer_id, subscription.next_charge_cycle,
                subscription.term_duration);
}

// What changes of a subscription with a term are still possible, and until when.
void add_windows(const JsonObject& out, const Subscription& subscription, SubscriptionKind kind,
                 Instant now) {
  const auto until = cancellable_until(subscription, kind);
  if (!until || now > *until) {
    return;
  }
  out["cancellationAllowedUntilDate"] = to_iso(*until);
  if (kind == SubscriptionKind::Seats) {
    const JsonObject refundable{out["refundableQuantity"]};
    refundable["totalQuantity"] = subscription.quantity;
    const JsonArray details{refundable["details"]};
    const JsonObject detail{details.next()};
    detail["quantity"] = subscription.quantity;
    detail["allowedUntilDateTime"] = to_iso(*until);
  }
}

void write_links(JsonPlace place, const Subscription& subscription, const CatalogueItem& item,
                 const std::string& country, SubscriptionKind kind) {
  const bool legacy = is_legacy_offer(subscription.offer_id);
  const std::string path = "/customers/" + subscription.customer_id + "/subscriptions/";
  const std::string id = wire_id(subscription);
  const JsonObject links{place};
  if (legacy) {
    write_link(links["offer"], "/offers/" + subscription.offer_id + "?country=" + country);
  } else {
    add_item_links(links, item, country);
  }
  if (!subscription.parent_id.empty()) {
    write_link(links["parentSubscription"], path + shown(subscription.parent_id, legacy));
  }
  if (kind == SubscriptionKind::Marketplace) {
    write_link(links["activationLinks"], path + id + "/activationlinks");
  }
  write_link(links["self"], path + id);
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

void write_subscription(JsonPlace place, const Subscription& row, const Catalogue& catalogue,
                        const std::string& country, Instant now) {
  const Subscription subscription = as_of(row, now);
  const SubscriptionKind kind = kind_of(subscription, catalogue);
  const bool legacy = is_legacy_offer(subscription.offer_id);
  const CatalogueItem item = catalogue.item(subscription.offer_id);
  const bool usage =
      subscription.azure_plan || equal_ignoring_case(subscription.offer_id, kMicrosoftAzureOffer);
  const std::string id = wire_id(subscription);
  const JsonObject out{place};
  out["id"] = id;
  out["offerId"] = subscription.offer_id;
  if (legacy && usage) {
    out["entitlementId"] = id;
  }
  out["offerName"] = subscription.offer_name;
  out["friendlyName"] = subscription.friendly_name;
  if (item.product != nullptr) {
    out["productType"].tree(item_type_json(*item.product));
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
    write_scheduled(out["scheduledNextTermInstructions"], *subscription.scheduled);
  }
  if (!subscription.next_charge_cycle.empty()) {
    write_next_charge(out["nextChargeInstructions"], subscription);
  }
  write_links(out["links"], subscription, item, country, kind);
  out["publisherName"] =
      item.product == nullptr ? "Microsoft Corporation" : item.product->publisher;
  out["orderId"] = order_id(subscription, legacy);
  partner_center::add_attributes(
      out, "Subscription",
      legacy ? version_etag(subscription.id, subscription.version) : std::string{});
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
