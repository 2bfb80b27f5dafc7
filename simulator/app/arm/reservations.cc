#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/arm/arm_call.h"
#include "app/audit.h"
#include "app/handlers.h"
#include "codec/arm/purchase_codec.h"
#include "codec/reference_data.h"
#include "domain/commerce/lifecycle.h"
#include "domain/commerce/line_prices.h"
#include "domain/commerce/reservation_order.h"
#include "domain/reservations/quote.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

const Market* market_of(const Call& call, const Customer* customer) {
  return customer == nullptr ? nullptr : call.reference.markets.find(customer->market);
}

std::string currency_of(const Call& call, const Customer* customer) {
  const Market* market = market_of(call, customer);
  return market == nullptr ? "USD" : market->currency;
}

std::string order_scope(const std::string& order_id) {
  return "/providers/Microsoft.Capacity/reservationOrders/" + order_id;
}

/// The reservations of an order that the caller may read.
Result<std::vector<Reservation>> readable_order(const Call& call) {
  const std::string id = path_id(call, "orderId");
  if (!is_guid(id)) {
    return Error{ErrorCode::ArmInvalidReservationOrderId, {call.path.at("orderId")}, {}};
  }
  std::vector<Reservation> rows;
  for (const auto& entry : call.world.reservations) {
    if (entry.second.order_id == id) {
      rows.push_back(entry.second);
    }
  }
  if (rows.empty()) {
    return Error{ErrorCode::ArmReservationOrderNotFound, {id}, {}};
  }
  const Actor actor = actor_of(call);
  const Customer* customer = customer_of_token(call);
  const bool own = customer != nullptr && lower(rows.front().customer_id) == lower(customer->id);
  if (!own || (!has_role_at(call.world, actor, order_scope(id)) &&
               !acts_on_behalf(call.world, actor, *customer))) {
    return authorization_failed(actor, "Microsoft.Capacity/reservationOrders/read",
                                order_scope(id));
  }
  return rows;
}

/// Whether the customer's market has reservations, and its scopes are its own.
Result<Done> check_customer(const Call& call, const Customer& customer,
                            const PurchaseRequest& request) {
  const Market* market = market_of(call, &customer);
  if (market == nullptr || !sells_reservations(*market, call.env.switches)) {
    return Error{ErrorCode::ArmNotSupportedCountry, {customer.market}, {}};
  }
  return check_applied_scopes(call.world, customer, request);
}

/// Who buys, and whether the buyer is allowed to.
Result<const Customer*> authorised_buyer(const Call& call, const PurchaseRequest& request) {
  const Actor actor = actor_of(call);
  PCSIM_TRY(subscription,
            subscription_of_caller(call.world, actor, request.billing_subscription_id));
  const Customer* customer = customer_of_token(call);
  if (customer == nullptr) {
    return Error{ErrorCode::ArmSubscriptionNotFound, {subscription.id}, {}};
  }
  PCSIM_TRY(allowed, may_purchase(call.world, call.env, actor, *customer, subscription));
  static_cast<void>(allowed);
  return customer;
}

/// How the caller's billing partner is shown prices; without a customer there is none.
PriceView view_of(const Call& call, const Customer* customer) {
  const Partner* partner = customer == nullptr ? nullptr : billing_partner(call.world, *customer);
  return price_view(call.reference.catalogue.prices(), currency_of(call, customer),
                    partner == nullptr ? std::string{} : partner->country);
}

/// What is asked for on the price list.
Result<const PriceRow*> listed_price(const Call& call, const PurchaseRequest& request) {
  const PriceList& prices = call.reference.catalogue.prices();
  if (!prices.known_region(request.location)) {
    return Error{ErrorCode::ArmInvalidLocationId, {request.location}, {}};
  }
  const PriceRow* row = prices.reservation(request.sku, request.location, request.term);
  const ReservedProduct* product = prices.product_of(request.sku);
  if (row == nullptr || product == nullptr || product->resource_type != request.resource_type) {
    return Error{ErrorCode::ArmCalculatePriceFailed, {request.sku, request.location}, {}};
  }
  return row;
}

/// What `quantity` of a reservation cost the customer's partner.
Total total_of(const Call& call, const Customer* customer, Decimal price, std::int64_t quantity) {
  const PriceView view = view_of(call, customer);
  return {view.shown_usd(price) * quantity, view.shown(price) * quantity,
          currency_of(call, customer), view.currency.places};
}

/// A request body that is in itself a purchase.
Result<PurchaseRequest> purchase_of(const Call& call) {
  PurchaseRequest request = parse_purchase(call.body);
  PCSIM_TRY(valid, validate_purchase(request, call.env.trace));
  static_cast<void>(valid);
  return request;
}

Reservation new_reservation(const Call& call, const PurchaseRequest& request,
                            const Customer& customer, const std::string& order_id) {
  Reservation row;
  row.order_id = order_id;
  row.reservation_id = call.env.ids.guid();
  row.customer_id = customer.id;
  row.quantity = request.quantity;
  row.scope_type = request.scope_type;
  row.billing_subscription_id = request.billing_subscription_id;
  row.term = request.term;
  row.display_name =
      request.display_name.empty() ? default_display_name(call.env.now) : request.display_name;
  row.sku_name = request.sku;
  row.location = request.location;
  row.billing_plan = request.billing_plan;
  row.created = call.env.now;
  row.succeeds = call.env.now + call.env.delay;
  row.by_customer = true;
  row.artifact_group = call.env.ids.hex(32);
  row.artifact_line = call.env.ids.guid();
  row.resource_type = request.resource_type;
  row.applied_scopes = request.applied_scopes;
  row.instance_flexibility = request.instance_flexibility;
  row.renew = request.renew;
  return row;
}

