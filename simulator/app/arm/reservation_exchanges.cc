#include <nlohmann/json.hpp>
#include <utility>

#include "app/arm/reservation_scene.h"
#include "app/handlers.h"
#include "codec/arm/change_codec.h"
#include "codec/arm/refund_codec.h"
#include "codec/reference_data.h"
#include "codec/time.h"
#include "domain/reservations/bounded.h"
#include "domain/reservations/exchange.h"
#include "domain/reservations/state.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

/// Operations are asked about for a while after they are over.
constexpr Instant kResultsKept = 7 * kDay;

/// The wish of a body with the ids of reservations the caller may give back, and whose they are.
struct Wanted {
  ExchangeWish wish{};
  const Customer* customer = nullptr;
};

Result<Wanted> wanted_exchange(const Call& call, ExchangeWish wish, const std::string& action) {
  Wanted out{std::move(wish)};
  for (ExchangedUnits& units : out.wish.returns) {
    const ReservationPath path = parse_reservation_path(units.reservation_id);
    if (!is_guid(path.reservation_id)) {
      return Error{ErrorCode::ArmInvalidReservationId, {units.reservation_id}, {}};
    }
    if (!path.order_id.empty() && !is_guid(path.order_id)) {
      return Error{ErrorCode::ArmInvalidReservationOrderId, {path.order_id}, {}};
    }
    const Reservation* row = call.world.reservations.find(path.reservation_id);
    if (row == nullptr) {
      return Error{ErrorCode::ArmReservationOrderNotFound, {path.order_id}, {}};
    }
    if (!path.order_id.empty() && row->order_id != path.order_id) {
      return Error{ErrorCode::ArmReservationIdNotInReservationOrder,
                   {path.reservation_id, path.order_id},
                   {}};
    }
    PCSIM_TRY(allowed,
              may_act(call.world, call.env, actor_of(call), *row, OrderRight::Manage, action));
    static_cast<void>(allowed);
    units.reservation_id = path.reservation_id;
    out.customer = call.world.customers.find(lower(row->customer_id));
  }
  if (out.customer == nullptr) {
    out.customer = customer_of_token(call);
  }
  return out;
}

/// Reservations as paths again, as answers name them.
ExchangeWish with_paths(const World& world, ExchangeWish wish) {
  for (ExchangedUnits& units : wish.returns) {
    if (const Reservation* row = world.reservations.find(units.reservation_id)) {
      units.reservation_id = "/providers/microsoft.capacity/reservationOrders/" + row->order_id +
                             "/reservations/" + row->reservation_id;
    }
  }
  return wish;
}

/// Keeps an operation and answers where its result will be.
Reply started(const Call& call, ExchangeOperation operation) {
  make_room(call.world.exchanges, kMaxExchanges, call.env.now - kResultsKept);
  const std::string id = operation.id;
  call.world.exchanges.put(id, std::move(operation));
  Reply reply;
  const std::string address =
      address_of(call, "/providers/Microsoft.Capacity/operationResults/" + id);
  reply.headers.add("Azure-AsyncOperation", address);
  reply.headers.add("Location", address);
  reply.headers.add("Retry-After", retry_after(call.env.delay));
  return reply;
}

/// An update of a reservation, asked about by the id of the reservation.
Result<Reply> update_result(const Call& call, const std::string& id) {
  const Reservation* row = call.world.reservations.find(id);
  if (row == nullptr || !may_act(call.world, call.env, actor_of(call), *row, OrderRight::Read,
                                 "Microsoft.Capacity/reservationOrders/reservations/read")) {
    return Error{ErrorCode::ArmOperationResultNotFound, {call.path.at("operationId")}, {}};
  }
  const bool over = row->updated.value_or(row->created) + call.env.delay <= call.env.now;
  nlohmann::ordered_json out;
  out["id"] = "/providers/Microsoft.Capacity/operationResults/" + id;
  out["name"] = id;
  out["status"] = over ? "Succeeded" : "Pending";
  return Reply{0, out.dump(), {}};
}

}  // namespace

