#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "domain/world.h"
#include "pcsim/trace.h"

namespace pcsim {

/// What one request became: kept for explanations.
struct Exchange {
  std::uint64_t serial = 0;  ///< from 1, in the order of the journal
  std::string request_id{}, operation{}, method{}, path{}, principal{};
  Trace trace{};
  std::string schema{};   ///< "valid", "unchecked", or where the body breaks its schema
  std::string outcome{};  ///< "success" or the name of the error
  std::vector<std::string> arguments{};  ///< what the error's text names
  std::string note{};                    ///< what the client did wrong without being refused
  int status = 0;
  std::uint64_t writes = 0;  ///< how often the world was written; never by a refusal
  Instant at = 0;
};

}  // namespace pcsim
