#include "domain/reservations/returns.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "domain/calendar.h"
#include "domain/reservations/bounded.h"
#include "domain/reservations/state.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

constexpr Instant kMinute = 60 * kSecond;
constexpr int kYearDays = 365;

// Source: Self-service exchanges and refunds for Azure Reservations, products without refunds.
constexpr std::array<std::string_view, 5> kNotRefundable{"Databricks", "VMwareCloudSimple",
                                                         "RedHatOsa", "RedHat", "SuseLinux"};

struct ReturnFacts {
  const Reservation& reservation;
  std::string state;
  std::int64_t quantity;
  Decimal use{}, consumed{};
};

struct ReturnRule {
  std::string_view name;
  bool (*broken)(const ReturnFacts&);
  ErrorCode error;
};

constexpr std::array kReturnRules{
    ReturnRule{"reservation-gives-benefit",
               [](const ReturnFacts& f) { return f.state != "Succeeded"; },
               ErrorCode::ArmOperationNotAllowedInState},
    ReturnRule{
        "refund-quantity-held",
        [](const ReturnFacts& f) { return f.quantity < 1 || f.quantity > f.reservation.quantity; },
        ErrorCode::ArmInvalidRefundQuantity},
};

/// What a quote tells in its policy result, and a return refuses.
constexpr std::array kPolicyRules{
    ReturnRule{"product-refundable",
               [](const ReturnFacts& f) { return !refundable(f.reservation); },
               ErrorCode::ArmSelfServiceRefundNotSupported},
    ReturnRule{"refund-within-limit",
               [](const ReturnFacts& f) { return f.consumed + f.use > max_refund(); },
               ErrorCode::ArmRefundLimitExceeded},
};

std::vector<std::string> arguments_of(ErrorCode error, const ReturnFacts& facts) {
  if (error == ErrorCode::ArmOperationNotAllowedInState) {
    return {facts.state};
  }
  if (error == ErrorCode::ArmInvalidRefundQuantity) {
    return {std::to_string(facts.quantity), std::to_string(facts.reservation.quantity)};
  }
  return error == ErrorCode::ArmRefundLimitExceeded
             ? std::vector<std::string>{max_refund().text(2), "USD"}
             : std::vector<std::string>{};
}

/// What the partner gets back, in the order's currency and without tax.
Decimal credit_of(const World& world, const Shop& shop, const Reservation& row,
                  const RefundQuote& quote, Instant now, const Switches& switches) {
  const Order* order = world.orders.find(lower(row.partner_order_id));
  if (order == nullptr) {
    return {};
  }
  const int places = shop.catalogue.prices().currency(order->currency_code).places;
  const RefundFigures figures = refund_figures(
      commitment_of(row, partner_price(world, shop.catalogue, row), places, now), quote.quantity);
  return figures.refund - refund_fee(figures, places, switches);
}

}  // namespace

void list_return_rules(std::vector<RuleRow>& out) {
  list_rules("Return of a reservation", kReturnRules, out);
  list_rules("Return of a reservation, policy", kPolicyRules, out);
}

Instant session_lifetime(const Switches& switches) {
  if (switches.is({Switch::RefundSessions, "15m"})) {
    return 15 * kMinute;
  }
  return switches.is({Switch::RefundSessions, "24h"}) ? kDay : 60 * kMinute;
}

bool refundable(const Reservation& reservation) {
  return std::find(kNotRefundable.begin(), kNotRefundable.end(), reservation.resource_type) ==
         kNotRefundable.end();
}

Decimal consumed_refunds(const World& world, const std::string& customer_id, const Env& env) {
  const bool by_day = env.switches.is({Switch::RefundYear, "by-day"});
  Decimal out;
  for (const auto& [id, refund] : world.refunds) {
    const Instant from = by_day ? day_of(refund.at) : refund.at;
    if (!refund.exchange && equal_ignoring_case(refund.customer_id, customer_id) &&
        env.now < from + kYearDays * kDay) {
      out += refund.limit_usd;
    }
  }
  return out;
}

