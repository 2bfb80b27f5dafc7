#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace pcsim {

/// A regular expression: how it reads, and whether a whole text fits. Empty fits everything.
struct TextPattern {
  std::string text{};
  std::function<bool(std::string_view)> matches{};

  bool fits(std::string_view value) const { return !matches || matches(value); }
};

/// What a country asks of a customer's address and company.
/// Source: "Get market-specific validation data" and "Create a customer" of the REST API.
struct CountryRule {
  std::string iso2{};
  bool state_required = false, postal_code_required = false;
  std::set<std::string, std::less<>> states{};  ///< upper case; empty when any is taken
  TextPattern postal_code{};
  bool number_required_2021 = false, number_required_2023 = false;
  TextPattern organization_number{};
};

/// The rules of all countries, and the languages customers are written to in.
class CountryRules {
 public:
  CountryRules() = default;
  CountryRules(std::vector<CountryRule> rows, std::set<std::string, std::less<>> languages);

  /// The rules of a two-letter code in any case; those that ask for nothing when it has no row.
  const CountryRule& of(std::string_view iso2) const;

  /// Whether `code` is a language such as `fr` or `zh-hant`, in any case.
  bool language(std::string_view code) const;

 private:
  std::vector<CountryRule> rows_{};
  std::set<std::string, std::less<>> languages_{};
};

}  // namespace pcsim
