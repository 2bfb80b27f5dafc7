#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace pcsim {

/// Every error the product can answer, one enumerator per row of fixtures/errors/*.csv.
enum class ErrorCode {
#define PCSIM_ERROR(name, surface, status, code, en, fr, source) name,
#include "pcsim/errors.inc"
#undef PCSIM_ERROR
};

/// The language of the texts an answer shows.
enum class Locale : std::uint8_t { English, French };

/// What the wire shows for one ErrorCode. `{0}`, `{1}` in texts are replaced by arguments.
struct ErrorRow {
  std::string_view name;
  std::string_view surface;
  int status;
  std::string_view code;
  std::string_view text_en;
  std::string_view text_fr;
  std::string_view source;
};

/// The text of `row` in `locale`, placeholders and all.
constexpr std::string_view text_in(const ErrorRow& row, Locale locale) {
  return locale == Locale::French ? row.text_fr : row.text_en;
}

/// The row that declares `code`; never fails.
const ErrorRow& error_row(ErrorCode code);

/// How many rows there are; rows are addressed by the enumerator's position.
std::size_t error_count();

/// The error of that name, letter case aside.
std::optional<ErrorCode> error_named(std::string_view name);

}  // namespace pcsim
