#include "codec/partner_center/country_rules.h"

#include <nlohmann/json.hpp>
#include <string>

#include "codec/partner_center/collection.h"

namespace pcsim::partner_center {
namespace {

constexpr std::string_view kAnyPhone = "^[0-9 .()+/-]{4,24}$";

Json list(const auto& words) {
  auto out = Json::array();
  for (const auto& word : words) {
    out.push_back(word);
  }
  return out;
}

Json cultures(const CountryDetails& details) {
  auto out = Json::array();
  for (const auto& language : details.languages) {
    out.push_back(language + "-" + details.iso2);
  }
  return out;
}

void add_tax(Json& out, const CountryDetails& details) {
  const bool taxed = !details.tax_id_format.empty();
  add_text(out, "taxIdFormat", details.tax_id_format);
  add_text(out, "taxIdSample", details.tax_id_sample);
  out["isTaxIdSupported"] = taxed;
  out["isTaxIdOptional"] = !taxed || details.tax_id_optional;
}

}  // namespace

Json country_rules_json(const CountryRule& rule, const CountryDetails& details,
                        bool number_required) {
  auto out = Json::object();
  out["iso2Code"] = details.iso2;
  out["defaultCulture"] = details.languages.front() + "-" + details.iso2;
  out["isStateRequired"] = rule.state_required;
  out["supportedStatesList"] = list(rule.states);
  out["supportedLanguagesList"] = list(details.languages);
  out["supportedCulturesList"] = cultures(details);
  out["isPostalCodeRequired"] = rule.postal_code_required;
  add_text(out, "postalCodeRegex", rule.postal_code.text);
  out["isCityRequired"] = true;
  out["isVatIdSupported"] = !details.vat_pattern.empty();
  add_text(out, "vatIdRegex", details.vat_pattern);
  add_tax(out, details);
  out["phoneNumberRegex"] =
      details.phone_pattern.empty() ? std::string{kAnyPhone} : details.phone_pattern;
  out["countryCallingCodesList"] = list(details.calling_codes);
  out["customerOrganizationRegistrationNumberRequired"] = number_required;
  add_text(out, "customerOrganizationRegistrationNumberRegex", rule.organization_number.text);
  add_text(out, "customerOrganizationRegistrationNumberSample", details.number_sample);
  out["customerOrganizationPhoneNumberRequired"] = number_required;
  add_attributes(out, "CountryValidationRules");
  return out;
}

}  // namespace pcsim::partner_center
