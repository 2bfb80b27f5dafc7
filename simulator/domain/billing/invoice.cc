#include "domain/billing/invoice.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <utility>

#include "domain/billing/calendar.h"
#include "domain/reservations/purchase.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

/// Invoices are paid a month after their date.
constexpr int kMonthsToPay = 1;

/// Months between two charges; 0 for what is charged once.
int cycle_months(const std::string& billing_cycle) {
  static const std::map<std::string, int, std::less<>> kMonths{
      {"monthly", 1}, {"annual", 12}, {"biennial", 24}, {"triennial", 36}};
  const auto found = kMonths.find(billing_cycle);
  return found == kMonths.end() ? 0 : found->second;
}

int months_of_term(const std::string& term) {
  if (term.size() != 3 || (term[2] != 'Y' && term[2] != 'M')) {
    return 0;
  }
  return (term[1] - '0') * (term[2] == 'Y' ? 12 : 1);
}

/// Orders, customers and reservations as the charges of one partner need them.
class Charges {
 public:
  Charges(const World& world, const Catalogue& catalogue, const Partner& partner, Instant until)
      : world_(world), catalogue_(catalogue), partner_(partner), until_(until) {
    for (const auto& [id, reservation] : world.reservations) {
      reservations_[{reservation.partner_order_id, reservation.line_number}] = &reservation;
    }
    for (const auto& [id, refund] : world.refunds) {
      refunds_[{refund.partner_order_id, refund.line_number}].push_back(&refund);
    }
  }

  void add(const Order& order, const Customer& customer) {
    view_ = price_view(catalogue_.prices(), order.currency_code, partner_.country);
    for (const OrderLine& line : order.lines) {
      add(order, line, customer);
    }
  }

  std::vector<InvoiceLine> lines{};

 private:
  void add(const Order& order, const OrderLine& line, const Customer& customer) {
    const Decimal listed = partner_list_price(catalogue_, line, &partner_);
    const std::int64_t bought = line.quantity + line.returned + units_returned(order, line, 0);
    if (listed == Decimal{} || bought == 0) {
      return;
    }
    const auto found = reservations_.find({order.id, line.number});
    const Reservation* reservation = found == reservations_.end() ? nullptr : found->second;
    InvoiceLine out{.order = &order, .line = &line, .customer = &customer};
    out.item = catalogue_.item(line.offer_id);
    out.unit_price = view_.shown(listed);
    out.quantity = bought;
    out.subtotal = listed.times(view_.currency.rate, view_.currency.places) * bought;
    out.tax = view_.tax.included ? out.unit_price * bought - out.subtotal
                                 : out.subtotal.times(view_.tax.rate, view_.currency.places);
    if (reservation != nullptr) {
      out.reservation_order_id = reservation->order_id;
    }
    if (reservation != nullptr && reservation->billing_plan == "Monthly") {
      add_instalments(out, reservation->term);
    } else {
      add_cycles(out);
    }
    add_refunds(out);
  }

  /// Units of a line that were given back from `from` on.
  std::int64_t units_returned(const Order& order, const OrderLine& line, Instant from) const {
    const auto found = refunds_.find({order.id, line.number});
    std::int64_t out = 0;
    if (found != refunds_.end()) {
      for (const Refund* refund : found->second) {
        out += refund->at >= from ? refund->quantity : 0;
      }
    }
    return out;
  }

  /// What returned reservations give back, on the invoice of their month.
  void add_refunds(const InvoiceLine& charge) {
    const auto found = refunds_.find({charge.order->id, charge.line->number});
    if (found == refunds_.end()) {
      return;
    }
    for (const Refund* refund : found->second) {
      InvoiceLine out = charge;
      out.credit = true;
      out.first = false;
      out.quantity = -refund->quantity;
      out.date = refund->at;
      out.start = refund->at;
      out.end = refund->at;
      out.subtotal = Decimal{} - refund->credit;
      out.tax = out.subtotal.times(view_.tax.rate, view_.currency.places);
      out.total = out.subtotal + out.tax;
      if (out.date < until_) {
        lines.push_back(std::move(out));
      }
    }
  }

  // The parts of a total that is paid month by month add up to it.
  void add_instalments(const InvoiceLine& whole, const std::string& term) {
    const auto subtotals = instalments(whole.subtotal, view_.currency.places, term, "Monthly");
    const auto taxes = instalments(whole.tax, view_.currency.places, term, "Monthly");
    for (std::size_t month = 0; month < subtotals.size(); ++month) {
      InvoiceLine part = whole;
      part.monthly_part = true;
      part.subtotal = subtotals[month];
      part.tax = taxes[month];
      // What was returned before pays no more.
      const Instant date = months_later(whole.order->created, static_cast<int>(month));
      part.quantity = whole.line->quantity + whole.line->returned +
                      units_returned(*whole.order, *whole.line, date);
      if (part.quantity == 0) {
        return;
      }
      if (part.quantity != whole.quantity) {
        const Decimal left = whole.subtotal.share(part.quantity, whole.quantity, Decimal::kPlaces);
        part.subtotal = instalments(left, view_.currency.places, term, "Monthly")[month];
        part.tax =
            instalments(whole.tax.share(part.quantity, whole.quantity, view_.currency.places),
                        view_.currency.places, term, "Monthly")[month];
      }
      put(part, static_cast<int>(month), 1);
    }
  }

