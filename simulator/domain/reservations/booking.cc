#include "domain/reservations/booking.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

#include "domain/commerce/lifecycle.h"
#include "domain/commerce/reservation_order.h"
#include "domain/reservations/scopes.h"
#include "domain/reservations/state.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

/// vCPUs of one unit; none where a size has no such thing.
std::int64_t cores_of(const PriceList& prices, const std::string& sku) {
  const auto found = prices.tables().sizes.find(lower(sku));
  std::int64_t out = 0;
  if (found != prices.tables().sizes.end()) {
    const std::string& digits = found->second.cores;
    std::from_chars(digits.data(), digits.data() + digits.size(), out);
  }
  return out;
}

/// vCPUs that machines reserved for one subscription alone take of its quota.
std::int64_t cores_taken(const World& world, const PriceList& prices, const std::string& azure_id,
                         Instant now) {
  std::int64_t out = 0;
  for (const auto& [id, row] : world.reservations) {
    if (row.scope_type == "Single" && !row.cancelled && now < expiry_of(row) &&
        row.resource_type == "VirtualMachines" && !row.applied_scopes.empty() &&
        subscription_of_scope(row.applied_scopes.front()) == azure_id) {
      out += cores_of(prices, row.sku_name) * row.quantity;
    }
  }
  return out;
}

bool under_plan(const World& world, const std::string& azure_id, Instant now) {
  const AzureSubscription* azure = world.azure_subscriptions.find(azure_id);
  const Subscription* plan =
      azure == nullptr ? nullptr : world.subscriptions.find(plan_of(*azure, now));
  return plan != nullptr && plan->azure_plan;
}

/// The catalogue item of a reservation: the one for Azure plans when it is billed under one.
CatalogueItem bought_item(const World& world, const Catalogue& catalogue,
                          const PurchaseRequest& request, Instant now) {
  return catalogue.reservation(request.sku, request.location, request.term,
                               under_plan(world, request.billing_subscription_id, now)
                                   ? ReservationScope::AzurePlan
                                   : ReservationScope::MicrosoftAzure);
}

struct BookingFacts {
  bool subscription_runs = false, sold_by_partner = false;
  std::int64_t cores_left = 0, cores_wanted = 0;
  const HoldReason* hold = nullptr;
  bool on_sale = true;
  std::int64_t stock_left = 0, wanted = 0;
};

bool held(const BookingFacts& facts, std::initializer_list<HoldReason> reasons) {
  return facts.hold != nullptr &&
         std::find(reasons.begin(), reasons.end(), *facts.hold) != reasons.end();
}

struct BookingRule {
  std::string_view name;
  bool (*broken)(const BookingFacts&);
  ErrorCode error;
};

constexpr std::array kBookingRules{
    BookingRule{"billing-subscription-runs",
                [](const BookingFacts& f) { return !f.subscription_runs; },
                ErrorCode::ArmNonsupportedAccountId},
    BookingRule{"billing-subscription-sold-by-partner",
                [](const BookingFacts& f) { return !f.sold_by_partner; },
                ErrorCode::ArmNonsupportedAccountId},
    BookingRule{"single-scope-within-quota",
                [](const BookingFacts& f) { return f.cores_wanted > f.cores_left; },
                ErrorCode::ArmQuotaCheckFailed},
    BookingRule{"purchase-without-risk",
                [](const BookingFacts& f) { return held(f, {HoldReason::Risk}); },
                ErrorCode::ArmRiskCheckFailed},
    BookingRule{"credit-line-open",
                [](const BookingFacts& f) { return held(f, {HoldReason::CreditLine}); },
                ErrorCode::ArmBillingPaymentInstrumentSoftError},
    BookingRule{"credit-line-granted",
                [](const BookingFacts& f) {
                  return held(f, {HoldReason::CreditLineRefused, HoldReason::CreditLimit});
                },
                ErrorCode::ArmBillingPaymentInstrumentHardError},
    BookingRule{"purchase-not-held", [](const BookingFacts& f) { return f.hold != nullptr; },
                ErrorCode::ArmPurchaseError},
    BookingRule{"offer-on-sale", [](const BookingFacts& f) { return !f.on_sale; },
                ErrorCode::ArmProductUnavailable},
    BookingRule{"offer-in-stock", [](const BookingFacts& f) { return f.wanted > f.stock_left; },
                ErrorCode::ArmFulfillmentOutOfStockError},
};

/// Why purchases of the item, or all of the customer's, are held; null when they are not.
const HoldReason* hold_of(const World& world, const Customer& customer, const std::string& item) {
  for (const std::string& held_item : {item, std::string{}}) {
    const TransactionHold* hold = world.holds.find(hold_key({customer.id, held_item}));
    if (hold != nullptr) {
      return &hold->reason;
    }
  }
  return nullptr;
}

