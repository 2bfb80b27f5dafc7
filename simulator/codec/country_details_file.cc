#include "codec/country_details_file.h"

#include <re2/re2.h>

#include <array>
#include <set>
#include <string>
#include <utility>

#include "codec/csv_file.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

constexpr std::array<std::string_view, 9> kColumns{
    "iso2",          "languages",     "calling_codes",   "phone_pattern", "vat_pattern",
    "tax_id_format", "tax_id_sample", "tax_id_optional", "number_sample"};
constexpr std::array<std::string_view, 4> kPlaceColumns{"iso2", "postal_code", "city", "state"};

std::vector<std::string> words(std::string_view cell) {
  std::vector<std::string> out;
  for (const std::string_view word : split(cell, ' ')) {
    if (!word.empty()) {
      out.emplace_back(word);
    }
  }
  return out;
}

Failure check(const CsvFile& file, const CsvRow& row, const CountryDetails& details,
              DataOrigin origin) {
  if (details.iso2.size() != 2) {
    return DataFailure{"iso2", row.line, "must be a two-letter code that appears once"};
  }
  if (details.languages.empty()) {
    return DataFailure{"languages", row.line, "must name a language"};
  }
  if (details.calling_codes.empty()) {
    return DataFailure{"calling_codes", row.line, "must name a code"};
  }
  for (const std::string_view column : {"phone_pattern", "vat_pattern"}) {
    if (origin == DataOrigin::Given && !RE2(file.cell(row, column), RE2::Quiet).ok()) {
      return DataFailure{std::string{column}, row.line, "is no regular expression"};
    }
  }
  const std::string& optional = file.cell(row, "tax_id_optional");
  if (optional != "" && optional != "0" && optional != "1") {
    return DataFailure{"tax_id_optional", row.line, "must be 0, 1 or empty"};
  }
  return std::nullopt;
}

}  // namespace

std::variant<std::vector<CountryDetails>, DataFailure> read_country_details(std::string_view csv,
                                                                            DataOrigin origin) {
  auto parsed = CsvFile::parse(csv, kColumns);
  if (auto* failure = std::get_if<DataFailure>(&parsed)) {
    return std::move(*failure);
  }
  const auto& file = std::get<CsvFile>(parsed);
  std::vector<CountryDetails> out;
  std::set<std::string> known;
  for (const CsvRow& row : file.rows()) {
    CountryDetails details;
    details.iso2 = file.cell(row, "iso2");
    details.languages = words(file.cell(row, "languages"));
    details.calling_codes = words(file.cell(row, "calling_codes"));
    details.phone_pattern = file.cell(row, "phone_pattern");
    details.vat_pattern = file.cell(row, "vat_pattern");
    details.tax_id_format = file.cell(row, "tax_id_format");
    details.tax_id_sample = file.cell(row, "tax_id_sample");
    details.tax_id_optional = file.cell(row, "tax_id_optional") == "1";
    details.number_sample = file.cell(row, "number_sample");
    if (Failure failure = check(file, row, details, origin)) {
      return *failure;
    }
    if (!known.insert(lower(details.iso2)).second) {
      return DataFailure{"iso2", row.line, "must be a two-letter code that appears once"};
    }
    out.push_back(std::move(details));
  }
  return out;
}

std::variant<std::vector<Place>, DataFailure> read_places(std::string_view csv) {
  auto parsed = CsvFile::parse(csv, kPlaceColumns);
  if (auto* failure = std::get_if<DataFailure>(&parsed)) {
    return std::move(*failure);
  }
  const auto& file = std::get<CsvFile>(parsed);
  std::vector<Place> out;
  for (const CsvRow& row : file.rows()) {
    for (const std::string_view column : {"iso2", "postal_code", "city"}) {
      if (file.cell(row, column).empty()) {
        return DataFailure{std::string{column}, row.line, "must be given"};
      }
    }
    out.push_back({file.cell(row, "iso2"), file.cell(row, "postal_code"), file.cell(row, "city"),
                   file.cell(row, "state")});
  }
  return out;
}

}  // namespace pcsim