Result<RefundQuote> quote_refund(const World& world, const Env& env, const Shop& shop,
                                 const Reservation& reservation, std::int64_t quantity) {
  ReturnFacts facts{reservation, provisioning_state(reservation, env.now), quantity};
  if (const ReturnRule* rule = first_broken(kReturnRules, facts, env.trace)) {
    return Error{rule->error, arguments_of(rule->error, facts), {}};
  }
  RefundQuote out;
  out.quantity = quantity;
  out.price = refund_price(world, shop, reservation);
  out.terms = commitment_of(reservation, out.price.billing, out.price.places, env.now);
  out.billing = refund_figures(out.terms, quantity);
  out.usd = refund_figures(commitment_of(reservation, out.price.usd, 2, env.now), quantity);
  out.fee = refund_fee(out.billing, out.price.places, env.switches);
  out.refund_billing = out.billing.refund - out.fee;
  out.refund_usd = out.usd.refund - refund_fee(out.usd, 2, env.switches);
  out.use = limit_use(out.usd, env.switches);
  out.consumed = consumed_refunds(world, reservation.customer_id, env);
  facts.use = out.use;
  facts.consumed = out.consumed;
  if (env.trace != nullptr) {
    env.trace->value("refund-limit-consumed", out.consumed.text(2));
    env.trace->value("refund-limit-use", out.use.text(2));
  }
  if (const ReturnRule* rule = first_broken(kPolicyRules, facts, env.trace)) {
    out.policy.push_back(Error{rule->error, arguments_of(rule->error, facts), {}});
  }
  return out;
}

std::string remember_refund(World& world, Env& env, const Reservation& reservation,
                            std::int64_t quantity) {
  make_room(world.refund_sessions, kMaxRefundSessions, env.now - session_lifetime(env.switches));
  RefundSession session{env.ids.guid(), reservation.customer_id, reservation.reservation_id,
                        quantity, env.now};
  const std::string id = session.id;
  world.refund_sessions.put(id, std::move(session));
  return id;
}

Result<Done> check_refund_session(const World& world, const Env& env, const std::string& session_id,
                                  const Reservation& reservation, std::int64_t quantity) {
  const RefundSession* session = world.refund_sessions.find(lower(session_id));
  if (session == nullptr || session->reservation_id != reservation.reservation_id ||
      session->quantity != quantity ||
      session->created + session_lifetime(env.switches) <= env.now) {
    return ErrorCode::ArmRefundSessionTimedOut;
  }
  return Done{};
}

Refund take_back_units(World& world, Env& env, const Shop& shop, const std::string& reservation_id,
                       const RefundQuote& quote, ReservationEnd end, Instant ended) {
  Reservation& row = *world.reservations.edit(reservation_id);
  Refund refund;
  refund.id = env.ids.guid();
  refund.customer_id = row.customer_id;
  refund.order_id = row.order_id;
  refund.reservation_id = row.reservation_id;
  refund.currency = quote.price.currency;
  refund.quantity = quote.quantity;
  refund.usd = quote.refund_usd;
  refund.billing = quote.refund_billing;
  refund.limit_usd = quote.use;
  refund.fee = quote.fee;
  refund.at = env.now;
  refund.exchange = end == ReservationEnd::Exchanged;
  refund.partner_order_id = row.partner_order_id;
  refund.line_number = row.line_number;
  refund.credit = credit_of(world, shop, row, quote, env.now, env.switches);
  if (quote.quantity == row.quantity) {
    row.end = end;
    row.ended = ended;
    row.cancelled = true;
    row.renew = false;
  } else {
    row.quantity -= quote.quantity;
  }
  revise(row, env.now, end == ReservationEnd::Exchanged ? "Exchange" : "Return");
  if (Order* order = world.orders.edit(lower(row.partner_order_id))) {
    for (OrderLine& line : order->lines) {
      if (line.number == row.line_number) {
        line.quantity -= std::min(line.quantity, quote.quantity);
      }
    }
    order->adjusting_until = ended;
    ++order->version;
  }
  const std::string id = refund.id;
  return world.refunds.put(id, std::move(refund));
}

Result<Refund> perform_return(World& world, Env& env, const Shop& shop,
                              const std::string& reservation_id, std::int64_t quantity) {
  const Reservation* row = world.reservations.find(lower(reservation_id));
  if (row == nullptr) {
    return Error{ErrorCode::ArmInvalidReservationId, {reservation_id}, {}};
  }
  PCSIM_TRY(quote, quote_refund(world, env, shop, *row, quantity));
  if (!quote.policy.empty()) {
    return quote.policy.front();
  }
  return take_back_units(world, env, shop, row->reservation_id, quote, ReservationEnd::Returned,
                         env.now + env.delay);
}

}  // namespace pcsim
