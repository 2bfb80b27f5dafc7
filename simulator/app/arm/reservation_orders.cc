#include <map>
#include <nlohmann/json.hpp>

#include "app/arm/reservation_scene.h"
#include "app/handlers.h"
#include "codec/reference_data.h"
#include "domain/reservations/changes.h"
#include "domain/reservations/state.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

constexpr const char* kReadOrders = "Microsoft.Capacity/reservationOrders/read";

/// What an order cost; parts of a split are in the part they come from no more.
Total total_of_order(const Call& call, const std::vector<Reservation>& rows) {
  Total out = total_of(refund_price(call.world, shop_of(call), rows.front()), 0);
  for (const Reservation& row : rows) {
    if (row.end != ReservationEnd::Split && row.end != ReservationEnd::Merged) {
      const Total one = total_of(refund_price(call.world, shop_of(call), row), row.quantity);
      out.usd += one.usd;
      out.billing += one.billing;
    }
  }
  return out;
}

}  // namespace

Result<Reply> handle_ArmGetReservationOrder(const Call& call) {
  PCSIM_TRY(rows, order_rows(call, OrderRight::Read, kReadOrders));
  std::optional<Total> total;
  if (equal_ignoring_case(query_value(call, "$expand"), "schedule")) {
    total = total_of_order(call, rows);
  }
  return Reply{0, order_json(scene_for(call), rows, total).dump(), {}};
}

Result<Reply> handle_ArmListReservationOrders(const Call& call) {
  std::map<std::string, std::vector<Reservation>> orders;
  for (const Reservation& row : readable_rows(call)) {
    orders[row.order_id].push_back(row);
  }
  auto values = nlohmann::ordered_json::array();
  for (const auto& [id, rows] : orders) {
    values.push_back(order_json(scene_for(call), rows, std::nullopt));
  }
  return Reply{0, list_json(std::move(values)), {}};
}

Result<Reply> handle_ArmListReservations(const Call& call) {
  PCSIM_TRY(rows, order_rows(call, OrderRight::Read, kReadOrders));
  return Reply{0, list_json(reservations_json(scene_for(call), rows, long_names(call))), {}};
}

Result<Reply> handle_ArmChangeDirectory(const Call& call) {
  PCSIM_TRY(rows, order_rows(call, OrderRight::Change,
                             "Microsoft.Capacity/reservationOrders/changedirectory/action"));
  const std::string wanted = lower(call.body.value("destinationtenantid", std::string{}));
  if (wanted.empty()) {
    return ErrorCode::ArmMissingTenantId;
  }
  if (!is_guid(wanted)) {
    return Error{ErrorCode::ArmInvalidTenantId, {wanted}, {}};
  }
  const Customer* destination = call.world.customers.find(wanted);
  const Customer* owner = call.world.customers.find(lower(rows.front().customer_id));
  const bool moves = destination != nullptr && owner != nullptr && destination != owner &&
                     equal_ignoring_case(destination->partner_key, owner->partner_key);
  const std::string failure =
      moves ? "" : "The reservation order cannot be moved to the tenant '" + wanted + "'.";
  const auto result = [&](const std::string& id, const std::string& name) {
    nlohmann::ordered_json out;
    out["id"] = id;
    out["name"] = name;
    out["isSucceeded"] = moves;
    if (!moves) {
      out["error"] = failure;
    }
    return out;
  };
  const std::string order = order_scope(rows.front().order_id);
  nlohmann::ordered_json out;
  out["reservationOrder"] = result(order, rows.front().display_name);
  out["reservations"] = nlohmann::ordered_json::array();
  for (const Reservation& row : rows) {
    if (moves) {
      call.world.reservations.edit(row.reservation_id)->directory = wanted;
    }
    out["reservations"].push_back(
        result(order + "/reservations/" + row.reservation_id, row.display_name));
  }
  if (moves) {
    record_order_change(call, rows.front(), "update_order");
  }
  return Reply{0, out.dump(), {}};
}

}  // namespace pcsim
