#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/reservations/returns.h"

/// Reservations given back for others. Source: docs/reference/reservations.md#exchanges.
namespace pcsim {

/// How many exchanges and their calculations a world keeps; the oldest is forgotten first.
constexpr std::size_t kMaxExchanges = 1'000;

/// Units of one reservation that are given back.
struct ExchangedUnits {
  std::string reservation_id;
  std::int64_t quantity = 1;
};

/// What is wanted for what.
struct ExchangeWish {
  std::vector<ExchangedUnits> returns{};
  std::vector<PurchaseRequest> purchases{};
  bool savings_plans = false;  ///< whether savings plans are wanted, too
};

/// Why an exchange is not possible, by a code and words of its answer.
struct ExchangeRefusal {
  std::string code, message;
};

/// What an exchange would come to; a refusal when it is not possible.
struct ExchangeQuote {
  std::vector<RefundQuote> returns{};
  std::vector<UnitPrice> prices{};  ///< of one unit of each purchase
  ExchangeTotals totals{};
  std::string currency{"USD"};
  std::optional<ExchangeRefusal> policy{};  ///< a rule of exchanges
  std::optional<Error> error{};             ///< an error of a return or a purchase
};

ExchangeQuote quote_exchange(const World& world, const Env& env, const Shop& shop,
                             const Customer& customer, const ExchangeWish& wish);

/// What an exchange has made.
struct Exchanged {
  ExchangeQuote quote{};
  std::vector<Reservation> bought{};
};

/// Gives back and buys, whoever asks: the returns end half-way through the universe's delay, the
/// purchases provide at its end. Nothing happens when the quote refuses.
Exchanged perform_exchange(World& world, Env& env, const Shop& shop, const Customer& customer,
                           const ExchangeWish& wish);

/// Appends the rules of an exchange.
void list_exchange_rules(std::vector<RuleRow>& out);

}  // namespace pcsim
