#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "app/arm/arm_call.h"
#include "codec/arm/reservation_codec.h"
#include "domain/reservations/access.h"
#include "domain/reservations/booking.h"

/// What handlers of Microsoft.Capacity share.
namespace pcsim {

/// What bookings look things up in.
Shop shop_of(const Call& call);

/// What answers look things up in.
ReservationScene scene_for(const Call& call);

/// The api-version asked for, in lower case.
std::string version_of(const Call& call);

/// Whether names of reservations hold the order's id, as they did before 2022-11-01.
bool long_names(const Call& call);

/// The reservations of the order in the path, for a caller who may do `action` to them. Those
/// that are due are renewed first. Errors: ArmInvalidReservationOrderId,
/// ArmReservationOrderNotFound, and those of may_act.
Result<std::vector<Reservation>> order_rows(const Call& call, OrderRight right,
                                            const std::string& action);

/// The reservation in the path. Errors: those of order_rows, ArmInvalidReservationId,
/// ArmReservationIdNotInReservationOrder.
Result<Reservation> reservation_in_path(const Call& call, OrderRight right,
                                        const std::string& action);

/// A reservation that a body names, among the rows of an order. Errors: ArmInvalidReservationId,
/// ArmReservationIdNotInReservationOrder.
Result<Reservation> reservation_named(const std::vector<Reservation>& rows,
                                      const std::string& order_id, const std::string& named);

/// The reservations of the caller's tenant that he may read.
std::vector<Reservation> readable_rows(const Call& call);

/// One reservation with its use, and what its renewal costs when that is wanted.
nlohmann::ordered_json shown_reservation(const Call& call, const Reservation& row,
                                         bool with_renewal = false);

/// What units of a reservation cost.
Total total_of(const UnitPrice& price, std::int64_t quantity);

/// Notes a change of an order in the activity log of the customer's partner.
void record_order_change(const Call& call, const Reservation& row, std::string_view operation);

}  // namespace pcsim
