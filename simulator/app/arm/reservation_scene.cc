#include "app/arm/reservation_scene.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "app/audit.h"
#include "codec/arm/change_codec.h"
#include "codec/reference_data.h"
#include "domain/access/role_assignments.h"
#include "domain/reservations/changes.h"
#include "domain/reservations/state.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

constexpr std::string_view kGuidNames = "2022-11-01";

std::vector<Reservation> rows_of(const World& world, const std::string& order_id) {
  std::vector<Reservation> rows;
  for (const auto& entry : world.reservations) {
    if (entry.second.order_id == order_id) {
      rows.push_back(entry.second);
    }
  }
  // The purchase first, whatever the ids of its descendants are.
  std::stable_partition(rows.begin(), rows.end(), [](const Reservation& row) {
    return row.split_source.empty() && row.merge_sources.empty();
  });
  return rows;
}

/// Who holds a role on an order holds it on the one that renews it.
void keep_roles(const Call& call, const std::string& before, const std::string& after) {
  std::vector<RoleAssignment> rows;
  for (const auto& [id, row] : call.world.role_assignments) {
    if (equal_ignoring_case(row.scope, order_scope(before))) {
      rows.push_back(row);
    }
  }
  for (RoleAssignment& row : rows) {
    row.id = call.env.ids.guid();
    row.scope = order_scope(after);
    assign_role(call.world, std::move(row));
  }
}

/// What is due renews itself; it happens when somebody looks.
void settle(const Call& call) {
  for (const std::string& id : due_renewals(call.world, call.env.now)) {
    const Reservation row = *call.world.reservations.find(id);
    PurchaseRequest request =
        row.renewal.empty() ? same_again(row) : parse_stored_purchase(row.renewal);
    if (request.display_name.empty()) {
      request.display_name = row.display_name;
    }
    renew_reservation(call.world, call.env, shop_of(call), id, request);
    const std::string next = call.world.reservations.find(id)->renew_destination;
    if (const Reservation* made = call.world.reservations.find(next)) {
      keep_roles(call, row.order_id, made->order_id);
    }
  }
}

}  // namespace

Shop shop_of(const Call& call) { return {call.reference.catalogue, call.reference.markets}; }

ReservationScene scene_for(const Call& call) {
  return {call.world, call.reference.catalogue.prices(), call.env, version_of(call)};
}

std::string version_of(const Call& call) { return lower(query_value(call, "api-version")); }

bool long_names(const Call& call) { return version_of(call) < kGuidNames; }

Result<std::vector<Reservation>> order_rows(const Call& call, OrderRight right,
                                            const std::string& action) {
  const std::string id = path_id(call, "orderId");
  if (!is_guid(id)) {
    return Error{ErrorCode::ArmInvalidReservationOrderId, {call.path.at("orderId")}, {}};
  }
  const auto rows = rows_of(call.world, id);
  if (rows.empty()) {
    return Error{ErrorCode::ArmReservationOrderNotFound, {id}, {}};
  }
  PCSIM_TRY(allowed, may_act(call.world, call.env, actor_of(call), rows.front(), right, action));
  static_cast<void>(allowed);
  settle(call);
  return rows_of(call.world, id);
}

Result<Reservation> reservation_named(const std::vector<Reservation>& rows,
                                      const std::string& order_id, const std::string& named) {
  const ReservationPath path = parse_reservation_path(named);
  if (!is_guid(path.reservation_id)) {
    return Error{ErrorCode::ArmInvalidReservationId, {named}, {}};
  }
  for (const Reservation& row : rows) {
    if (row.reservation_id == path.reservation_id &&
        (path.order_id.empty() || path.order_id == row.order_id)) {
      return row;
    }
  }
  return Error{
      ErrorCode::ArmReservationIdNotInReservationOrder, {path.reservation_id, order_id}, {}};
}

Result<Reservation> reservation_in_path(const Call& call, OrderRight right,
                                        const std::string& action) {
  PCSIM_TRY(rows, order_rows(call, right, action));
  return reservation_named(rows, path_id(call, "orderId"), call.path.at("reservationId"));
}

std::vector<Reservation> readable_rows(const Call& call) {
  settle(call);
  const Actor actor = actor_of(call);
  const Env quiet{call.env.now,      call.env.ids, call.env.delay,
                  call.env.switches, nullptr,      call.env.locale};
  std::map<std::string, bool> readable;
  std::vector<Reservation> out;
  for (const auto& [id, row] : call.world.reservations) {
    if (!equal_ignoring_case(directory_of(row), actor.tenant_id)) {
      continue;
    }
    const auto [known, fresh] = readable.try_emplace(row.order_id, false);
    if (fresh) {
      known->second = may_act(call.world, quiet, actor, row, OrderRight::Read,
                              "Microsoft.Capacity/reservationOrders/read")
                          .has_value();
    }
    if (known->second) {
      out.push_back(row);
    }
  }
  return out;
}

nlohmann::ordered_json shown_reservation(const Call& call, const Reservation& row,
                                         bool with_renewal) {
  const ReservationScene scene = scene_for(call);
  auto used = utilisation(call.world, scene.prices, row.customer_id, call.env);
  std::optional<RenewalPrice> renewal;
  if (with_renewal && row.renew) {
    const PurchaseRequest request =
        row.renewal.empty() ? same_again(row) : parse_stored_purchase(row.renewal);
    const auto price = listed_price(shop_of(call), request);
    if (price) {
      const Customer* customer = call.world.customers.find(lower(row.customer_id));
      renewal = RenewalPrice{
          purchase_json(request).dump(),
          total_of(unit_price(call.world, shop_of(call), customer, **price), request.quantity)};
    }
  }
  auto out = reservation_json(scene, row, used[row.reservation_id], renewal);
  if (long_names(call)) {
    out["name"] = row.order_id + "/" + row.reservation_id;
  }
  return out;
}

Total total_of(const UnitPrice& price, std::int64_t quantity) {
  return {price.usd * quantity, price.billing * quantity, price.currency, price.places};
}

void record_order_change(const Call& call, const Reservation& row, std::string_view operation) {
  const Customer* customer = call.world.customers.find(lower(row.customer_id));
  if (customer != nullptr) {
    record_audit(call, "order", operation, customer,
                 {{"OrderId", row.partner_order_id},
                  {"ReservationOrderId", row.order_id},
                  {"ReservationId", row.reservation_id}});
  }
}

}  // namespace pcsim
