#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pcsim {

/// What the service tells of a country beyond its rules; patterns are shown, never applied.
/// Source: docs/reference/customers.md#country-rules.
struct CountryDetails {
  std::string iso2{};
  std::vector<std::string> languages{};  ///< the first is that of the default culture
  std::vector<std::string> calling_codes{};
  std::string phone_pattern{}, vat_pattern{}, tax_id_format{}, tax_id_sample{}, number_sample{};
  bool tax_id_optional = false;
};

/// The details of all countries.
class CountryDetailsTable {
 public:
  CountryDetailsTable() = default;
  explicit CountryDetailsTable(std::vector<CountryDetails> rows);

  /// The row of a two-letter code in any case, or null.
  const CountryDetails* find(std::string_view iso2) const;

 private:
  std::vector<CountryDetails> rows_{};
};

}  // namespace pcsim
