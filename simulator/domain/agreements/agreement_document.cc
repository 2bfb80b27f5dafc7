#include "domain/agreements/agreement_document.h"

#include <algorithm>
#include <array>

#include "domain/rules.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

/// The language of a culture: `fr` of `fr-FR`.
std::string_view language_of(std::string_view culture) {
  return culture.substr(0, culture.rfind('-'));
}

bool is_culture(const DocumentFacts& f) {
  const std::string_view culture = f.request.language;
  const auto dash = culture.rfind('-');
  return dash != std::string_view::npos && f.rules.language(language_of(culture)) &&
         f.markets.find(culture.substr(dash + 1)) != nullptr;
}

/// Codes are compared as they are written: `fr` is no country.
bool is_country(const DocumentFacts& f) {
  const Market* market = f.markets.find(f.request.country);
  return market != nullptr && market->iso2 == f.request.country;
}

bool written_in(const DocumentFacts& f) {
  const auto* details = f.countries.find(f.request.country);
  const auto language = language_of(f.request.language);
  const auto same = [&](const std::string& own) { return equal_ignoring_case(own, language); };
  return equal_ignoring_case(language, "en") ||
         (details != nullptr &&
          std::any_of(details->languages.begin(), details->languages.end(), same));
}

constexpr ErrorCode kInvalid = ErrorCode::InvalidRequestInput;

constexpr std::array<DocumentRule, 4> kRules{{
    {"template_has_document", ErrorCode::ResourceNotFound, "",
     [](const DocumentFacts& f) {
       return f.agreement == nullptr || f.agreement->type != "MicrosoftCustomerAgreement";
     }},
    {"document_country_known", kInvalid, "country",
     [](const DocumentFacts& f) { return !is_country(f); }},
    {"document_language_known", kInvalid, "language",
     [](const DocumentFacts& f) { return !is_culture(f); }},
    {"document_language_of_country", kInvalid, "language",
     [](const DocumentFacts& f) { return !written_in(f); }},
}};

}  // namespace

std::span<const DocumentRule> document_rules() { return kRules; }

Result<Done> check_document(const DocumentFacts& facts, Trace* trace) {
  if (const auto* broken = first_broken(document_rules(), facts, trace)) {
    return Error{broken->error, {}, std::string{broken->pointer}};
  }
  return Done{};
}

}  // namespace pcsim
