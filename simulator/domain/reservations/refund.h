#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "domain/decimal.h"
#include "domain/instant.h"
#include "pcsim/switches.h"

/// The money of returns, as functions of what is held and was paid.
/// Source: docs/reference/reservations.md#refunds.
namespace pcsim {

struct Reservation;

/// What was committed to and how far it is, in one currency.
struct Commitment {
  Decimal unit{};         ///< the price of one unit for the whole term
  int places = 2;         ///< of the currency
  std::int64_t held = 1;  ///< units
  int instalments = 1;    ///< one when it was paid up front
  int paid = 1;           ///< instalments that have been paid
  std::int64_t elapsed_days = 0, term_days = 365;
};

/// What a return of some units comes to. `paid` is what was paid for all that is held; `prorated`
/// what stays with the seller: what the kept units have paid, and the days the returned ones were
/// used. `refund` is their difference; `remaining` what the returned units would still have paid.
struct RefundFigures {
  Decimal paid{}, prorated{}, refund{}, remaining{};

  /// What has not been used yet, paid or not.
  Decimal unused() const { return refund + remaining; }
};

/// How a reservation at `now` stands, with units of that price.
Commitment commitment_of(const Reservation& reservation, Decimal unit, int places, Instant now);

/// What returning `returned` of the units held comes to.
RefundFigures refund_figures(const Commitment& commitment, std::int64_t returned);

/// The fee on a return; nothing unless the switch refund-fee says so.
Decimal refund_fee(const RefundFigures& figures, int places, const Switches& switches);

/// How much of the yearly limit a return uses, from its figures in US dollars.
Decimal limit_use(const RefundFigures& usd, const Switches& switches);

/// What an exchange comes to: what is given back of all returns, what the purchases commit to, and
/// what is left to pay.
struct ExchangeTotals {
  Decimal refunds{}, purchases{}, net{};

  /// An exchange commits to no less than it gives back.
  bool covered() const { return purchases >= refunds; }
};

ExchangeTotals exchange_totals(const std::vector<RefundFigures>& returns,
                               const std::vector<Decimal>& purchases);

}  // namespace pcsim
