#include "pcsim/error_code.h"

#include <iterator>

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

}  // namespace pcsim