/// The reseller of the subscription that pays, else of the plan it is under.
std::string reseller_of(const World& world, const std::string& azure_id, Instant now) {
  const AzureSubscription* azure = world.azure_subscriptions.find(azure_id);
  if (azure == nullptr || !azure->reseller_id.empty()) {
    return azure == nullptr ? std::string{} : azure->reseller_id;
  }
  const Subscription* plan = world.subscriptions.find(plan_of(*azure, now));
  return plan == nullptr ? std::string{} : plan->partner_id;
}

void take_stock(World& world, const CatalogueItem& item, const std::string& market,
                std::int64_t quantity) {
  const OfferState* state = offer_state(world, item.availability->catalog_item_id, market);
  if (state != nullptr && state->stock) {
    *world.offers.edit(offer_key(*state))->stock -= quantity;
  }
}

}  // namespace

void list_booking_rules(std::vector<RuleRow>& out) {
  list_rules("Purchase of a reservation, carried out", kBookingRules, out);
}

std::string currency_of(const Shop& shop, const Customer* customer) {
  const Market* market = customer == nullptr ? nullptr : shop.markets.find(customer->market);
  return market == nullptr ? "USD" : market->currency;
}

PriceView view_of(const World& world, const Shop& shop, const Customer* customer) {
  const Partner* partner = customer == nullptr ? nullptr : billing_partner(world, *customer);
  return price_view(shop.catalogue.prices(), currency_of(shop, customer),
                    partner == nullptr ? std::string{} : partner->country);
}

Result<const PriceRow*> listed_price(const Shop& shop, const PurchaseRequest& request) {
  const PriceList& prices = shop.catalogue.prices();
  if (!prices.known_region(request.location)) {
    return Error{ErrorCode::ArmInvalidLocationId, {request.location}, {}};
  }
  const PriceRow* row = prices.reservation(request.sku, request.location, request.term);
  const ReservedProduct* product = prices.product_of(request.sku);
  if (row == nullptr || product == nullptr || product->resource_type != request.resource_type) {
    return Error{ErrorCode::ArmCalculatePriceFailed, {request.sku, request.location}, {}};
  }
  if (restricted_region(request.location)) {
    return ErrorCode::ArmProductUnavailable;
  }
  return row;
}

UnitPrice unit_price(const World& world, const Shop& shop, const Customer* customer,
                     const PriceRow& row) {
  const PriceView view = view_of(world, shop, customer);
  return {view.shown_usd(row.price), view.shown(row.price), currency_of(shop, customer),
          view.currency.places};
}

UnitPrice refund_price(const World& world, const Shop& shop, const Reservation& reservation) {
  const PriceList& prices = shop.catalogue.prices();
  const PriceRow* row =
      prices.reservation(reservation.sku_name, reservation.location, reservation.term);
  const Customer* customer = world.customers.find(lower(reservation.customer_id));
  const bool known = reservation.unit_usd != Decimal{} || reservation.unit_billing != Decimal{};
  UnitPrice bought{reservation.unit_usd, reservation.unit_billing, reservation.currency, 2};
  bought.places = prices.currency(reservation.currency).places;
  if (row == nullptr) {
    return bought;
  }
  UnitPrice now = unit_price(world, shop, customer, *row);
  if (known && now.currency != bought.currency) {
    return bought;
  }
  if (known) {
    now.usd = std::min(now.usd, bought.usd);
    now.billing = std::min(now.billing, bought.billing);
  }
  return now;
}

Decimal partner_price(const World& world, const Catalogue& catalogue,
                      const Reservation& reservation) {
  const Order* order = world.orders.find(lower(reservation.partner_order_id));
  const Customer* customer = world.customers.find(lower(reservation.customer_id));
  if (order == nullptr || customer == nullptr) {
    return {};
  }
  for (const OrderLine& line : order->lines) {
    if (line.number == reservation.line_number) {
      const Currency currency = catalogue.prices().currency(order->currency_code);
      return partner_list_price(catalogue, line, billing_partner(world, *customer))
          .times(currency.rate, currency.places);
    }
  }
  return {};
}

std::optional<ResalePrice> resale_price(const World& world, const Reservation& reservation) {
  std::optional<ResalePrice> out;
  for (const auto& [id, price] : world.resale_prices) {
    const bool own = equal_ignoring_case(price.customer_id, reservation.customer_id);
    if ((own || (price.customer_id.empty() && !out)) &&
        equal_ignoring_case(price.sku_name, reservation.sku_name) &&
        equal_ignoring_case(price.location, reservation.location) &&
        equal_ignoring_case(price.term, reservation.term)) {
      out = price;
      if (own) {
        return out;
      }
    }
  }
  return out;
}

