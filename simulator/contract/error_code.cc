#include "pcsim/error_code.h"

#include <iterator>

#include "pcsim/result.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

constexpr ErrorRow kRows[] = {
#define PCSIM_ERROR(name, surface, status, code, en, fr, source) \
  {#name, #surface, status, code, en, fr, source},
#include "pcsim/errors.inc"
#undef PCSIM_ERROR
};

}  // namespace

const ErrorRow& error_row(ErrorCode code) { return kRows[static_cast<std::size_t>(code)]; }

std::size_t error_count() { return std::size(kRows); }

std::optional<ErrorCode> error_named(std::string_view name) {
  for (std::size_t at = 0; at < error_count(); ++at) {
    if (equal_ignoring_case(kRows[at].name, name)) {
      return static_cast<ErrorCode>(at);
    }
  }
  return std::nullopt;
}

std::string error_text(const Error& error, Locale locale) {
  return fill(text_in(error_row(error.code), locale), error.arguments);
}

}  // namespace pcsim
