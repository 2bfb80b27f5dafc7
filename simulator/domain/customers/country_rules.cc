#include "domain/customers/country_rules.h"

#include <algorithm>
#include <utility>

#include "pcsim/text.h"

namespace pcsim {

CountryRules::CountryRules(std::vector<CountryRule> rows,
                           std::set<std::string, std::less<>> languages)
    : rows_(std::move(rows)), languages_(std::move(languages)) {}

const CountryRule& CountryRules::of(std::string_view iso2) const {
  static const CountryRule kAsksNothing{};
  const auto found = std::find_if(rows_.begin(), rows_.end(), [&](const CountryRule& row) {
    return equal_ignoring_case(row.iso2, iso2);
  });
  return found == rows_.end() ? kAsksNothing : *found;
}

bool CountryRules::language(std::string_view code) const {
  return languages_.find(lower(code)) != languages_.end();
}

}  // namespace pcsim
