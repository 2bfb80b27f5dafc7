#include "codec/reference_data.h"

#include <gtest/gtest.h>

#include <string>
#include <variant>
#include <vector>

#include "codec/country_details_file.h"
#include "codec/country_rules_file.h"

namespace pcsim {
namespace {

/// The sentence `path` with `text` is refused with; empty when it is taken.
std::string refusal(const std::string& path, const std::string& text) {
  const auto loaded = load_reference(Fixtures{"mine", {{path, text}}});
  const auto* problem = std::get_if<std::string>(&loaded);
  return problem == nullptr ? "" : *problem;
}

const std::string kMarketHeader =
    "iso2,name_en,name_fr,csp_region,currency,currency_symbol,reservations_seed000_2019,"
    "reservations_devdocs_2021,reservations_devdocs_2023_10,reservations_userdocs_2023_10\n";

TEST(ReferenceData, TheBuiltInFilesRead) {
  const Reference& reference = built_in_reference();
  EXPECT_EQ(reference.markets.find("fr")->currency, "EUR");
  EXPECT_NE(reference.catalogue.find("DZH318Z0BPS6"), nullptr);
  EXPECT_TRUE(reference.country_rules.of("us").state_required);
  EXPECT_FALSE(reference.country_rules.of("us").postal_code.fits("9805"));
  EXPECT_TRUE(reference.country_rules.of("us").postal_code.fits("98052"));
  EXPECT_TRUE(reference.country_rules.language("ZH-Hans"));
}

/// The start takes the expressions of the built-in files as they are.
TEST(ReferenceData, TheBuiltInFilesPassTheChecksOfAGivenOne) {
  const auto rules =
      read_country_rules(Fixtures{}.content("markets/country_rules.csv"), DataOrigin::Given);
  EXPECT_TRUE(std::holds_alternative<std::vector<CountryRule>>(rules));
  const auto details =
      read_country_details(Fixtures{}.content("markets/country_details.csv"), DataOrigin::Given);
  EXPECT_TRUE(std::holds_alternative<std::vector<CountryDetails>>(details));
}

TEST(ReferenceData, EveryRuleIsForAMarket) {
  std::size_t asking = 0;
  for (const Market& market : built_in_reference().markets.rows()) {
    asking += built_in_reference().country_rules.of(market.iso2).number_required_2023 ? 1U : 0U;
  }
  EXPECT_EQ(asking, 24U);
}

TEST(ReferenceData, EveryMarketHasDetails) {
  const Reference& reference = built_in_reference();
  for (const Market& market : reference.markets.rows()) {
    const CountryDetails* details = reference.country_details.find(market.iso2);
    ASSERT_NE(details, nullptr) << market.iso2;
    for (const std::string& language : details->languages) {
      EXPECT_TRUE(reference.country_rules.language(language)) << market.iso2 << " " << language;
    }
    const CountryRule& rule = reference.country_rules.of(market.iso2);
    EXPECT_EQ(details->number_sample.empty(), rule.organization_number.text.empty()) << market.iso2;
    EXPECT_TRUE(rule.organization_number.fits(details->number_sample)) << market.iso2;
  }
}

TEST(ReferenceData, PlacesKeepTheRulesOfTheirCountry) {
  const Reference& reference = built_in_reference();
  EXPECT_FALSE(reference.places.empty());
  for (const Place& place : reference.places) {
    const CountryRule& rule = reference.country_rules.of(place.iso2);
    EXPECT_NE(reference.markets.find(place.iso2), nullptr) << place.iso2;
    EXPECT_TRUE(rule.postal_code.fits(place.postal_code)) << place.postal_code;
    EXPECT_TRUE(rule.states.empty() || rule.states.count(place.state) == 1) << place.city;
  }
}

TEST(ReferenceData, AFileOfTheFolderStandsInForABuiltInOne) {
  auto loaded = load_reference(Fixtures{
      "mine", {{"markets/markets.csv", kMarketHeader + "FR,France,France,,XXX,x,1,1,1,1\n"}}});
  const auto& reference = std::get<Reference>(loaded);
  EXPECT_EQ(reference.markets.rows().size(), 1U);
  EXPECT_EQ(reference.markets.find("FR")->currency, "XXX");
  EXPECT_NE(reference.catalogue.find("DZH318Z0BPS6"), nullptr);
}

TEST(ReferenceData, AWrongFileIsRefusedByFileLineAndMember) {
  EXPECT_EQ(refusal("markets/markets.csv", kMarketHeader + "FR,France,France,,EUR,x,2,1,1,1\n"),
            "mine/markets/markets.csv:2: reservations_seed000_2019: must be 0 or 1");
  EXPECT_EQ(refusal("markets/markets.csv", "iso2\n"),
            "mine/markets/markets.csv:1: name_en: the header lacks this column");
  EXPECT_EQ(refusal("catalogue/catalogue.json",
                    "{\n\"products\": [{\n"
                    "\"id\": 5}]}"),
            "mine/catalogue/catalogue.json:3: products[0].id: must be a string");
  EXPECT_EQ(refusal("catalogue/catalogue.json", "{\n\"produce\": []}"),
            "mine/catalogue/catalogue.json:1: products: is missing");
  EXPECT_EQ(refusal("markets/country_rules.csv",
                    "iso2,state_required,postal_code_required,postal_code_pattern,states,"
                    "number_2021,number_2023,number_pattern\nFR,0,0,(,,0,0,\n"),
            "mine/markets/country_rules.csv:2: postal_code_pattern: is no regular expression");
}

TEST(ReferenceData, WrongDetailsAndPlacesAreRefused) {
  const std::string header =
      "iso2,languages,calling_codes,phone_pattern,vat_pattern,tax_id_format,tax_id_sample,"
      "tax_id_optional,number_sample\n";
  const std::string file = "markets/country_details.csv";
  const std::pair<const char*, const char*> rows[] = {
      {"FRA,fr,33,,,,,,", "2: iso2: must be a two-letter code that appears once"},
      {"FR,fr,33,,,,,,\nfr,fr,33,,,,,,", "3: iso2: must be a two-letter code that appears once"},
      {"FR,,33,,,,,,", "2: languages: must name a language"},
      {"FR,fr,,,,,,,", "2: calling_codes: must name a code"},
      {"FR,fr,33,(,,,,,", "2: phone_pattern: is no regular expression"},
      {"FR,fr,33,,,,,2,", "2: tax_id_optional: must be 0, 1 or empty"},
  };
  for (const auto& [row, problem] : rows) {
    EXPECT_EQ(refusal(file, header + row + "\n"), "mine/" + file + ":" + problem);
  }
  EXPECT_EQ(refusal("markets/places.csv", "iso2,postal_code,city,state\nFR,69002,,\n"),
            "mine/markets/places.csv:2: city: must be given");
}

TEST(ReferenceData, AFileThatStandsInForNothingIsRefused) {
  EXPECT_NE(refusal("markets/market.csv", "").find("stands in for nothing"), std::string::npos);
  for (const char* path : {"errors/arm.csv"}) {
    EXPECT_NE(refusal(path, "").find("compiled into the program"), std::string::npos);
  }
}

}  // namespace
}  // namespace pcsim
