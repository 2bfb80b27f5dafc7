#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "domain/catalogue/catalogue.h"
#include "domain/world.h"

namespace pcsim {

/// `legacy` gives the older contract, `virtualmachinereservedinstance`.
nlohmann::ordered_json entitlement_json(const Reservation& reservation, const Order* order,
                                        const std::string& kind, bool legacy, bool show_expiry);

/// The entitlement to the perpetual or subscribed software of an order line.
nlohmann::ordered_json software_entitlement_json(const Order& order, const OrderLine& line,
                                                 const CatalogueItem& item, bool show_expiry);

/// `array` is the name of the array of reservations.
nlohmann::ordered_json artifact_json(const Reservation& reservation, bool legacy,
                                     std::string_view array, Instant now);

}  // namespace pcsim
