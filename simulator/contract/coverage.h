#pragma once

#include <span>
#include <string_view>

#include "pcsim/error_code.h"
#include "pcsim/operation.h"

namespace pcsim {

/// How an error can be met.
enum class Reach : std::uint8_t {
  Natural,    ///< by ordinary requests in a world that names no error
  Triggered,  ///< by asking for it
  Listed      ///< not at all: it is documented only
};

/// Errors of requests that reach no operation, and of malformed triggers: no operation lists them.
std::span<const ErrorCode> unrouted_errors();

/// An error that is met only when a switch is away from its default: one row of
/// contract-tests/by_switch.csv.
struct ErrorBySwitch {
  std::string_view error, why;
};

/// The rows of that table; the contract tests compare them with what they met.
std::span<const ErrorBySwitch> errors_by_switch();

/// Whether successful answers of `operation` can carry `row`, an error of the Cart surface.
bool carries(const Operation& operation, const ErrorRow& row);

/// How `error` can be met. Natural is what an operation lists, because the contract tests fail
/// unless each listed error is answered, less what they meet by a switch only.
Reach reach_of(ErrorCode error);

}  // namespace pcsim
