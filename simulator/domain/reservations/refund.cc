#include "domain/reservations/refund.h"

#include <algorithm>

#include "domain/calendar.h"
#include "domain/reservations/reservation_entities.h"
#include "domain/reservations/state.h"

namespace pcsim {
namespace {

/// What `units` have paid: parts of the total, the last of which takes the rest.
Decimal paid_for(const Commitment& commitment, std::int64_t units) {
  const auto parts = (commitment.unit * units).split(commitment.instalments, commitment.places);
  Decimal out;
  for (int at = 0; at < std::min(commitment.paid, commitment.instalments); ++at) {
    out += parts[static_cast<std::size_t>(at)];
  }
  return out;
}

}  // namespace

Commitment commitment_of(const Reservation& reservation, Decimal unit, int places, Instant now) {
  Commitment out{.unit = unit, .places = places, .held = reservation.quantity};
  out.instalments = reservation.billing_plan == "Monthly" ? term_months(reservation.term) : 1;
  out.paid = 0;
  while (out.paid < out.instalments && add_months(reservation.created, out.paid) <= now) {
    ++out.paid;
  }
  out.term_days = (expiry_of(reservation) - reservation.succeeds) / kDay;
  out.elapsed_days =
      std::clamp<std::int64_t>((now - reservation.succeeds) / kDay, 0, out.term_days);
  return out;
}

RefundFigures refund_figures(const Commitment& commitment, std::int64_t returned) {
  RefundFigures out;
  out.paid = paid_for(commitment, commitment.held);
  const Decimal kept = paid_for(commitment, commitment.held - returned);
  // Months differ in length: days used are at most what was paid for.
  const Decimal consumed =
      std::min((commitment.unit * returned)
                   .share(commitment.elapsed_days, commitment.term_days, commitment.places),
               out.paid - kept);
  out.prorated = kept + consumed;
  out.refund = out.paid - out.prorated;
  out.remaining = commitment.unit * returned - (out.paid - kept);
  return out;
}

Decimal refund_fee(const RefundFigures& figures, int places, const Switches& switches) {
  return switches.is({Switch::RefundFee, "12-percent"})
             ? figures.unused().times(Decimal::of(12, 2), places)
             : Decimal{};
}

Decimal limit_use(const RefundFigures& usd, const Switches& switches) {
  return switches.is({Switch::RefundLimit, "cash"}) ? usd.refund : usd.unused();
}

ExchangeTotals exchange_totals(const std::vector<RefundFigures>& returns,
                               const std::vector<Decimal>& purchases) {
  ExchangeTotals out;
  for (const RefundFigures& one : returns) {
    out.refunds += one.unused();
  }
  for (const Decimal one : purchases) {
    out.purchases += one;
  }
  out.net = out.purchases - out.refunds;
  return out;
}

}  // namespace pcsim