/// The catalogue item of a reservation: the one for Azure plans when it is billed under one.
CatalogueItem bought_item(const Call& call, const Reservation& row) {
  const AzureSubscription* azure = call.world.azure_subscriptions.find(row.billing_subscription_id);
  const Subscription* plan =
      azure == nullptr ? nullptr : call.world.subscriptions.find(plan_of(*azure, call.env.now));
  return call.reference.catalogue.reservation(row.sku_name, row.location, row.term,
                                              plan != nullptr && plan->azure_plan
                                                  ? ReservationScope::AzurePlan
                                                  : ReservationScope::MicrosoftAzure);
}

/// Stores a purchase with all that follows from it.
const Reservation& store_purchase(const Call& call, const Customer& customer, Reservation row) {
  const CatalogueItem item = bought_item(call, row);
  row.product_id = item.product->id;
  row.sku_id = item.sku->id;
  const Market* market = market_of(call, &customer);
  add_partner_order_for_reservation(call.world, call.env, customer, row,
                                    item.availability->catalog_item_id, row.display_name,
                                    market->currency, market->currency_symbol);
  assign_role(call.world, {call.env.ids.guid(), order_scope(row.order_id), std::string(kOwnerRole),
                           lower(call.principal.object_id),
                           call.principal.is_user ? "User" : "ServicePrincipal", call.env.now});
  record_audit(call, "order", "create_order", &customer,
               {{"OrderId", row.partner_order_id}, {"ReservationOrderId", row.order_id}});
  return call.world.reservations.put(row.reservation_id, row);
}

/// How long a client does well to wait before it looks again, in seconds.
std::string retry_after(Instant delay) {
  constexpr Instant kMostSeconds = 120;
  return std::to_string(std::clamp<Instant>((delay + kSecond - 1) / kSecond, 0, kMostSeconds));
}

}  // namespace

Result<Reply> handle_ArmCalculatePrice(const Call& call) {
  PCSIM_TRY(request, purchase_of(call));
  if (call.env.switches.is({Switch::CalculatePriceChecks, "full"})) {
    PCSIM_TRY(buyer, authorised_buyer(call, request));
    static_cast<void>(buyer);
  }
  const Customer* customer = customer_of_token(call);
  if (customer != nullptr) {
    PCSIM_TRY(checked, check_customer(call, *customer, request));
    static_cast<void>(checked);
  }
  PCSIM_TRY(price, listed_price(call, request));
  const std::string order_id = call.env.ids.guid();
  remember_quote(
      call.world, call.env,
      {order_id, lower(call.principal.tenant_id), purchase_fingerprint(request), call.env.now});
  const std::string title = call.reference.catalogue.prices().reservation_title(
      request.sku, request.location, request.term);
  return Reply{
      0,
      price_json({order_id, request, title,
                  total_of(call, customer, price->price, request.quantity),
                  view_of(call, customer).tax.included, customer != nullptr, call.env.now}),
      {}};
}

Result<Reply> handle_ArmPurchaseReservation(const Call& call) {
  const std::string order_id = path_id(call, "orderId");
  if (!is_guid(order_id)) {
    return Error{ErrorCode::ArmInvalidReservationOrderId, {call.path.at("orderId")}, {}};
  }
  PCSIM_TRY(request, purchase_of(call));
  PCSIM_TRY(customer, authorised_buyer(call, request));
  PCSIM_TRY(checked, check_customer(call, *customer, request));
  static_cast<void>(checked);
  PCSIM_TRY(price, listed_price(call, request));
  static_cast<void>(price);
  PCSIM_TRY(quoted, check_quote(call.world, call.env, order_id, lower(call.principal.tenant_id),
                                purchase_fingerprint(request)));
  static_cast<void>(quoted);
  call.world.quotes.erase(order_id);
  const Reservation& row =
      store_purchase(call, *customer, new_reservation(call, request, *customer, order_id));
  OrderAnswer answer;
  answer.reservations = {row};
  answer.state = provisioning_state(row, call.env.now);
  answer.now = call.env.now;
  Reply reply{202, order_json(answer), {}};
  reply.headers.add("Location", call.base_url + order_scope(order_id) +
                                    "?api-version=" + query_value(call, "api-version"));
  reply.headers.add("Retry-After", retry_after(call.env.delay));
  return reply;
}

Result<Reply> handle_ArmGetReservationOrder(const Call& call) {
  PCSIM_TRY(rows, readable_order(call));
  OrderAnswer answer;
  answer.reservations = rows;
  answer.state = provisioning_state(rows.front(), call.env.now);
  answer.now = call.env.now;
  answer.schedule = equal_ignoring_case(query_value(call, "$expand"), "schedule");
  const PriceList& prices = call.reference.catalogue.prices();
  const Customer* customer = customer_of_token(call);
  answer.total = total_of(call, customer, {}, 0);
  for (const Reservation& row : rows) {
    if (const PriceRow* price = prices.reservation(row.sku_name, row.location, row.term)) {
      const Total one = total_of(call, customer, price->price, row.quantity);
      answer.total.usd += one.usd;
      answer.total.billing += one.billing;
    }
  }
  return Reply{0, order_json(answer), {}};
}

Result<Reply> handle_ArmListReservations(const Call& call) {
  PCSIM_TRY(rows, readable_order(call));
  return Reply{0, reservations_json(rows, call.reference.catalogue.prices(), call.env.now), {}};
}

}  // namespace pcsim
