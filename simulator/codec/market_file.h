#pragma once

#include <string_view>
#include <variant>

#include "codec/data_failure.h"
#include "domain/markets.h"

namespace pcsim {

/// Reads the market table from CSV; `reservation_column` names the column of flags to use.
std::variant<MarketTable, DataFailure> read_markets(
    std::string_view csv, std::string_view reservation_column = "reservations_seed000_2019");

}  // namespace pcsim
