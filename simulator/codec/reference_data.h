#pragma once

#include <string>
#include <variant>
#include <vector>

#include "codec/fixtures.h"
#include "domain/catalogue/catalogue.h"
#include "domain/customers/address_check.h"
#include "domain/customers/country_details.h"
#include "domain/customers/country_rules.h"
#include "domain/markets.h"
#include "domain/support/support_catalogue.h"

namespace pcsim {

/// What a simulator knows besides its world: the same for all universes, and never changed.
struct Reference {
  MarketTable markets;
  Catalogue catalogue;
  CountryRules country_rules;
  CountryDetailsTable country_details;
  std::vector<Place> places;
  SupportCatalogue support{};
};

/// Reads every table; the alternative is a sentence that names the file, the line and the member.
std::variant<Reference, std::string> load_reference(const Fixtures& fixtures);

/// The tables compiled into the program, read when first asked for.
const Reference& built_in_reference();

}  // namespace pcsim
