#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/catalogue/catalogue.h"
#include "domain/world.h"

/// What time makes of subscriptions. Rows of the world say what people did; these functions say
/// what that is at a moment. Source: docs/reference/commerce.md#subscription-states.
namespace pcsim {

constexpr Instant kHour = 3600 * kSecond;
constexpr Instant kExpiredDays = 30;
constexpr Instant kDisabledDays = 90;

/// How subscriptions differ in what may be changed and in what ends them.
enum class SubscriptionKind { AzurePlan, MicrosoftAzure, Legacy, Seats, Marketplace, Software };

SubscriptionKind kind_of(const Subscription& subscription, const Catalogue& catalogue);

/// The subscription as it stands at `now`: terms that ended are renewed, scheduled changes made,
/// and its status is what its end has made of it.
Subscription as_of(const Subscription& subscription, Instant now);

/// When the running term of a subscription that `as_of` answered began, and when it ends.
Instant term_start(const Subscription& subscription);
Instant term_end(const Subscription& subscription);

/// Whether the running term is followed by another of itself.
bool renews_itself(const Subscription& subscription, SubscriptionKind kind);

/// The word of a status on the wire.
std::string_view status_word(SubscriptionStatus status);

/// Until when a purchase or renewal of the kind may be cancelled; nothing when there is no end.
std::optional<Instant> cancellable_until(const Subscription& subscription, SubscriptionKind kind);

/// Whether an Azure subscription runs; a cancellation takes `delay`.
bool azure_active(const AzureSubscription& azure, Instant now, Instant delay);

/// The plan or offer an Azure subscription is under.
const std::string& plan_of(const AzureSubscription& azure, Instant now);

/// The key of an offer's state among those of a world.
std::string offer_key(const OfferState& state);

/// The key of a hold among those of a world.
std::string hold_key(const TransactionHold& hold);

/// What Microsoft has said about the offer of a catalogue item in a market; null when nothing.
const OfferState* offer_state(const World& world, std::string_view catalog_item_id,
                              std::string_view market);

}  // namespace pcsim
