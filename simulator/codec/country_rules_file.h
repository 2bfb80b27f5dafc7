#pragma once

#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "codec/data_failure.h"
#include "domain/customers/country_rules.h"

namespace pcsim {

/// Reads the rules per country from CSV; patterns must be regular expressions of RE2.
std::variant<std::vector<CountryRule>, DataFailure> read_country_rules(std::string_view csv,
                                                                       DataOrigin origin);

/// Reads the language codes, in lower case, from CSV.
std::variant<std::set<std::string, std::less<>>, DataFailure> read_languages(std::string_view csv);

}  // namespace pcsim
