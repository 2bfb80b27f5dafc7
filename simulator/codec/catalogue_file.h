#pragma once

#include <string_view>
#include <variant>

#include "codec/data_failure.h"
#include "domain/catalogue/catalogue.h"

namespace pcsim {

/// Reads the products that are no reservations from JSON, and adds those of the price list. Unknown
/// and missing members are refused.
std::variant<Catalogue, DataFailure> read_catalogue(std::string_view text, PriceList prices);

}  // namespace pcsim
