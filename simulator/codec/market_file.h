#pragma once

#include <string_view>
#include <variant>

#include "codec/data_failure.h"
#include "domain/markets.h"

namespace pcsim {

/// Reads the market table from CSV; its reservation columns belong to the options of the switch
/// reservation-markets, in their order.
std::variant<MarketTable, DataFailure> read_markets(std::string_view csv);

}  // namespace pcsim
