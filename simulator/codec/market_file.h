#pragma once

#include <string_view>

#include "domain/markets.h"

namespace pcsim {

/// Reads the market table from CSV; its reservation columns stand in the order of the options of
/// the switch reservation-markets.
MarketTable read_markets(std::string_view csv);

}  // namespace pcsim
