#pragma once

#include <nlohmann/json_fwd.hpp>

#include "domain/customers/country_details.h"
#include "domain/customers/country_rules.h"

namespace pcsim::partner_center {

/// CountryValidationRules; `number_required` by the list that is chosen.
nlohmann::ordered_json country_rules_json(const CountryRule& rule, const CountryDetails& details,
                                          bool number_required);

}  // namespace pcsim::partner_center
