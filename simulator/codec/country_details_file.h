#pragma once

#include <string_view>
#include <variant>
#include <vector>

#include "codec/data_failure.h"
#include "domain/customers/address_check.h"
#include "domain/customers/country_details.h"

namespace pcsim {

/// Reads `markets/country_details.csv`.
std::variant<std::vector<CountryDetails>, DataFailure> read_country_details(std::string_view csv,
                                                                            DataOrigin origin);

/// Reads `markets/places.csv`.
std::variant<std::vector<Place>, DataFailure> read_places(std::string_view csv);

}  // namespace pcsim
