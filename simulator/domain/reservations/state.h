#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "domain/world.h"
#include "pcsim/ports.h"

/// What time makes of a reservation. Source: docs/reference/reservations.md#states.
namespace pcsim {

/// How many revisions of a reservation are kept; the oldest go first.
constexpr std::size_t kMaxRevisions = 100;

/// How many months a term lasts.
int term_months(const std::string& term);

/// When the benefit ends.
Instant expiry_of(const Reservation& reservation);

/// Provisioning state of a reservation at `now`: Creating, then PendingCapacity, then Succeeded;
/// Pending while its end is worked on, then Cancelled; Expired after its term.
std::string provisioning_state(const Reservation& reservation, Instant now);

/// Whether it gives its benefit at `now`.
bool gives_benefit(const Reservation& reservation, Instant now);

/// The state as lists of the portal show it: Expiring in its last month, NoBenefit when none of
/// its scopes runs.
std::string display_state(const World& world, const Reservation& reservation, const Env& env);

/// The same of a renewal: On, Off, Renewed, NotRenewed.
std::string_view renewal_state(const Reservation& reservation, Instant now);

/// The etag on the wire; the steps of its provisioning count.
std::int64_t etag_of(const Reservation& reservation, Instant now);

/// The provisioning state of an order: of its reservations that have not ended, if there are any.
std::string order_state(const World& world, const std::string& order_id, const Env& env);

/// Notes what a reservation has become, and moves its etag.
void revise(Reservation& reservation, Instant now, std::string change);

/// The tenant that sees a reservation.
const std::string& directory_of(const Reservation& reservation);

/// How many units an order was for.
std::int64_t original_quantity(const World& world, const std::string& order_id);

/// The word of an end on the wire (`Split`, `Merged`), else `None`.
std::string_view end_word(ReservationEnd end);

}  // namespace pcsim
