#include "domain/due_events.h"

#include <algorithm>
#include <tuple>

#include "domain/calendar.h"
#include "domain/commerce/lifecycle.h"

namespace pcsim {
namespace {

/// Hands events to `use` as they come, of any time.
template <class Use>
class Teller {
 public:
  explicit Teller(const Use& use) : use_(use) {}

  void work(const std::optional<Instant>& at, std::string_view what, const std::string& id) const {
    if (at) {
      use_(DueEvent{*at, what, id, true});
    }
  }
  void end(const std::optional<Instant>& at, std::string_view what, const std::string& id) const {
    if (at) {
      use_(DueEvent{*at, what, id, false});
    }
  }

 private:
  const Use& use_;
};

/// What happens once, whenever that is.
template <class Tell>
void tell_once(const World& world, Instant delay, const Tell& tell) {
  for (const auto& [key, cart] : world.carts) {
    tell.work(cart.processing_until, "cart ordered", key);
    tell.end(cart.expires, "cart expires", key);
  }
  for (const auto& [key, order] : world.orders) {
    tell.work(order.completes, "order completes", key);
    tell.work(order.adjusting_until, "order adjusted", key);
  }
  for (const auto& [key, subscription] : world.subscriptions) {
    tell.work(subscription.visible_from, "subscription appears", key);
    tell.work(subscription.provisioned, "subscription ready for changes", key);
    tell.work(subscription.changing_until, "subscription changed", key);
    if (subscription.registration_requested) {
      tell.work(*subscription.registration_requested + delay, "subscription registered", key);
    }
  }
  for (const auto& [key, azure] : world.azure_subscriptions) {
    tell.work(azure.moves, "Azure subscription moves", key);
    if (azure.cancelled) {
      tell.work(*azure.cancelled + delay, "Azure subscription cancelled", key);
    }
  }
  for (const auto& [key, reservation] : world.reservations) {
    tell.work(reservation.succeeds, "reservation provisioned", key);
    if (!reservation.cancelled && !reservation.ended) {
      tell.end(add_months(reservation.succeeds, months_of_term(reservation.term)),
               "reservation expires", key);
    }
  }
  for (const auto& [key, upgrade] : world.upgrades) {
    tell.work(upgrade.begins, "upgrade begins", key);
    tell.work(upgrade.completes, "upgrade ends", key);
  }
  for (const auto& [key, alias] : world.subscription_aliases) {
    tell.work(alias.succeeds, "subscription created", key);
  }
  for (const auto& [key, exchange] : world.exchanges) {
    tell.work(exchange.completes, "exchange ends", key);
  }
  for (const auto& [key, ticket] : world.support_tickets) {
    tell.work(ticket.succeeds, "support ticket created", key);
    for (const SupportCommunication& message : ticket.communications) {
      tell.work(message.succeeds, "communication delivered", key);
    }
  }
}

/// The ends of a subscription's terms within a period, and what comes of the last one.
template <class Tell>
void tell_terms(const Subscription& subscription, const std::string& key, Instant from, Instant to,
                const Tell& tell) {
  // More than a monthly term has in the longest period a clock is moved by.
  constexpr int kMostTerms = 1'500;
  Instant time = from;
  for (int count = 0; count < kMostTerms; ++count) {
    const Subscription before = as_of(subscription, time);
    const Instant end = term_end(before);
    if (end > time && end <= to) {
      const Subscription after = as_of(subscription, end);
      if (term_start(after) == term_start(before) && after.status == before.status) {
        return;  // billed by use: its term's end changes nothing
      }
      tell.end(end, "subscription term ends", key);
      time = end;
      continue;
    }
    if (end <= time && before.status == SubscriptionStatus::Expired) {
      tell.end(end + kExpiredDays * kDay, "subscription disabled", key);
      tell.end(end + (kExpiredDays + kDisabledDays) * kDay, "subscription deleted", key);
    }
    return;
  }
}

}  // namespace

std::vector<DueEvent> due_events(const World& world, Instant from, Instant to, Instant delay) {
  std::vector<DueEvent> events;
  const auto keep = [&](DueEvent event) {
    if (event.at > from && event.at <= to) {
      events.push_back(std::move(event));
    }
  };
  const Teller tell{keep};
  tell_once(world, delay, tell);
  for (const auto& [key, subscription] : world.subscriptions) {
    tell_terms(subscription, key, from, to, tell);
  }
  std::sort(events.begin(), events.end(), [](const DueEvent& left, const DueEvent& right) {
    return std::tie(left.at, left.what, left.id) < std::tie(right.at, right.what, right.id);
  });
  return events;
}

Instant idle_from(const World& world, Instant now, Instant delay) {
  Instant last = now;
  const auto latest = [&](const DueEvent& event) {
    // Work that is under way ends soon; a date years away is a plan.
    constexpr Instant kLongestWork = 3 * kDay;
    if (event.work && event.at > last && event.at - now <= kLongestWork) {
      last = event.at;
    }
  };
  tell_once(world, delay, Teller{latest});
  return last;
}

}  // namespace pcsim
