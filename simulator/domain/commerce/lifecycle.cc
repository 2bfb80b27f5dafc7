#include "domain/commerce/lifecycle.h"

#include <algorithm>

#include "domain/calendar.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

constexpr int kYear = 12;

bool usage_based(const Subscription& subscription) {
  return subscription.azure_plan ||
         equal_ignoring_case(subscription.offer_id, kMicrosoftAzureOffer);
}

int months_of(const Subscription& subscription) {
  const int months = months_of_term(subscription.term_duration);
  return months > 0 ? months : kYear;
}

void begin_term(Subscription& subscription, Instant from) {
  subscription.term_started = from;
  subscription.term_ends.reset();
  if (!subscription.next_charge_cycle.empty()) {
    subscription.billing_cycle = subscription.next_charge_cycle;
    subscription.next_charge_cycle.clear();
  }
  if (!subscription.scheduled) {
    return;
  }
  const ScheduledChange change = *subscription.scheduled;
  subscription.scheduled.reset();
  subscription.offer_id = change.offer_id;
  subscription.quantity = change.quantity;
  subscription.billing_cycle = change.billing_cycle;
  subscription.term_duration = change.term_duration;
  subscription.term_ends = change.custom_term_end;
}

// Whether the term that ends at `end` is followed by another.
bool renews_at(const Subscription& subscription, Instant end) {
  return (!subscription.renewal_off || *subscription.renewal_off > end) &&
         (!subscription.suspended || *subscription.suspended > end);
}

// A term that is not renewed leaves the customer some time, in which less and less is possible.
SubscriptionStatus status_after(const Subscription& subscription, Instant end, Instant now) {
  const bool was_suspended = subscription.suspended && *subscription.suspended <= end;
  if (was_suspended && is_legacy_offer(subscription.offer_id)) {
    return SubscriptionStatus::Deleted;
  }
  if (now < end + kExpiredDays * kDay) {
    return was_suspended ? SubscriptionStatus::Disabled : SubscriptionStatus::Expired;
  }
  return now < end + (kExpiredDays + kDisabledDays) * kDay ? SubscriptionStatus::Disabled
                                                           : SubscriptionStatus::Deleted;
}

bool names(const std::string& state_item, std::string_view catalog_item_id) {
  const std::string item = lower(catalog_item_id);
  return item == state_item || item.rfind(state_item + ":", 0) == 0;
}

}  // namespace

SubscriptionKind kind_of(const Subscription& subscription, const Catalogue& catalogue) {
  if (subscription.azure_plan) {
    return SubscriptionKind::AzurePlan;
  }
  if (equal_ignoring_case(subscription.offer_id, kMicrosoftAzureOffer)) {
    return SubscriptionKind::MicrosoftAzure;
  }
  if (is_legacy_offer(subscription.offer_id)) {
    return SubscriptionKind::Legacy;
  }
  const Product* product = catalogue.item(subscription.offer_id).product;
  if (product == nullptr) {
    return SubscriptionKind::Seats;
  }
  if (product->provision() == Provision::SoftwareSubscription) {
    return SubscriptionKind::Software;
  }
  return product->microsoft ? SubscriptionKind::Seats : SubscriptionKind::Marketplace;
}

Subscription as_of(const Subscription& subscription, Instant now) {
  Subscription out = subscription;
  if (out.billing_cycle.empty()) {  // a subscription of a world file may come without its purchase
    out.billing_cycle = out.azure_plan ? "one_time" : "monthly";
  }
  if (out.status == SubscriptionStatus::Deleted) {
    return out;
  }
  if (out.suspended && *out.suspended <= now) {
    out.status = SubscriptionStatus::Suspended;
  }
  if (usage_based(out)) {
    return out;
  }
  Instant end = term_end(out);
  while (end <= now && renews_at(out, end)) {
    begin_term(out, end);
    end = term_end(out);
  }
  if (end <= now) {
    out.status = status_after(out, end, now);
  }
  return out;
}

Instant term_start(const Subscription& subscription) {
  return subscription.term_started.value_or(subscription.created);
}

Instant term_end(const Subscription& subscription) {
  return subscription.term_ends.value_or(
      add_months(term_start(subscription), months_of(subscription)));
}

bool renews_itself(const Subscription& subscription, SubscriptionKind kind) {
  return kind != SubscriptionKind::AzurePlan && kind != SubscriptionKind::Software &&
         !subscription.trial && !subscription.renewal_off;
}

std::string_view status_word(SubscriptionStatus status) {
  switch (status) {
    case SubscriptionStatus::Active:
      return "active";
    case SubscriptionStatus::Suspended:
      return "suspended";
    case SubscriptionStatus::Deleted:
      return "deleted";
    case SubscriptionStatus::Expired:
      return "expired";
    case SubscriptionStatus::Disabled:
      return "disabled";
  }
  return "none";
}

std::optional<Instant> cancellable_until(const Subscription& subscription, SubscriptionKind kind) {
  const Instant from = term_start(subscription);
  const bool short_term = months_of(subscription) < kYear;
  switch (kind) {
    case SubscriptionKind::Seats:
      return from + 7 * kDay;
    case SubscriptionKind::Marketplace:
      return from + (short_term ? kDay : 14 * kDay);
    case SubscriptionKind::Software:
      return subscription.created + 30 * kDay;
    case SubscriptionKind::AzurePlan:
    case SubscriptionKind::MicrosoftAzure:
    case SubscriptionKind::Legacy:
      return std::nullopt;
  }
  return std::nullopt;
}

bool azure_active(const AzureSubscription& azure, Instant now, Instant delay) {
  return azure.active && (!azure.cancelled || now < *azure.cancelled + delay);
}

const std::string& plan_of(const AzureSubscription& azure, Instant now) {
  return azure.moves && *azure.moves <= now ? azure.next_plan_id : azure.plan_id;
}

std::string offer_key(const OfferState& state) {
  return lower(state.item) + "@" + lower(state.market);
}

std::string hold_key(const TransactionHold& hold) {
  return lower(hold.customer_id) + "@" + lower(hold.item);
}

const OfferState* offer_state(const World& world, std::string_view catalog_item_id,
                              std::string_view market) {
  for (const auto& [key, state] : world.offers) {
    if (names(state.item, catalog_item_id) &&
        (state.market.empty() || equal_ignoring_case(state.market, market))) {
      return &state;
    }
  }
  return nullptr;
}

}  // namespace pcsim