Result<Reply> handle_ArmCalculateExchange(const Call& call) {
  PCSIM_TRY(wanted, wanted_exchange(call, parse_exchange(call.body),
                                    "Microsoft.Capacity/calculateexchange/action"));
  ExchangeOperation operation;
  operation.id = call.env.ids.guid();
  operation.session_id = call.env.ids.guid();
  operation.tenant_id = lower(call.principal.tenant_id);
  operation.request = call.body.dump();
  operation.created = call.env.now;
  operation.completes = call.env.now + call.env.delay;
  ExchangeQuote quote;
  if (wanted.customer != nullptr) {
    operation.customer_id = wanted.customer->id;
    quote = quote_exchange(call.world, call.env, shop_of(call), *wanted.customer, wanted.wish);
  } else {
    quote.error = Error{ErrorCode::ArmInvalidTenantId, {call.principal.tenant_id}, {}};
  }
  operation.result = exchange_quote_json(operation.session_id, with_paths(call.world, wanted.wish),
                                         quote, call.env.locale);
  return started(call, std::move(operation));
}

Result<Reply> handle_ArmExchange(const Call& call) {
  const auto properties = call.body.value("properties", nlohmann::json::object());
  const std::string session = lower(properties.value("sessionid", std::string{}));
  const ExchangeOperation* quoted = nullptr;
  for (const auto& [id, operation] : call.world.exchanges) {
    if (!operation.performs && operation.session_id == session) {
      quoted = &operation;
    }
  }
  const Instant now = call.env.now;
  if (quoted == nullptr || now < quoted->completes ||
      quoted->tenant_id != lower(call.principal.tenant_id) || !succeeded(*quoted) ||
      quoted->created + session_lifetime(call.env.switches) <= now ||
      call.world.exchanges.find(session) != nullptr) {
    return ErrorCode::ArmExchangeSessionTimedOut;
  }
  const ExchangeOperation before = *quoted;
  PCSIM_TRY(wanted, wanted_exchange(call, parse_exchange(nlohmann::json::parse(before.request)),
                                    "Microsoft.Capacity/exchange/action"));
  ExchangeWish wish = wanted.wish;
  for (PurchaseRequest& request : wish.purchases) {
    if (request.display_name.empty()) {
      request.display_name = default_display_name(now);
    }
  }
  const Customer customer = *wanted.customer;
  const Exchanged done = perform_exchange(call.world, call.env, shop_of(call), customer, wish);
  for (const Reservation& row : done.bought) {
    assign_role(call.world, {call.env.ids.guid(), order_scope(row.order_id),
                             std::string(kOwnerRole), lower(call.principal.object_id),
                             call.principal.is_user ? "User" : "ServicePrincipal", now});
    record_order_change(call, row, "create_order");
  }
  if (!done.bought.empty()) {
    for (const ExchangedUnits& units : wish.returns) {
      record_order_change(call, *call.world.reservations.find(units.reservation_id),
                          "update_order");
    }
  }
  ExchangeOperation operation = before;
  operation.id = session;
  operation.performs = true;
  operation.created = now;
  operation.completes = now + call.env.delay;
  operation.result = exchange_json(session, with_paths(call.world, wish), done, call.env.locale);
  return started(call, std::move(operation));
}

Result<Reply> handle_ArmGetOperationResult(const Call& call) {
  const std::string id = path_id(call, "operationId");
  const ExchangeOperation* operation = call.world.exchanges.find(id);
  if (operation == nullptr) {
    return update_result(call, id);
  }
  if (operation->tenant_id != lower(call.principal.tenant_id)) {
    return Error{ErrorCode::ArmOperationResultNotFound, {call.path.at("operationId")}, {}};
  }
  Reply reply{0, operation_json(*operation, call.env.now), {}};
  if (call.env.now < operation->completes) {
    const std::string address =
        address_of(call, "/providers/Microsoft.Capacity/operationResults/" + operation->id);
    reply.headers.add("Azure-AsyncOperation", address);
    reply.headers.add("Location", address);
    reply.headers.add("Retry-After", retry_after(operation->completes - call.env.now));
  }
  return reply;
}

}  // namespace pcsim
