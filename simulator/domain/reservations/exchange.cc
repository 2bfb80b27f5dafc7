#include "domain/reservations/exchange.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <utility>

#include "domain/reservations/scopes.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

/// 2027-02-01: what savings plans cover and is bought from then on is not exchanged.
/// Source: Changes to the Azure reservation exchange policy.
constexpr Instant kComputeExchangesEnd = 1'801'440'000 * kSecond;

constexpr std::array<std::string_view, 3> kCompute{"VirtualMachines", "DedicatedHost",
                                                   "AppService"};

struct ExchangeFacts {
  const ExchangeWish& wish;
  std::vector<const Reservation*> returned{};
  ExchangeTotals totals{};
};

bool is_compute(const std::string& type) {
  return std::find(kCompute.begin(), kCompute.end(), type) != kCompute.end();
}

/// The products on both sides are of one kind.
bool one_family(const ExchangeFacts& facts) {
  std::set<std::string> kinds;
  for (const Reservation* row : facts.returned) {
    kinds.insert(row->resource_type);
  }
  for (const PurchaseRequest& purchase : facts.wish.purchases) {
    kinds.insert(purchase.resource_type);
  }
  return kinds.size() <= 1;
}

bool twice(const ExchangeFacts& facts) {
  std::set<std::string> seen;
  return !std::all_of(facts.returned.begin(), facts.returned.end(), [&](const Reservation* row) {
    return seen.insert(row->reservation_id).second;
  });
}

/// No codes of these are published; they travel in the policy result of an answer.
struct ExchangeRule {
  std::string_view name;
  bool (*broken)(const ExchangeFacts&);
  std::string_view code, message;
};

constexpr std::array kExchangeRules{
    ExchangeRule{"exchange-for-reservations",
                 [](const ExchangeFacts& f) { return f.wish.savings_plans; },
                 "SavingsPlanExchangeNotSupported",
                 "Exchanges for savings plans are not supported for this billing account."},
    ExchangeRule{
        "exchange-has-two-sides",
        [](const ExchangeFacts& f) { return f.wish.returns.empty() || f.wish.purchases.empty(); },
        "InvalidExchange",
        "An exchange needs reservations to return and reservations to purchase."},
    ExchangeRule{"exchange-names-once", twice, "InvalidExchange",
                 "A reservation to return is named more than once."},
    ExchangeRule{"exchange-of-refundable-products",
                 [](const ExchangeFacts& f) {
                   return !std::all_of(f.returned.begin(), f.returned.end(),
                                       [](const Reservation* row) { return refundable(*row); });
                 },
                 "SelfServiceRefundNotSupported",
                 "Self Service refunds are currently not supported for this resource, please "
                 "contact support."},
    ExchangeRule{"exchange-within-family", [](const ExchangeFacts& f) { return !one_family(f); },
                 "ProductFamilyMismatch",
                 "Reservations can only be exchanged for reservations of the same type."},
    ExchangeRule{
        "exchange-of-earlier-compute",
        [](const ExchangeFacts& f) {
          return std::any_of(f.returned.begin(), f.returned.end(), [](const Reservation* row) {
            return is_compute(row->resource_type) && row->created >= kComputeExchangesEnd;
          });
        },
        "ExchangeNotSupported",
        "Reservations for services that savings plans cover can't be exchanged when they "
        "were purchased on or after February 1, 2027."},
    ExchangeRule{"exchange-commits-to-as-much",
                 [](const ExchangeFacts& f) { return !f.totals.covered(); },
                 "PurchaseTotalLessThanRefundTotal",
                 "The total of the new purchases must be at least the total of the returned "
                 "reservations' remaining commitment."},
};

