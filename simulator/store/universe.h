#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "domain/world.h"
#include "pcsim/ports.h"
#include "pcsim/switches.h"
#include "store/exchange.h"
#include "store/replay_log.h"
#include "store/throttle.h"

namespace pcsim {

/// How a universe starts.
struct UniverseStart {
  World world{};  ///< frozen, so that universes share its rows
  std::uint64_t seed = 0;
  Instant delay = 0;  ///< microseconds an asynchronous step takes
};

/// One isolated world with its own clock and identifiers. Thread-safety: use `access`.
class Universe {
 public:
  /// Gives microseconds since 1970; called from any thread.
  using WallClock = std::function<Instant()>;

  Universe(std::string id, UniverseStart start, WallClock clock);

  const std::string& id() const { return id_; }

  /// Runs `action(world, env, journal)` with the universe locked and the time read once.
  template <class Action>
  auto access(Action action) {
    const std::scoped_lock lock{mutex_};
    Env env{now_locked(), ids_, start_.delay, start_.world.switches, nullptr};
    return action(world_, env, *this);
  }

  /// Back to the start world; ids start over so that a replayed story gives the same ones.
  void reset();

  /// Moves the virtual clock forward by `duration` microseconds.
  void advance(Instant duration);

  Instant now();

  /// Whether a partner, customer or application of this universe lives in `tenant` (id or domain).
  bool holds_tenant(std::string_view tenant);

  /// The earlier answers; only inside `access`.
  ReplayLog& replays() { return replays_; }

  /// The requests of the present minute; only inside `access`.
  Throttle& throttle() { return throttle_; }

  /// Takes an exchange; only inside `access`. Beyond the bound the oldest one is given in return,
  /// so that it is freed by the caller once the universe is no longer locked.
  void record(Exchange& exchange);

  std::vector<Exchange> exchanges();

 private:
  Instant now_locked() const { return clock_() + offset_; }

  std::string id_;
  UniverseStart start_;
  World world_;
  IdSource ids_;
  WallClock clock_;
  Instant offset_ = 0;
  std::mutex mutex_{};
  ReplayLog replays_{};
  Throttle throttle_{};
  std::vector<Exchange> exchanges_{};  ///< a ring once it is full
  std::size_t oldest_ = 0;
};

/// All universes of a process. Thread-safe.
class UniverseRegistry {
 public:
  std::shared_ptr<Universe> find(std::string_view id);

  /// Up to `limit` universes that hold `tenant` (id or domain).
  std::vector<std::shared_ptr<Universe>> holding(std::string_view tenant, std::size_t limit);

  void add(std::shared_ptr<Universe> universe);
  std::size_t size();

 private:
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<Universe>, std::less<>> universes_;
};

}  // namespace pcsim
