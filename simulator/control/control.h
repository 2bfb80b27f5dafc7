#pragma once

#include <string>
#include <string_view>

#include "pcsim/message.h"
#include "pcsim/result.h"
#include "store/universe.h"

namespace pcsim {

struct Reference;

/// The steering interface of a running simulator: health, universes, reset, clock, exchanges, acts.
/// Every call but `GET /health` needs `Authorization: Bearer <token>`.
class Control {
 public:
  /// New universes begin as `start` says, with a seed of their own.
  Control(UniverseRegistry& universes, UniverseStart start, std::string token,
          Universe::WallClock clock, IdSource ids, const Reference& reference);

  Response handle(const Request& request);
  /// The answer to bytes that are no acceptable request.
  Response refuse(const Error& error) const;

 private:
  Response create(const std::string& body);
  Response advance(Universe& universe, const std::string& body);
  Response exchanges(Universe& universe) const;
  Response act(Universe& universe, std::string_view name, const std::string& body) const;

  UniverseRegistry& universes_;
  UniverseStart start_;
  std::string token_;
  Universe::WallClock clock_;
  std::mutex mutex_;
  IdSource ids_;
  const Reference& reference_;
};

}  // namespace pcsim
