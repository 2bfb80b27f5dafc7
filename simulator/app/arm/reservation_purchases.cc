#include <nlohmann/json.hpp>

#include "app/arm/reservation_scene.h"
#include "app/audit.h"
#include "app/handlers.h"
#include "codec/reference_data.h"
#include "domain/reservations/quote.h"
#include "domain/reservations/scopes.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

/// Whether the customer's market has reservations, and its scopes are its own.
Result<Done> check_customer(const Call& call, const Customer& customer,
                            const PurchaseRequest& request) {
  const Market* market = call.reference.markets.find(customer.market);
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
  const Customer* customer = call.world.customers.find(lower(subscription.customer_id));
  if (customer == nullptr) {
    return Error{ErrorCode::ArmSubscriptionNotFound, {subscription.id}, {}};
  }
  PCSIM_TRY(allowed, may_purchase(call.world, call.env, actor, *customer, subscription));
  static_cast<void>(allowed);
  return customer;
}

/// A request body that is in itself a purchase.
Result<PurchaseRequest> purchase_of(const Call& call) {
  PurchaseRequest request = parse_purchase(call.body);
  PCSIM_TRY(valid, validate_purchase(request, call.env.trace));
  static_cast<void>(valid);
  return request;
}

/// Versions that told the quote, its currency and what was asked for.
bool tells_quote(const std::string& version) {
  return version >= "2019-04-01" && version < "2021-07-01";
}

/// Stores a purchase with all that follows from it.
Reservation store_purchase(const Call& call, const Customer& customer, PurchaseRequest request,
                           const std::string& order_id) {
  if (request.display_name.empty()) {
    request.display_name = default_display_name(call.env.now);
  }
  const Reservation row =
      book_reservation(call.world, call.env, shop_of(call), customer, request, order_id);
  assign_role(call.world, {call.env.ids.guid(), order_scope(row.order_id), std::string(kOwnerRole),
                           lower(call.principal.object_id),
                           call.principal.is_user ? "User" : "ServicePrincipal", call.env.now});
  record_audit(call, "order", "create_order", &customer,
               {{"OrderId", row.partner_order_id}, {"ReservationOrderId", row.order_id}});
  return row;
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
  const Shop shop = shop_of(call);
  PCSIM_TRY(price, listed_price(shop, request));
  const std::string order_id = call.env.ids.guid();
  remember_quote(
      call.world, call.env,
      {order_id, lower(call.principal.tenant_id), purchase_fingerprint(request), call.env.now});
  PriceAnswer answer{
      order_id, request,
      shop.catalogue.prices().reservation_title(request.sku, request.location, request.term)};
  answer.total = total_of(unit_price(call.world, shop, customer, *price), request.quantity);
  answer.tax_included = view_of(call.world, shop, customer).tax.included;
  answer.partner_managed = customer != nullptr;
  answer.now = call.env.now;
  answer.with_quote = tells_quote(version_of(call));
  return Reply{0, price_json(answer), {}};
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
  PCSIM_TRY(price, listed_price(shop_of(call), request));
  static_cast<void>(price);
  PCSIM_TRY(quoted, check_quote(call.world, call.env, order_id, lower(call.principal.tenant_id),
                                purchase_fingerprint(request)));
  static_cast<void>(quoted);
  PCSIM_TRY(possible, check_booking(call.world, call.env, shop_of(call), *customer, request));
  static_cast<void>(possible);
  call.world.quotes.erase(order_id);
  const Reservation row = store_purchase(call, *customer, request, order_id);
  Reply reply{202, order_json(scene_for(call), {row}, std::nullopt).dump(), {}};
  reply.headers.add("Location", address_of(call, order_scope(order_id)));
  reply.headers.add("Retry-After", retry_after(call.env.delay));
  return reply;
}

}  // namespace pcsim
