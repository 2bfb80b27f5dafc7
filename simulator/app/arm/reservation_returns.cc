#include <nlohmann/json.hpp>

#include "app/arm/reservation_scene.h"
#include "app/handlers.h"
#include "codec/arm/change_codec.h"
#include "codec/arm/refund_codec.h"
#include "codec/reference_data.h"
#include "domain/reservations/returns.h"
#include "pcsim/text.h"

namespace pcsim {

Result<Reply> handle_ArmCalculateRefund(const Call& call) {
  PCSIM_TRY(rows, order_rows(call, OrderRight::Manage,
                             "Microsoft.Capacity/reservationOrders/calculaterefund/action"));
  const ReturnRequest request = parse_return(call.body);
  PCSIM_TRY(row, reservation_named(rows, path_id(call, "orderId"), request.reservation));
  PCSIM_TRY(quote, quote_refund(call.world, call.env, shop_of(call), row, request.quantity));
  const std::string session = remember_refund(call.world, call.env, row, request.quantity);
  return Reply{0, refund_json(row.order_id, session, quote, call.env.locale), {}};
}

Result<Reply> handle_ArmReturnReservation(const Call& call) {
  PCSIM_TRY(rows, order_rows(call, OrderRight::Manage,
                             "Microsoft.Capacity/reservationOrders/return/action"));
  const ReturnRequest request = parse_return(call.body);
  PCSIM_TRY(row, reservation_named(rows, path_id(call, "orderId"), request.reservation));
  const Shop shop = shop_of(call);
  PCSIM_TRY(quote, quote_refund(call.world, call.env, shop, row, request.quantity));
  PCSIM_TRY(session,
            check_refund_session(call.world, call.env, request.session_id, row, request.quantity));
  static_cast<void>(session);
  PCSIM_TRY(refund,
            perform_return(call.world, call.env, shop, row.reservation_id, request.quantity));
  static_cast<void>(refund);
  call.world.refund_sessions.erase(lower(request.session_id));
  record_order_change(call, row, "update_order");
  Reply reply{0, refund_json(row.order_id, lower(request.session_id), quote, call.env.locale), {}};
  reply.headers.add("Location", address_of(call, order_scope(row.order_id)));
  reply.headers.add("Retry-After", retry_after(call.env.delay));
  return reply;
}

}  // namespace pcsim
