#pragma once

#include <string_view>

#include "domain/markets.h"

namespace pcsim {

/// Reads the market table from CSV; `reservation_column` names the column of flags to use.
MarketTable read_markets(std::string_view csv,
                         std::string_view reservation_column = "reservations_seed000_2019");

}  // namespace pcsim
