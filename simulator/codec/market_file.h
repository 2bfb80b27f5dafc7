#pragma once

#include <string_view>
#include <variant>

#include "codec/data_failure.h"
#include "domain/markets.h"

namespace pcsim {

/// Reads the market table from CSV; the columns of reservation lists have the names and the order
/// of the options of the switch reservation-markets.
std::variant<MarketTable, DataFailure> read_markets(std::string_view csv);

}  // namespace pcsim
