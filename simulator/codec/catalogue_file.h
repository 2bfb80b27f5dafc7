#pragma once

#include <string_view>
#include <variant>

#include "codec/data_failure.h"
#include "domain/catalogue/catalogue.h"

namespace pcsim {

/// Reads the products on sale from JSON; unknown and missing members are refused.
std::variant<Catalogue, DataFailure> read_catalogue(std::string_view text);

}  // namespace pcsim
