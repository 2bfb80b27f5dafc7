#pragma once

#include <nlohmann/json_fwd.hpp>

#include "domain/billing/invoice.h"

namespace pcsim {

/// An invoice at `now`, by which it may be paid.
nlohmann::ordered_json invoice_json(const Invoice& invoice, Instant now);

/// A line of an invoice to `partner`.
nlohmann::ordered_json invoice_line_json(const Invoice& invoice, const InvoiceLine& line,
                                         const Partner& partner);

/// What a partner owes in one currency at `now`.
nlohmann::ordered_json account_balance_json(const AccountBalance& account, Instant now);

}  // namespace pcsim
