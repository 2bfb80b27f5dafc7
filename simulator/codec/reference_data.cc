#include "codec/reference_data.h"

#include <stdexcept>
#include <utility>

#include "codec/catalogue_file.h"
#include "codec/country_details_file.h"
#include "codec/country_rules_file.h"
#include "codec/market_file.h"

namespace pcsim {
namespace {

/// Reads one file; the failure becomes the sentence a user sees.
template <class T>
std::variant<T, std::string> read(const Fixtures& fixtures, const std::string& path,
                                  std::variant<T, DataFailure> (*reader)(std::string_view)) {
  auto result = reader(fixtures.content(path));
  if (const auto* failure = std::get_if<DataFailure>(&result)) {
    return sentence(fixtures.name(path), *failure);
  }
  return std::move(std::get<T>(result));
}

}  // namespace

std::variant<Reference, std::string> load_reference(const Fixtures& fixtures) {
  if (auto problem = fixtures.problem()) {
    return *std::move(problem);
  }
  auto markets = read<MarketTable>(fixtures, "markets/markets.csv", &read_markets);
  if (auto* problem = std::get_if<std::string>(&markets)) {
    return std::move(*problem);
  }
  auto catalogue = read<Catalogue>(fixtures, "catalogue/catalogue.json", &read_catalogue);
  if (auto* problem = std::get_if<std::string>(&catalogue)) {
    return std::move(*problem);
  }
  auto rules =
      read<std::vector<CountryRule>>(fixtures, "markets/country_rules.csv", &read_country_rules);
  if (auto* problem = std::get_if<std::string>(&rules)) {
    return std::move(*problem);
  }
  auto languages =
      read<std::set<std::string, std::less<>>>(fixtures, "markets/languages.csv", &read_languages);
  if (auto* problem = std::get_if<std::string>(&languages)) {
    return std::move(*problem);
  }
  auto details = read<std::vector<CountryDetails>>(fixtures, "markets/country_details.csv",
                                                   &read_country_details);
  if (auto* problem = std::get_if<std::string>(&details)) {
    return std::move(*problem);
  }
  auto places = read<std::vector<Place>>(fixtures, "markets/places.csv", &read_places);
  if (auto* problem = std::get_if<std::string>(&places)) {
    return std::move(*problem);
  }
  return Reference{
      std::move(std::get<MarketTable>(markets)), std::move(std::get<Catalogue>(catalogue)),
      CountryRules(std::move(std::get<0>(rules)), std::move(std::get<0>(languages))),
      CountryDetailsTable(std::move(std::get<0>(details))), std::move(std::get<0>(places))};
}

const Reference& built_in_reference() {
  static const Reference reference = [] {
    auto loaded = load_reference(Fixtures{});
    if (auto* problem = std::get_if<std::string>(&loaded)) {
      throw std::runtime_error(*problem);
    }
    return std::move(std::get<Reference>(loaded));
  }();
  return reference;
}

}  // namespace pcsim
