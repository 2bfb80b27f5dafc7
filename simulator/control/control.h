#pragma once

#include <string>

#include "pcsim/message.h"
#include "store/universe.h"

namespace pcsim {

/// The steering interface of a running simulator: health, universes, reset and clock.
/// Every call but `GET /health` needs `Authorization: Bearer <token>`.
class Control {
 public:
  Control(UniverseRegistry& universes, World start, std::string token, Instant delay,
          Universe::WallClock clock, IdSource ids);

  Response handle(const Request& request);

 private:
  Response create(const std::string& body);
  Response advance(Universe& universe, const std::string& body);

  UniverseRegistry& universes_;
  World start_;
  std::string token_;
  Instant delay_;
  Universe::WallClock clock_;
  std::mutex mutex_;
  IdSource ids_;
};

}  // namespace pcsim