/// What one purchase of an exchange is refused with, or its price.
Result<UnitPrice> purchase_price(const World& world, const Env& env, const Shop& shop,
                                 const Customer& customer, const PurchaseRequest& request) {
  PCSIM_TRY(valid, validate_purchase(request, env.trace));
  static_cast<void>(valid);
  const AzureSubscription* azure = world.azure_subscriptions.find(request.billing_subscription_id);
  if (azure == nullptr || !equal_ignoring_case(azure->customer_id, customer.id)) {
    return Error{ErrorCode::ArmSubscriptionNotFound, {request.billing_subscription_id}, {}};
  }
  PCSIM_TRY(scopes, check_applied_scopes(world, customer, request));
  static_cast<void>(scopes);
  PCSIM_TRY(row, listed_price(shop, request));
  PCSIM_TRY(possible, check_booking(world, env, shop, customer, request));
  static_cast<void>(possible);
  return unit_price(world, shop, &customer, *row);
}

/// Adds what each side comes to; stops at the first error.
std::optional<Error> add_figures(const World& world, const Env& env, const Shop& shop,
                                 const Customer& customer, const ExchangeWish& wish,
                                 ExchangeQuote& out, ExchangeFacts& facts) {
  for (const ExchangedUnits& units : wish.returns) {
    const Reservation* row = world.reservations.find(lower(units.reservation_id));
    if (row == nullptr) {
      return Error{ErrorCode::ArmInvalidReservationId, {units.reservation_id}, {}};
    }
    auto quote = quote_refund(world, env, shop, *row, units.quantity);
    if (!quote) {
      return quote.error();
    }
    // An exchange costs no fee.
    quote->fee = {};
    quote->refund_billing = quote->billing.refund;
    quote->refund_usd = quote->usd.refund;
    out.returns.push_back(*std::move(quote));
    facts.returned.push_back(row);
  }
  for (const PurchaseRequest& request : wish.purchases) {
    const auto price = purchase_price(world, env, shop, customer, request);
    if (!price) {
      return price.error();
    }
    out.prices.push_back(*price);
  }
  return std::nullopt;
}

}  // namespace

void list_exchange_rules(std::vector<RuleRow>& out) {
  list_rules("Exchange of reservations", kExchangeRules, out);
}

ExchangeQuote quote_exchange(const World& world, const Env& env, const Shop& shop,
                             const Customer& customer, const ExchangeWish& wish) {
  ExchangeQuote out;
  out.currency = currency_of(shop, &customer);
  ExchangeFacts facts{wish};
  out.error = add_figures(world, env, shop, customer, wish, out, facts);
  if (out.error) {
    return out;
  }
  std::vector<RefundFigures> returns;
  for (const RefundQuote& one : out.returns) {
    returns.push_back(one.billing);
  }
  std::vector<Decimal> purchases;
  for (std::size_t at = 0; at < out.prices.size(); ++at) {
    purchases.push_back(out.prices[at].billing * wish.purchases[at].quantity);
  }
  out.totals = exchange_totals(returns, purchases);
  facts.totals = out.totals;
  if (const ExchangeRule* rule = first_broken(kExchangeRules, facts, env.trace)) {
    out.policy = ExchangeRefusal{std::string{rule->code}, std::string{rule->message}};
  }
  return out;
}

Exchanged perform_exchange(World& world, Env& env, const Shop& shop, const Customer& customer,
                           const ExchangeWish& wish) {
  Exchanged out{quote_exchange(world, env, shop, customer, wish)};
  if (out.quote.error || out.quote.policy) {
    return out;
  }
  std::string source;
  for (std::size_t at = 0; at < wish.returns.size(); ++at) {
    const std::string id = lower(wish.returns[at].reservation_id);
    source = source.empty() ? id : source;
    take_back_units(world, env, shop, id, out.quote.returns[at], ReservationEnd::Exchanged,
                    env.now + env.delay / 2);
  }
  for (const PurchaseRequest& request : wish.purchases) {
    const Reservation bought =
        book_reservation(world, env, shop, customer, request, env.ids.guid());
    Reservation& row = *world.reservations.edit(bought.reservation_id);
    row.exchange_source = source;
    out.bought.push_back(row);
  }
  return out;
}

}  // namespace pcsim
