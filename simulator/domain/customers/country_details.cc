#include "domain/customers/country_details.h"

#include <algorithm>
#include <utility>

#include "pcsim/text.h"

namespace pcsim {

CountryDetailsTable::CountryDetailsTable(std::vector<CountryDetails> rows)
    : rows_(std::move(rows)) {}

const CountryDetails* CountryDetailsTable::find(std::string_view iso2) const {
  const auto found = std::find_if(rows_.begin(), rows_.end(), [&](const CountryDetails& row) {
    return equal_ignoring_case(row.iso2, iso2);
  });
  return found == rows_.end() ? nullptr : &*found;
}

}  // namespace pcsim
