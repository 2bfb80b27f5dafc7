#pragma once

#include <cstdint>
#include <vector>

#include "domain/catalogue/catalogue.h"
#include "domain/world.h"

namespace pcsim {

/// What one unit of each line costs, in hundredths of the order's currency.
std::vector<std::int64_t> unit_prices(const World& world, const Catalogue& catalogue,
                                      const Order& order);

}  // namespace pcsim
