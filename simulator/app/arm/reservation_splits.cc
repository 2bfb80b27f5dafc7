#include <nlohmann/json.hpp>

#include "app/arm/reservation_scene.h"
#include "app/handlers.h"
#include "codec/arm/change_codec.h"
#include "domain/reservations/changes.h"
#include "domain/reservations/state.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

/// Answers with revisions and the address of the result: `{order}/{kind}operationresults/{id}`.
Reply revised(const Call& call, const std::string& kind, const Reservation& source,
              const std::vector<Reservation>& made) {
  const bool accepted = call.env.switches.is({Switch::ReservationSplit, "accepted"});
  Reply reply{accepted ? 202 : 200, latest_revisions_json(scene_for(call), made).dump(), {}};
  const Reservation now = *call.world.reservations.find(source.reservation_id);
  reply.headers.add(
      "Location",
      address_of(call, "/providers/microsoft.capacity/reservationorders/" + source.order_id + "/" +
                           kind + "operationresults/" + source.reservation_id + "_" +
                           std::to_string(etag_of(now, call.env.now))));
  reply.headers.add("Retry-After", retry_after(call.env.delay));
  return reply;
}

/// What the reservation named in `{id}_{etag}` has become, of those that ended by `end`.
Result<Reply> result_of(const Call& call, ReservationEnd end) {
  PCSIM_TRY(rows, order_rows(call, OrderRight::Read, "Microsoft.Capacity/reservationOrders/read"));
  const std::string wanted = path_id(call, "resultId");
  for (const Reservation& row : rows) {
    if (row.end != end ||
        wanted != row.reservation_id + "_" + std::to_string(etag_of(row, call.env.now))) {
      continue;
    }
    if (row.ended && call.env.now < *row.ended) {
      Reply reply{202, {}, {}};
      const char* kind = end == ReservationEnd::Split ? "split" : "merge";
      reply.headers.add(
          "Location",
          address_of(call, "/providers/microsoft.capacity/reservationorders/" + row.order_id + "/" +
                               kind + "operationresults/" + wanted));
      reply.headers.add("Retry-After", retry_after(*row.ended - call.env.now));
      return reply;
    }
    std::vector<Reservation> made;
    for (const Reservation& other : rows) {
      if (other.split_source == row.reservation_id ||
          (end == ReservationEnd::Merged && other.reservation_id == row.merge_destination)) {
        made.push_back(other);
      }
    }
    return Reply{0, reservations_json(scene_for(call), made, true).dump(), {}};
  }
  return Error{ErrorCode::ArmOperationResultNotFound, {call.path.at("resultId")}, {}};
}

}  // namespace

Result<Reply> handle_ArmSplitReservation(const Call& call) {
  PCSIM_TRY(rows, order_rows(call, OrderRight::Change,
                             "Microsoft.Capacity/reservationOrders/split/action"));
  const SplitRequest request = parse_split(call.body);
  PCSIM_TRY(source, reservation_named(rows, path_id(call, "orderId"), request.reservation));
  PCSIM_TRY(parts,
            split_reservation(call.world, call.env, source.reservation_id, request.quantities));
  record_order_change(call, source, "update_order");
  return revised(call, "split", source, parts);
}

Result<Reply> handle_ArmMergeReservations(const Call& call) {
  PCSIM_TRY(rows, order_rows(call, OrderRight::Change,
                             "Microsoft.Capacity/reservationOrders/merge/action"));
  std::vector<std::string> ids;
  for (const std::string& named : parse_merge(call.body)) {
    PCSIM_TRY(source, reservation_named(rows, path_id(call, "orderId"), named));
    ids.push_back(source.reservation_id);
  }
  PCSIM_TRY(whole, merge_reservations(call.world, call.env, ids));
  record_order_change(call, whole, "update_order");
  return revised(call, "merge", *call.world.reservations.find(ids.front()), {whole});
}

Result<Reply> handle_ArmGetSplitResult(const Call& call) {
  return result_of(call, ReservationEnd::Split);
}

Result<Reply> handle_ArmGetMergeResult(const Call& call) {
  return result_of(call, ReservationEnd::Merged);
}

}  // namespace pcsim
