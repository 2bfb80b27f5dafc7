#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "codec/data_failure.h"
#include "domain/markets.h"
#include "domain/world.h"

namespace pcsim {

/// Reads a world file (JSON, snake_case members). Unknown and missing members are refused, and so
/// is a member that names an entity which is not there or a country which is no market.
std::variant<World, DataFailure> read_world(std::string_view text, const MarketTable& markets);

}  // namespace pcsim
