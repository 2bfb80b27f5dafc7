#include "domain/reservations/state.h"

#include <algorithm>
#include <utility>

#include "domain/calendar.h"
#include "domain/commerce/lifecycle.h"
#include "domain/reservations/scopes.h"

namespace pcsim {
namespace {

constexpr Instant kExpiring = 30 * kDay;

}  // namespace

int term_months(const std::string& term) {
  const int months = months_of_term(term);
  return months == 0 ? 12 : months;
}

Instant expiry_of(const Reservation& reservation) {
  return add_months(reservation.succeeds, term_months(reservation.term));
}

std::string provisioning_state(const Reservation& reservation, Instant now) {
  if (reservation.ended && now < *reservation.ended) {
    return "Pending";
  }
  if (reservation.cancelled) {
    return "Cancelled";
  }
  if (now >= expiry_of(reservation)) {
    return "Expired";
  }
  if (now >= reservation.succeeds) {
    return "Succeeded";
  }
  const Instant half = reservation.created + (reservation.succeeds - reservation.created) / 2;
  return now < half ? "Creating" : "PendingCapacity";
}

bool gives_benefit(const Reservation& reservation, Instant now) {
  return provisioning_state(reservation, now) == "Succeeded";
}

std::string display_state(const World& world, const Reservation& reservation, const Env& env) {
  const std::string state = provisioning_state(reservation, env.now);
  if (state == "Creating" || state == "PendingCapacity") {
    return "Pending";
  }
  if (state == "Pending") {
    return "Processing";
  }
  if (state != "Succeeded") {
    return state;
  }
  const bool runs = std::any_of(world.azure_subscriptions.begin(), world.azure_subscriptions.end(),
                                [&](const auto& entry) {
                                  return applies_to(world, reservation, entry.second) &&
                                         azure_active(entry.second, env.now, env.delay);
                                });
  if (!runs) {
    return "NoBenefit";
  }
  return env.now + kExpiring >= expiry_of(reservation) ? "Expiring" : "Succeeded";
}

std::string_view renewal_state(const Reservation& reservation, Instant now) {
  if (!reservation.renew_destination.empty()) {
    return "Renewed";
  }
  if (provisioning_state(reservation, now) == "Expired") {
    return "NotRenewed";
  }
  if (reservation.end != ReservationEnd::None || reservation.cancelled) {
    return "NotApplicable";
  }
  return reservation.renew ? "On" : "Off";
}

std::int64_t etag_of(const Reservation& reservation, Instant now) {
  if (now >= reservation.succeeds) {
    return reservation.etag + 4;
  }
  return provisioning_state(reservation, now) == "Creating" ? reservation.etag
                                                            : reservation.etag + 3;
}

std::string order_state(const World& world, const std::string& order_id, const Env& env) {
  const bool returning =
      std::any_of(world.refunds.begin(), world.refunds.end(), [&](const auto& entry) {
        return entry.second.order_id == order_id && env.now < entry.second.at + env.delay;
      });
  if (returning) {
    return "Pending";
  }
  std::string out;
  for (const auto& [id, row] : world.reservations) {
    if (row.order_id == order_id && (out.empty() || out == "Cancelled" || out == "Expired")) {
      out = provisioning_state(row, env.now);
    }
  }
  return out;
}

void revise(Reservation& reservation, Instant now, std::string change) {
  if (reservation.revisions.empty()) {
    reservation.revisions.push_back({reservation.etag + 4, reservation.created, "Purchase",
                                     reservation.quantity, reservation.scope_type,
                                     reservation.display_name});
  }
  if (change == "Purchase") {
    return;
  }
  reservation.etag += 2;
  reservation.updated = now;
  reservation.revisions.push_back({reservation.etag + 4, now, std::move(change),
                                   reservation.quantity, reservation.scope_type,
                                   reservation.display_name});
  if (reservation.revisions.size() > kMaxRevisions) {
    // The purchase stays: it tells what the order was for.
    reservation.revisions.erase(reservation.revisions.begin() + 1);
  }
}

const std::string& directory_of(const Reservation& reservation) {
  return reservation.directory.empty() ? reservation.customer_id : reservation.directory;
}

std::int64_t original_quantity(const World& world, const std::string& order_id) {
  std::int64_t out = 0;
  for (const auto& [id, row] : world.reservations) {
    if (row.order_id == order_id && row.split_source.empty() && row.merge_sources.empty()) {
      out += row.revisions.empty() ? row.quantity : row.revisions.front().quantity;
    }
  }
  return out;
}

std::string_view end_word(ReservationEnd end) {
  switch (end) {
    case ReservationEnd::Split:
      return "Split";
    case ReservationEnd::Merged:
      return "Merged";
    case ReservationEnd::None:
    case ReservationEnd::Cancelled:
    case ReservationEnd::Returned:
    case ReservationEnd::Exchanged:
      break;
  }
  return "None";
}

}  // namespace pcsim
