#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "codec/arm/purchase_codec.h"
#include "domain/reservations/utilisation.h"
#include "domain/world.h"

/// Reservations, their orders and revisions as answers show them.
namespace pcsim {

/// What an answer needs to know besides the rows.
struct ReservationScene {
  const World& world;
  const PriceList& prices;
  const Env& env;
  std::string version{};  ///< the api-version asked for
};

/// What a renewal would cost.
struct RenewalPrice {
  std::string request{};  ///< its purchase, in the words of a request
  Total total{};
};

/// `renewal` is shown where the request expands it.
nlohmann::ordered_json reservation_json(const ReservationScene& scene, const Reservation& row,
                                        const Utilisation& use,
                                        const std::optional<RenewalPrice>& renewal = {});

/// Several of one tenant, with their use. `long_names` has the order's id in each name.
nlohmann::ordered_json reservations_json(const ReservationScene& scene,
                                         const std::vector<Reservation>& rows, bool long_names);

/// What a reservation has been, latest first.
nlohmann::ordered_json revisions_json(const ReservationScene& scene, const Reservation& row);

/// The latest revision of each row, as a split and a merge answer them.
nlohmann::ordered_json latest_revisions_json(const ReservationScene& scene,
                                             const std::vector<Reservation>& rows);

/// An order; `total` is what it cost, shown with the payments when there is one.
nlohmann::ordered_json order_json(const ReservationScene& scene,
                                  const std::vector<Reservation>& rows,
                                  const std::optional<Total>& total);

/// `{"value":[…]}`, and where the rest is.
std::string list_json(nlohmann::ordered_json values, const std::string& next_link = {});

}  // namespace pcsim
