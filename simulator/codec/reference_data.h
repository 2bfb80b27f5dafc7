#pragma once

#include "domain/catalogue/catalogue.h"
#include "domain/markets.h"

namespace pcsim {

/// The built-in market table, read once.
const MarketTable& markets();

/// The built-in catalogue, read once.
const Catalogue& catalogue();

}  // namespace pcsim
