#pragma once

#include <string>
#include <vector>

#include "domain/reservations/booking.h"
#include "domain/reservations/refund.h"

/// Reservations given back for money. Source: docs/reference/reservations.md#refunds.
namespace pcsim {

/// The most that one customer's returns may use of a year's limit, in US dollars.
inline Decimal max_refund() { return Decimal::of(50'000); }

/// How many quotes of returns a world keeps; the oldest is forgotten first.
constexpr std::size_t kMaxRefundSessions = 1'000;

/// How long a quote of a return or an exchange authorises it.
Instant session_lifetime(const Switches& switches);

/// What a return would come to, and what stands against it although it may be quoted.
struct RefundQuote {
  std::int64_t quantity = 1;
  UnitPrice price{};
  Commitment terms{};  ///< in the billing currency
  RefundFigures usd{}, billing{};
  Decimal refund_usd{}, refund_billing{},
      fee{};           ///< after the fee, and the fee in billing currency
  Decimal use{};       ///< of the yearly limit, in US dollars
  Decimal consumed{};  ///< of it by the returns of the year
  std::vector<Error> policy{};
};

/// What the customer's returns of the year behind `env.now` have used of the limit, in US dollars.
Decimal consumed_refunds(const World& world, const std::string& customer_id, const Env& env);

/// Whether the product may be given back at all.
bool refundable(const Reservation& reservation);

/// Errors: ArmOperationNotAllowedInState, ArmInvalidRefundQuantity. Within `policy`:
/// ArmSelfServiceRefundNotSupported, ArmRefundLimitExceeded.
Result<RefundQuote> quote_refund(const World& world, const Env& env, const Shop& shop,
                                 const Reservation& reservation, std::int64_t quantity);

/// Keeps what calculateRefund found under a new id; it authorises one return.
std::string remember_refund(World& world, Env& env, const Reservation& reservation,
                            std::int64_t quantity);

/// Whether a session authorises the return. Errors: ArmRefundSessionTimedOut.
Result<Done> check_refund_session(const World& world, const Env& env, const std::string& session_id,
                                  const Reservation& reservation, std::int64_t quantity);

/// Gives units of a reservation back, whoever asks: the reservation, the partner's order and
/// invoice, and the yearly limit show it. Errors: those of quote_refund, policy included.
Result<Refund> perform_return(World& world, Env& env, const Shop& shop,
                              const std::string& reservation_id, std::int64_t quantity);

/// Takes units out of a reservation and of the partner's order, and notes what is given back for
/// them; the reservation ends at `ended` when none is left.
Refund take_back_units(World& world, Env& env, const Shop& shop, const std::string& reservation_id,
                       const RefundQuote& quote, ReservationEnd end, Instant ended);

/// Appends the rules of a return.
void list_return_rules(std::vector<RuleRow>& out);

}  // namespace pcsim
