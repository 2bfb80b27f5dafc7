#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/arm/reservation_scene.h"
#include "app/handlers.h"
#include "codec/arm/change_codec.h"
#include "codec/reference_data.h"
#include "domain/reservations/changes.h"
#include "domain/reservations/scopes.h"
#include "domain/reservations/state.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

constexpr const char* kRead = "Microsoft.Capacity/reservationOrders/reservations/read";
constexpr const char* kWrite = "Microsoft.Capacity/reservationOrders/reservations/write";

Result<Reply> archived(const Call& call, bool archive) {
  PCSIM_TRY(row, reservation_in_path(call, OrderRight::Change,
                                     archive ? "Microsoft.Capacity/reservationOrders/reservations/"
                                               "archive/action"
                                             : "Microsoft.Capacity/reservationOrders/reservations/"
                                               "unarchive/action"));
  PCSIM_TRY(done, archive_reservation(call.world, call.env, row.reservation_id, archive));
  static_cast<void>(done);
  return Reply{};
}

}  // namespace

Result<Reply> handle_ArmGetReservation(const Call& call) {
  PCSIM_TRY(row, reservation_in_path(call, OrderRight::Read, kRead));
  const bool renewal = equal_ignoring_case(query_value(call, "$expand"), "renewProperties");
  return Reply{0, shown_reservation(call, row, renewal).dump(), {}};
}

Result<Reply> handle_ArmListRevisions(const Call& call) {
  PCSIM_TRY(row, reservation_in_path(call, OrderRight::Read, kRead));
  return Reply{0, list_json(revisions_json(scene_for(call), row)), {}};
}

Result<Reply> handle_ArmUpdateReservation(const Call& call) {
  const ReservationChange change = parse_change(call.body);
  PCSIM_TRY(row, reservation_in_path(
                     call, change.managed() ? OrderRight::Manage : OrderRight::Change, kWrite));
  PCSIM_TRY(changed,
            change_reservation(call.world, call.env, shop_of(call), row.reservation_id, change));
  record_order_change(call, changed, "update_order");
  Reply reply{0, shown_reservation(call, changed).dump(), {}};
  if (call.env.switches.is({Switch::ReservationUpdate, "accepted"})) {
    const std::string address =
        address_of(call, order_scope(row.order_id) + "/reservations/" + row.reservation_id);
    reply.status = 202;
    reply.headers.add("Location", address);
    reply.headers.add(
        "Azure-AsyncOperation",
        address_of(call, "/providers/Microsoft.Capacity/operationResults/" + row.reservation_id));
    reply.headers.add("Retry-After", retry_after(call.env.delay));
  }
  return reply;
}

Result<Reply> handle_ArmListAvailableScopes(const Call& call) {
  if (call.body.is_array() && version_of(call) != "2017-11-01") {
    return Error{ErrorCode::ArmInvalidRequestContent, {"#"}, {}};
  }
  PCSIM_TRY(row, reservation_in_path(
                     call, OrderRight::Read,
                     "Microsoft.Capacity/reservationOrders/reservations/availablescopes/action"));
  const Customer* customer = call.world.customers.find(lower(row.customer_id));
  auto scopes = nlohmann::ordered_json::array();
  for (const std::string& scope : parse_scopes(call.body)) {
    nlohmann::ordered_json one;
    one["scope"] = scope;
    one["valid"] = customer != nullptr && scope_available(call.world, *customer, scope);
    scopes.push_back(std::move(one));
  }
  nlohmann::ordered_json out;
  out["properties"]["scopes"] = std::move(scopes);
  return Reply{0, out.dump(), {}};
}

Result<Reply> handle_ArmArchiveReservation(const Call& call) { return archived(call, true); }

Result<Reply> handle_ArmUnarchiveReservation(const Call& call) { return archived(call, false); }

}  // namespace pcsim
