#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "pcsim/result.h"
#include "store/universe.h"

namespace pcsim {

/// Tenant ids whose universes make themselves begin with this.
constexpr std::string_view kAutomaticPrefix = "75000000-";

/// What universes nobody asked for begin with, and how many there may be.
struct AutomaticForks {
  std::shared_ptr<const UniverseStart> start{};
  std::size_t most = 10'000;
  Universe::WallClock clock{};
  std::uint64_t seed = 0;
};

/// All universes of a process. Thread-safe.
class UniverseRegistry {
 public:
  std::shared_ptr<Universe> find(std::string_view id);

  /// Up to `limit` universes that hold `tenant` (id or domain).
  std::vector<std::shared_ptr<Universe>> holding(std::string_view tenant, std::size_t limit);

  /// Adds one; it goes away by itself when nobody uses it for `lifetime` microseconds of the wall
  /// clock, unless that is 0.
  void add(std::shared_ptr<Universe> universe, Instant lifetime = 0);

  /// Whether there was one.
  bool remove(std::string_view id);

  std::size_t size();
  std::vector<std::shared_ptr<Universe>> all();

  /// From now on a tenant id of `kAutomaticPrefix` that nobody holds gets a universe of its own.
  void allow_automatic(AutomaticForks forks);

  /// The universe of a tenant whose id asks for one: the partner that sells directly in the start
  /// world wears that id there. Null when the id does not ask for one.
  /// Errors: UniverseLimitReached.
  Result<std::shared_ptr<Universe>> automatic(std::string_view tenant);

 private:
  struct Entry {
    std::shared_ptr<Universe> universe;
    Instant lifetime = 0, used = 0;
    bool automatic = false;
  };

  Instant wall() const { return forks_.clock ? forks_.clock() : 0; }
  void forget_idle();

  std::mutex mutex_;
  std::map<std::string, Entry, std::less<>> universes_;
  AutomaticForks forks_{};
  std::size_t automatic_ = 0;
};

}  // namespace pcsim
