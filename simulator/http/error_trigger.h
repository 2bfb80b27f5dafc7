#pragma once

#include <optional>
#include <string>

#include "app/call.h"
#include "http/router.h"
#include "pcsim/result.h"

namespace pcsim {

/// An error that a request asks for: what to answer, and how it was asked for.
struct Trigger {
  Error error;
  std::string note{};
  bool carried = false;  ///< inside a successful answer
};

/// The error that `request` asks for, if any: by name in `X-PCSim-Error`, or on the Partner Center
/// host by a correlation id `75000000-0000-0000-0000-` and twelve digits of a code that one row
/// holds. What cannot be had is an error of its own.
std::optional<Trigger> trigger_of(const Request& request, Surface surface, const RouteMatch& match);

/// `reply` with `error` where answers of its operation carry such errors.
Result<Reply> carrying(Reply reply, ErrorCode error, Locale locale);

}  // namespace pcsim
