#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "domain/reservations/exchange.h"
#include "domain/reservations/returns.h"
#include "pcsim/message.h"

/// Answers to returns and exchanges.
namespace pcsim {

/// Quote of a return, and its acceptance.
std::string refund_json(const std::string& order_id, const std::string& session_id,
                        const RefundQuote& quote, Locale locale);

/// What calculateExchange found: the outcome of its operation, as it is kept.
std::string exchange_quote_json(const std::string& session_id, const ExchangeWish& wish,
                                const ExchangeQuote& quote, Locale locale);

/// What exchange did; the same with the reservations bought.
std::string exchange_json(const std::string& session_id, const ExchangeWish& wish,
                          const Exchanged& done, Locale locale);

/// How far an operation is: `Pending`, `PendingRefunds`, `PendingPurchases`, or what it came to.
std::string operation_json(const ExchangeOperation& operation, Instant now);

/// Whether it came to something else than a failure.
bool succeeded(const ExchangeOperation& operation);

}  // namespace pcsim