  void add_cycles(const InvoiceLine& charge) {
    const int months = cycle_months(charge.order->billing_cycle);
    const Subscription* subscription =
        world_.subscriptions.find(lower(charge.line->subscription_id));
    const bool ended =
        subscription != nullptr && subscription->status == SubscriptionStatus::Deleted;
    if (months == 0 || ended) {
      put(charge, 0, months == 0 ? months_of_term(charge.line->term_duration) : months);
      return;
    }
    for (int at = 0; months_later(charge.order->created, at) < until_; at += months) {
      put(charge, at, months);
    }
  }

  /// Adds a charge that falls `at` months after the order and pays for `months`.
  void put(InvoiceLine charge, int at, int months) {
    charge.first = at == 0;
    charge.date = months_later(charge.order->created, at);
    charge.start = charge.date;
    charge.end = months_later(charge.order->created, at + months);
    charge.total = charge.subtotal + charge.tax;
    const auto& cancelled = charge.line->cancelled;
    if (charge.date >= until_ || (cancelled && charge.date > *cancelled)) {
      return;
    }
    lines.push_back(std::move(charge));
    if (cancelled && *cancelled < until_) {
      give_back(lines.back(), *cancelled);
    }
  }

  /// Only what may still be given back whole can be cancelled, so a credit is the whole charge.
  void give_back(InvoiceLine credit, Instant at) {
    credit.credit = true;
    credit.date = at;
    credit.quantity = -credit.quantity;
    credit.subtotal = Decimal{} - credit.subtotal;
    credit.tax = Decimal{} - credit.tax;
    credit.total = credit.subtotal + credit.tax;
    lines.push_back(std::move(credit));
  }

  const World& world_;
  const Catalogue& catalogue_;
  const Partner& partner_;
  Instant until_;
  PriceView view_{};
  std::map<std::pair<std::string, int>, const Reservation*> reservations_{};
  std::map<std::pair<std::string, int>, std::vector<const Refund*>> refunds_{};
};

/// `G` and nine digits, the same for the same partner, month and currency.
std::string invoice_id(const Partner& partner, Instant period_start, const std::string& currency) {
  constexpr std::uint64_t kOffset = 14'695'981'039'346'656'037U;
  constexpr std::uint64_t kPrime = 1'099'511'628'211U;
  std::uint64_t hash = kOffset;
  for (const char c : lower(partner.domain) + "|" + std::to_string(period_start) + "|" + currency) {
    hash = (hash ^ static_cast<unsigned char>(c)) * kPrime;
  }
  const std::string digits = std::to_string(hash % 1'000'000'000U);
  return "G" + std::string(9 - digits.size(), '0') + digits;
}

}  // namespace

std::vector<Invoice> invoices_of(const World& world, const Catalogue& catalogue,
                                 const Partner& partner, Instant now) {
  Charges charges(world, catalogue, partner, month_start(now));
  for (const auto& [id, order] : world.orders) {
    const Customer* customer = world.customers.find(lower(order.customer_id));
    if (customer != nullptr && equal_ignoring_case(customer->partner_key, partner.domain)) {
      charges.add(order, *customer);
    }
  }
  std::stable_sort(
      charges.lines.begin(), charges.lines.end(),
      [](const InvoiceLine& left, const InvoiceLine& right) { return left.date < right.date; });
  std::map<std::pair<Instant, std::string>, Invoice> months;
  for (InvoiceLine& line : charges.lines) {
    const Instant start = month_start(line.date);
    const std::string& code = line.order->currency_code;
    Invoice& invoice = months[{-start, code}];
    if (invoice.id.empty()) {
      invoice.id = invoice_id(partner, start, code);
      invoice.period_start = start;
      invoice.date = months_later(start, 1);
      invoice.due = months_later(invoice.date, kMonthsToPay);
      invoice.currency_code = code;
      invoice.currency_symbol = line.order->currency_symbol;
      invoice.currency = catalogue.prices().currency(code);
    }
    invoice.total += line.total;
    invoice.lines.push_back(std::move(line));
  }
  std::vector<Invoice> out;
  for (auto& [key, invoice] : months) {
    out.push_back(std::move(invoice));
  }
  return out;
}

std::vector<AccountBalance> balances_of(const std::vector<Invoice>& invoices, Instant now) {
  std::map<std::string, AccountBalance> by_currency;
  for (const Invoice& invoice : invoices) {  // latest first
    AccountBalance& account = by_currency[invoice.currency_code];
    account.currency_code = invoice.currency_code;
    account.currency_symbol = invoice.currency_symbol;
    account.latest = account.latest == nullptr ? &invoice : account.latest;
    account.first = &invoice;
    if (invoice.due > now) {
      account.balance += invoice.total;
    } else if (account.last_paid == nullptr) {
      account.last_paid = &invoice;
    }
  }
  std::vector<AccountBalance> out;
  for (auto& [code, account] : by_currency) {
    out.push_back(std::move(account));
  }
  return out;
}

}  // namespace pcsim