Result<Done> check_booking(const World& world, const Env& env, const Shop& shop,
                           const Customer& customer, const PurchaseRequest& request) {
  const PriceList& prices = shop.catalogue.prices();
  const AzureSubscription* azure = world.azure_subscriptions.find(request.billing_subscription_id);
  const CatalogueItem item = bought_item(world, shop.catalogue, request, env.now);
  const std::string id = item.availability == nullptr ? "" : item.availability->catalog_item_id;
  const OfferState* offer = offer_state(world, id, customer.market);
  BookingFacts facts;
  facts.subscription_runs = azure != nullptr && azure_active(*azure, env.now, env.delay);
  facts.sold_by_partner = azure != nullptr && sold_by_partner(*azure);
  if (request.scope_type == "Single" && request.resource_type == "VirtualMachines" &&
      !request.applied_scopes.empty()) {
    const std::string scope = subscription_of_scope(request.applied_scopes.front());
    const AzureSubscription* applied = world.azure_subscriptions.find(scope);
    facts.cores_wanted = cores_of(prices, request.sku) * request.quantity;
    facts.cores_left =
        (applied == nullptr ? 0 : applied->cores) - cores_taken(world, prices, scope, env.now);
  }
  facts.hold = hold_of(world, customer, id);
  facts.on_sale = item.availability != nullptr && (offer == nullptr || !offer->withdrawn);
  facts.wanted = request.quantity;
  facts.stock_left = offer != nullptr && offer->stock ? *offer->stock : request.quantity;
  if (const BookingRule* rule = first_broken(kBookingRules, facts, env.trace)) {
    return Error{rule->error, {}, {}};
  }
  return Done{};
}

Reservation book_reservation(World& world, Env& env, const Shop& shop, const Customer& customer,
                             const PurchaseRequest& request, const std::string& order_id) {
  Reservation row;
  row.order_id = order_id;
  row.reservation_id = env.ids.guid();
  row.customer_id = customer.id;
  row.quantity = request.quantity;
  row.scope_type = request.scope_type;
  row.billing_subscription_id = request.billing_subscription_id;
  row.term = request.term;
  row.display_name = request.display_name;
  row.sku_name = request.sku;
  row.location = request.location;
  row.billing_plan = request.billing_plan;
  row.created = env.now;
  row.succeeds = env.now + env.delay;
  row.by_customer = true;
  row.artifact_group = env.ids.hex(32);
  row.artifact_line = env.ids.guid();
  row.resource_type = request.resource_type;
  row.applied_scopes = request.applied_scopes;
  row.management_group = request.management_group;
  row.instance_flexibility = request.instance_flexibility;
  row.renew = request.renew;
  row.review = request.review;
  row.reseller_id = reseller_of(world, request.billing_subscription_id, env.now);
  const CatalogueItem item = bought_item(world, shop.catalogue, request, env.now);
  row.product_id = item.product->id;
  row.sku_id = item.sku->id;
  const PriceRow* price =
      shop.catalogue.prices().reservation(request.sku, request.location, request.term);
  if (price != nullptr) {
    const UnitPrice unit = unit_price(world, shop, &customer, *price);
    row.unit_usd = unit.usd;
    row.unit_billing = unit.billing;
    row.currency = unit.currency;
  }
  const Market* market = shop.markets.find(customer.market);
  add_partner_order_for_reservation(world, env, customer, row, item.availability->catalog_item_id,
                                    row.display_name, currency_of(shop, &customer),
                                    market == nullptr ? "$" : market->currency_symbol);
  take_stock(world, item, customer.market, row.quantity);
  revise(row, env.now, "Purchase");
  return world.reservations.put(row.reservation_id, row);
}

PurchaseRequest same_again(const Reservation& reservation) {
  PurchaseRequest out;
  out.sku = reservation.sku_name;
  out.location = reservation.location;
  out.resource_type = reservation.resource_type;
  out.billing_subscription_id = reservation.billing_subscription_id;
  out.billing_scope_valid = true;
  out.term = reservation.term;
  out.billing_plan = reservation.billing_plan;
  out.display_name = reservation.display_name;
  out.scope_type = reservation.scope_type;
  out.quantity = reservation.quantity;
  out.applied_scopes = reservation.applied_scopes;
  out.management_group = reservation.management_group;
  out.instance_flexibility = reservation.instance_flexibility;
  out.review = reservation.review;
  return out;
}

}  // namespace pcsim
