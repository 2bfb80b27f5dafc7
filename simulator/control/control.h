#pragma once

#include <atomic>
#include <mutex>
#include <string>
#include <string_view>

#include "pcsim/message.h"
#include "pcsim/result.h"
#include "store/universe_registry.h"

namespace pcsim {

struct Reference;

/// The steering interface of a running simulator: universes, clocks, journals, explanations, acts.
/// Its calls are the rows of include/pcsim/operations/control.def. Every call but `GET /health`
/// needs `Authorization: Bearer <token>`. Thread-safe.
class Control {
 public:
  /// What it steers, and what new universes begin with.
  struct Options {
    UniverseStart start{};
    std::string token{};
    Universe::WallClock clock{};
    std::uint64_t seed = 0;  ///< of the ids and seeds of universes that are given none
  };

  /// `universes` and `reference` outlive it.
  Control(UniverseRegistry& universes, Options options, const Reference& reference);

  Response handle(const Request& request);
  /// The answer to bytes that are no acceptable request.
  Response refuse(const Error& error) const;

 private:
  UniverseRegistry& universes_;
  Options options_;
  const Reference& reference_;
  std::mutex mutex_{};
  IdSource ids_;
};

}  // namespace pcsim
