#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "domain/world.h"
#include "pcsim/message.h"
#include "pcsim/ports.h"

namespace pcsim {

/// What one request became: kept for explanations, bounded per universe.
struct Exchange {
  std::string request_id, operation, method, path, outcome;
  int status = 0;
  Instant at = 0;
};

/// One isolated world with its own clock and identifiers. Thread-safety: use `access`.
class Universe {
 public:
  /// Gives microseconds since 1970; called from any thread.
  using WallClock = std::function<Instant()>;

  Universe(std::string id, World start, std::uint64_t seed, Instant delay, WallClock clock);

  const std::string& id() const { return id_; }

  /// Runs `action` with the world locked and the time read once.
  template <class Action>
  auto access(Action action) {
    const std::scoped_lock lock{mutex_};
    Env env{now_locked(), ids_, delay_};
    return action(world_, env);
  }

  /// Back to the start world; ids start over so that a replayed story gives the same ones.
  void reset();

  /// Moves the virtual clock forward by `duration` microseconds.
  void advance(Instant duration);

  Instant now();

  /// Whether a partner, customer or application of this universe lives in `tenant` (id or domain).
  bool holds_tenant(std::string_view tenant);

  /// The earlier answer to the same write, when it was seen within 24 virtual hours.
  const Response* replay(const std::string& key, std::string_view body, Instant now);
  void remember(const std::string& key, std::string body, Response response, Instant now);

  void record(Exchange exchange);
  std::vector<Exchange> exchanges();

 private:
  struct Remembered {
    std::string body;
    Response response;
    Instant at;
  };

  Instant now_locked() const { return clock_() + offset_; }

  std::string id_;
  World start_;
  World world_;
  std::uint64_t seed_;
  IdSource ids_;
  Instant delay_;
  WallClock clock_;
  Instant offset_ = 0;
  std::mutex mutex_;
  std::map<std::string, Remembered> replays_;
  std::vector<Exchange> exchanges_;
};

/// All universes of a process. Thread-safe.
class UniverseRegistry {
 public:
  std::shared_ptr<Universe> find(std::string_view id);

  /// The only universe that holds `tenant`; null when none or several do.
  std::shared_ptr<Universe> holding(std::string_view tenant);

  void add(std::shared_ptr<Universe> universe);
  std::size_t size();

 private:
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<Universe>, std::less<>> universes_;
};

}  // namespace pcsim
