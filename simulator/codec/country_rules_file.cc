#include "codec/country_rules_file.h"

#include <re2/re2.h>

#include <array>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include "codec/csv_file.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

constexpr std::array<std::string_view, 8> kColumns{
    "iso2",   "state_required", "postal_code_required", "postal_code_pattern",
    "states", "number_2021",    "number_2023",          "number_pattern"};

/// An expression that is compiled when a text is first compared with it: most countries are never
/// asked for, and a compiled expression is large. Thread-safe.
class LazyPattern {
 public:
  explicit LazyPattern(std::string text) : text_(std::move(text)) {}

  bool fits(std::string_view value) {
    std::call_once(once_, [this] { compiled_ = std::make_unique<RE2>(text_, RE2::Quiet); });
    return RE2::FullMatch(re2::StringPiece(value.data(), value.size()), *compiled_);
  }

 private:
  std::string text_;
  std::once_flag once_{};
  std::unique_ptr<RE2> compiled_{};
};

std::optional<TextPattern> pattern(const std::string& text, DataOrigin origin) {
  if (text.empty()) {
    return TextPattern{};
  }
  if (origin == DataOrigin::Given && !RE2(text, RE2::Quiet).ok()) {
    return std::nullopt;
  }
  return TextPattern{text, [lazy = std::make_shared<LazyPattern>(text)](std::string_view value) {
                       return lazy->fits(value);
                     }};
}

/// Reads the cells of one line.
class RowReader {
 public:
  RowReader(const CsvFile& file, const CsvRow& row, DataOrigin origin)
      : file_(file), row_(row), origin_(origin) {}

  bool flag(std::string_view column) {
    const std::string& cell = file_.cell(row_, column);
    if (cell != "0" && cell != "1") {
      fail(column, "must be 0 or 1");
    }
    return cell == "1";
  }

  TextPattern pattern_of(std::string_view column) {
    auto found = pattern(file_.cell(row_, column), origin_);
    if (!found) {
      fail(column, "is no regular expression");
    }
    return std::move(found).value_or(TextPattern{});
  }

  const std::string& text(std::string_view column) const { return file_.cell(row_, column); }

  void fail(std::string_view column, std::string reason) {
    if (!failure) {
      failure = DataFailure{std::string{column}, row_.line, std::move(reason)};
    }
  }

  Failure failure{};

 private:
  const CsvFile& file_;
  const CsvRow& row_;
  DataOrigin origin_;
};

}  // namespace

std::variant<std::vector<CountryRule>, DataFailure> read_country_rules(std::string_view csv,
                                                                       DataOrigin origin) {
  auto parsed = CsvFile::parse(csv, kColumns);
  if (auto* failure = std::get_if<DataFailure>(&parsed)) {
    return std::move(*failure);
  }
  const auto& file = std::get<CsvFile>(parsed);
  std::vector<CountryRule> rules;
  std::set<std::string> known;
  for (const CsvRow& row : file.rows()) {
    RowReader read{file, row, origin};
    CountryRule rule;
    rule.iso2 = read.text("iso2");
    if (rule.iso2.size() != 2 || !known.insert(lower(rule.iso2)).second) {
      read.fail("iso2", "must be a two-letter code that appears once");
    }
    rule.state_required = read.flag("state_required");
    rule.postal_code_required = read.flag("postal_code_required");
    rule.postal_code = read.pattern_of("postal_code_pattern");
    for (const std::string_view state : split(read.text("states"), ' ')) {
      if (!state.empty()) {
        rule.states.emplace(state);
      }
    }
    rule.number_required_2021 = read.flag("number_2021");
    rule.number_required_2023 = read.flag("number_2023");
    rule.organization_number = read.pattern_of("number_pattern");
    if (read.failure) {
      return *read.failure;
    }
    rules.push_back(std::move(rule));
  }
  return rules;
}

std::variant<std::set<std::string, std::less<>>, DataFailure> read_languages(std::string_view csv) {
  constexpr std::array<std::string_view, 1> kCode{"code"};
  auto parsed = CsvFile::parse(csv, kCode);
  if (auto* failure = std::get_if<DataFailure>(&parsed)) {
    return std::move(*failure);
  }
  const auto& file = std::get<CsvFile>(parsed);
  std::set<std::string, std::less<>> languages;
  for (const CsvRow& row : file.rows()) {
    if (!languages.insert(lower(file.cell(row, "code"))).second) {
      return DataFailure{"code", row.line, "appears twice"};
    }
  }
  return languages;
}

}  // namespace pcsim
