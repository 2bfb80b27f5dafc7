#include <nlohmann/json.hpp>

#include "app/arm/arm_call.h"
#include "app/audit.h"
#include "app/handlers.h"
#include "codec/arm/price_table.h"
#include "codec/arm/purchase_codec.h"
#include "codec/reference_data.h"
#include "domain/commerce/reservation_order.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

const Market* market_of(const Customer* customer) {
  return customer == nullptr ? nullptr : markets().find(customer->market);
}

std::string currency_of(const Customer* customer) {
  const Market* market = market_of(customer);
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

/// Who buys, and whether the buyer and the market are allowed to.
Result<const Customer*> authorised_buyer(const Call& call, const PurchaseRequest& request) {
  const Actor actor = actor_of(call);
  PCSIM_TRY(subscription,
            subscription_of_caller(call.world, actor, request.billing_subscription_id));
  const Customer* customer = customer_of_token(call);
  if (customer == nullptr) {
    return Error{ErrorCode::ArmSubscriptionNotFound, {subscription.id}, {}};
  }
  PCSIM_TRY(allowed, may_purchase(call.world, actor, *customer, subscription));
  static_cast<void>(allowed);
  const Market* market = market_of(customer);
  if (market == nullptr || !market->reservations) {
    return Error{ErrorCode::ArmNotSupportedCountry, {customer->market}, {}};
  }
  return customer;
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
  row.display_name = request.display_name.empty() ? request.sku : request.display_name;
  row.sku_name = request.sku;
  row.location = request.location;
  row.billing_plan = request.billing_plan;
  row.created = call.env.now;
  row.succeeds = call.env.now + call.env.delay;
  row.by_customer = true;
  return row;
}

/// Stores a purchase with all that follows from it.
const Reservation& store_purchase(const Call& call, const Customer& customer, Reservation row) {
  const std::string offer = catalog_item_for(row.sku_name, row.term);
  const auto parts = split(offer, ':');
  if (parts.size() == 3) {
    row.product_id = parts[0];
    row.sku_id = parts[1];
  }
  const Market* market = market_of(&customer);
  add_partner_order_for_reservation(call.world, call.env, customer, row, offer, row.display_name,
                                    market->currency, market->currency_symbol);
  call.world.role_assignments.push_back({call.env.ids.guid(), order_scope(row.order_id),
                                         std::string(kOwnerRole), lower(call.principal.object_id),
                                         call.principal.is_user ? "User" : "ServicePrincipal",
                                         call.env.now});
  record_audit(call, "order", "create_order", &customer,
               {{"OrderId", row.partner_order_id}, {"ReservationOrderId", row.order_id}});
  return call.world.reservations.put(row.reservation_id, row);
}

}  // namespace

Result<Reply> handle_ArmCalculatePrice(const Call& call) {
  PCSIM_TRY(version, require_api_version(call));
  static_cast<void>(version);
  const PurchaseRequest request = parse_purchase(call.body);
  PCSIM_TRY(valid, validate_purchase(request));
  static_cast<void>(valid);
  PCSIM_TRY(price, reservation_price(request.sku, request.location, request.term));
  const Customer* customer = customer_of_token(call);
  const std::string order_id = call.env.ids.guid();
  call.world.quotes.put(order_id, {order_id, lower(call.principal.tenant_id),
                                   purchase_fingerprint(call.body), call.env.now});
  return Reply{0,
               price_json({order_id, request, price * request.quantity, currency_of(customer),
                           customer != nullptr, call.env.now}),
               {}};
}

Result<Reply> handle_ArmPurchaseReservation(const Call& call) {
  PCSIM_TRY(version, require_api_version(call));
  static_cast<void>(version);
  const std::string order_id = path_id(call, "orderId");
  if (!is_guid(order_id)) {
    return Error{ErrorCode::ArmInvalidReservationOrderId, {call.path.at("orderId")}, {}};
  }
  const PurchaseRequest request = parse_purchase(call.body);
  PCSIM_TRY(valid, validate_purchase(request));
  static_cast<void>(valid);
  PCSIM_TRY(customer, authorised_buyer(call, request));
  PCSIM_TRY(quoted, check_quote(call.world, order_id, lower(call.principal.tenant_id),
                                purchase_fingerprint(call.body)));
  static_cast<void>(quoted);
  const Reservation& row =
      store_purchase(call, *customer, new_reservation(call, request, *customer, order_id));
  OrderAnswer answer;
  answer.reservations = {row};
  answer.state = "Creating";
  answer.now = call.env.now;
  Reply reply{202, order_json(answer), {}};
  reply.headers.add("Location", call.base_url + order_scope(order_id) +
                                    "?api-version=" + query_value(call, "api-version"));
  reply.headers.add("Retry-After", "1");
  return reply;
}

Result<Reply> handle_ArmGetReservationOrder(const Call& call) {
  PCSIM_TRY(version, require_api_version(call));
  static_cast<void>(version);
  PCSIM_TRY(rows, readable_order(call));
  OrderAnswer answer;
  answer.reservations = rows;
  answer.state = provisioning_state(rows.front(), call.env.now);
  answer.now = call.env.now;
  answer.schedule = equal_ignoring_case(query_value(call, "$expand"), "schedule");
  answer.currency = currency_of(customer_of_token(call));
  for (const Reservation& row : rows) {
    const auto price = reservation_price(row.sku_name, row.location, row.term);
    answer.total += price ? price.value() * row.quantity : 0;
  }
  return Reply{0, order_json(answer), {}};
}

Result<Reply> handle_ArmListReservations(const Call& call) {
  PCSIM_TRY(version, require_api_version(call));
  static_cast<void>(version);
  PCSIM_TRY(rows, readable_order(call));
  return Reply{0, reservations_json(rows, call.env.now), {}};
}

}  // namespace pcsim
