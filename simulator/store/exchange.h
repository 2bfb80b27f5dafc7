#pragma once

#include <string>

#include "domain/world.h"
#include "pcsim/trace.h"

namespace pcsim {

/// What one request became: kept for explanations.
struct Exchange {
  std::string request_id{}, operation{}, method{}, path{}, principal{};
  Trace trace{};
  std::string schema{};   ///< "valid", "unchecked", or where the body breaks its schema
  std::string outcome{};  ///< "success" or the name of the error
  std::string note{};     ///< what the client did wrong without being refused
  int status = 0;
  Instant at = 0;
};

}  // namespace pcsim
