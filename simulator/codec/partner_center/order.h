#pragma once

#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "domain/catalogue/catalogue.h"
#include "domain/commerce/order.h"

namespace pcsim {

/// Reads the lines of an order body; member names are in lower case.
std::vector<PlacedLine> read_order_lines(const nlohmann::json& body);

nlohmann::ordered_json order_json(const Order& order, const Catalogue& catalogue, Instant now);

}  // namespace pcsim
