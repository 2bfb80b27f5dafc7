#include "codec/reference_data.h"

#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>

#include "codec/catalogue_file.h"
#include "codec/country_details_file.h"
#include "codec/country_rules_file.h"
#include "codec/market_file.h"
#include "codec/price_files.h"
#include "codec/support_file.h"

namespace pcsim {
namespace {

constexpr const char* kPriceRows = "prices/prices.csv";
constexpr const char* kCountryRules = "markets/country_rules.csv";
constexpr const char* kCountryDetails = "markets/country_details.csv";

DataOrigin origin_of(const Fixtures& fixtures, const std::string& path) {
  return fixtures.replaced(path) ? DataOrigin::Given : DataOrigin::BuiltIn;
}

/// Reads one file; the failure becomes the sentence a user sees.
template <class T, class Reader>
std::variant<T, std::string> read(const Fixtures& fixtures, const std::string& path,
                                  const Reader& reader) {
  auto result = reader(fixtures.content(path));
  if (const auto* failure = std::get_if<DataFailure>(&result)) {
    return sentence(fixtures.name(path), *failure);
  }
  return std::move(std::get<T>(result));
}

/// Reads one file into `target`; the sentence a user sees when that fails.
template <class T, class Reader>
std::optional<std::string> fill(const Fixtures& fixtures, const std::string& path, T& target,
                                const Reader& reader) {
  auto rows = read<T>(fixtures, path, reader);
  if (auto* problem = std::get_if<std::string>(&rows)) {
    return std::move(*problem);
  }
  target = std::move(std::get<0>(rows));
  return std::nullopt;
}

/// The files compiled in are known to be right: their rows are read when first needed, because
/// many simulators never price anything.
std::vector<PriceRow> built_in_rows(const PriceTables& tables) {
  auto rows = read_price_rows(Fixtures{}.content(kPriceRows), tables);
  auto* read = std::get_if<std::vector<PriceRow>>(&rows);
  return read == nullptr ? std::vector<PriceRow>{} : std::move(*read);
}

std::variant<PriceList, std::string> load_prices(const Fixtures& fixtures) {
  PriceTables out;
  const std::string rows{kPriceRows};
  std::string_view text = fixtures.content(rows);
  if (fixtures.replaced(rows)) {  // the file's text outlives the fixtures in the table
    out.text = std::make_shared<const std::string>(text);
    text = *out.text;
  }
  const auto problem = [&]() -> std::optional<std::string> {
    if (auto wrong = fill(fixtures, "prices/products.csv", out.products, &read_reserved_products)) {
      return wrong;
    }
    if (auto wrong = fill(fixtures, "prices/sizes.csv", out.sizes, [&](std::string_view csv) {
          return read_reserved_sizes(csv, out.products);
        })) {
      return wrong;
    }
    if (auto wrong = fill(fixtures, "prices/regions.csv", out.regions, &read_regions)) {
      return wrong;
    }
    if (auto wrong = fill(fixtures, "prices/rates.csv", out.currencies, &read_currencies)) {
      return wrong;
    }
    if (auto wrong = fill(fixtures, "prices/taxes.csv", out.taxes, &read_taxes)) {
      return wrong;
    }
    if (!fixtures.replaced_below("prices/")) {
      out.later = &built_in_rows;
      return std::nullopt;
    }
    return fill(fixtures, rows, out.rows,
                [&](std::string_view) { return read_price_rows(text, out); });
  }();
  if (problem) {
    return *problem;
  }
  return PriceList(std::move(out));
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
  auto prices = load_prices(fixtures);
  if (auto* problem = std::get_if<std::string>(&prices)) {
    return std::move(*problem);
  }
  auto catalogue = read<Catalogue>(
      fixtures, "catalogue/catalogue.json",
      [&](std::string_view json) { return read_catalogue(json, std::get<PriceList>(prices)); });
  if (auto* problem = std::get_if<std::string>(&catalogue)) {
    return std::move(*problem);
  }
  auto rules = read<std::vector<CountryRule>>(fixtures, kCountryRules, [&](std::string_view csv) {
    return read_country_rules(csv, origin_of(fixtures, kCountryRules));
  });
  if (auto* problem = std::get_if<std::string>(&rules)) {
    return std::move(*problem);
  }
  auto languages =
      read<std::set<std::string, std::less<>>>(fixtures, "markets/languages.csv", &read_languages);
  if (auto* problem = std::get_if<std::string>(&languages)) {
    return std::move(*problem);
  }
  auto details =
      read<std::vector<CountryDetails>>(fixtures, kCountryDetails, [&](std::string_view csv) {
        return read_country_details(csv, origin_of(fixtures, kCountryDetails));
      });
  if (auto* problem = std::get_if<std::string>(&details)) {
    return std::move(*problem);
  }
  auto places = read<std::vector<Place>>(fixtures, "markets/places.csv", &read_places);
  if (auto* problem = std::get_if<std::string>(&places)) {
    return std::move(*problem);
  }
  auto support = read<SupportCatalogue>(fixtures, "support/classifications.csv", &read_support);
  if (auto* problem = std::get_if<std::string>(&support)) {
    return std::move(*problem);
  }
  return Reference{std::move(std::get<MarketTable>(markets)),
                   std::move(std::get<Catalogue>(catalogue)),
                   CountryRules(std::move(std::get<0>(rules)), std::move(std::get<0>(languages))),
                   CountryDetailsTable(std::move(std::get<0>(details))),
                   std::move(std::get<0>(places)),
                   std::move(std::get<SupportCatalogue>(support))};
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
