#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "domain/commerce/line_prices.h"

/// What a partner is charged for the orders of its customers, month by month. Invoices are derived
/// from the orders and the clock: nothing keeps them.
namespace pcsim {

/// One charge of an order line, or the credit of one that was cancelled.
struct InvoiceLine {
  const Order* order;
  const OrderLine* line;
  const Customer* customer;
  CatalogueItem item{};
  bool monthly_part = false;  ///< one of the parts of a reservation paid by the month
  bool first = true;          ///< the charge of the purchase; later ones are of its billing cycle
  bool credit = false;        ///< gives back what a charge took
  std::int64_t quantity = 1;  ///< negative in a credit
  Instant date = 0;
  Instant start = 0, end = 0;  ///< what the charge pays for
  Decimal unit_price{};        ///< with the tax where the partner's prices include it
  Decimal subtotal{}, tax{};   ///< without tax, and the tax
  Decimal total{};             ///< the sum of both
  std::string reservation_order_id{};
};

/// The charges of a calendar month in one currency.
struct Invoice {
  std::string id;
  Instant date = 0;  ///< the end of the period
  Instant period_start = 0;
  std::string currency_code, currency_symbol;
  Currency currency{};
  std::vector<InvoiceLine> lines{};
  Decimal total{};  ///< the sum of the lines
  Instant due = 0;  ///< when the partner pays
};

/// The invoices of `partner` until `now`, latest first.
std::vector<Invoice> invoices_of(const World& world, const Catalogue& catalogue,
                                 const Partner& partner, Instant now);

/// What a partner owes in one currency.
struct AccountBalance {
  std::string currency_code, currency_symbol;
  Decimal balance{};                   ///< the sum of the unpaid invoices
  const Invoice* first = nullptr;      ///< the earliest; null without any
  const Invoice* latest = nullptr;     ///< null without any
  const Invoice* last_paid = nullptr;  ///< null while none is paid
};

/// One balance for each currency with invoices, by its code.
std::vector<AccountBalance> balances_of(const std::vector<Invoice>& invoices, Instant now);

}  // namespace pcsim
