#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/due_events.h"
#include "domain/world.h"
#include "pcsim/ports.h"
#include "pcsim/switches.h"
#include "store/exchange.h"
#include "store/journal.h"
#include "store/replay_log.h"
#include "store/throttle.h"
#include "store/virtual_clock.h"

namespace pcsim {

/// How a universe starts. Shared by all that start alike.
struct UniverseStart {
  World world{};  ///< frozen, so that universes share its rows
  std::uint64_t seed = 0;
  Instant delay = 0;  ///< microseconds an asynchronous step takes
};

/// How many rows of each kind a world holds, and its time: what an inspection tells.
struct UniverseFacts {
  std::string id{};
  ClockSetting clock{};
  std::uint64_t seed = 0, exchanges = 0, writes = 0;
  Instant delay = 0;
  std::size_t partners = 0, customers = 0, orders = 0, subscriptions = 0, reservations = 0;
  std::vector<std::string> snapshots{};
  Switches switches{};
};

/// One isolated world with its own clock and identifiers. Thread-safety: use `access`.
class Universe {
 public:
  using WallClock = VirtualClock::WallClock;

  /// How many snapshots a universe keeps.
  static constexpr std::size_t kMaxSnapshots = 100;

  Universe(std::string id, UniverseStart start, WallClock clock);
  /// `world` of a shared start must be frozen; `seed` takes the place of the start's. The partner
  /// who sells directly lives in `tenant`, unless that is empty.
  Universe(std::string id, std::shared_ptr<const UniverseStart> start, std::uint64_t seed,
           WallClock clock, std::string tenant = {});

  const std::string& id() const { return id_; }

  /// Runs `action(world, env, universe)` with the universe locked and the time read once.
  template <class Action>
  auto access(Action action) {
    const std::scoped_lock lock{mutex_};
    Env env{clock_.tick(), ids_, start_->delay, world_.switches, nullptr};
    return action(world_, env, *this);
  }

  /// Back to the start world and to the clock of the beginning; ids start over so that a replayed
  /// story gives the same ones.
  void reset();

  /// Moves the virtual clock forward by `duration` microseconds.
  void advance(Instant duration);

  /// Moves the clock to when the last asynchronous work under way is done; how far that was.
  Instant run_until_idle();

  /// What the passing of `duration` microseconds from now will bring about.
  std::vector<DueEvent> due(Instant duration);

  void set_clock(const ClockSetting& setting);

  /// The same, for now and after each reset.
  void begin_clock(const ClockSetting& setting);

  Instant now();

  UniverseFacts facts();

  /// What a copy of the present world starts with.
  std::shared_ptr<const UniverseStart> fork();

  /// Remembers the present under a name; false when there are too many.
  bool snapshot(const std::string& name);
  /// Back to a snapshot, with its time and identifiers; false when there is none of this name.
  bool restore(const std::string& name);
  bool forget_snapshot(const std::string& name);

  /// Whether a partner, customer or application of this universe lives in `tenant` (id or domain).
  bool holds_tenant(std::string_view tenant);

  /// The earlier answers; only inside `access`.
  ReplayLog& replays() { return replays_; }

  /// The requests of the present minute; only inside `access`.
  Throttle& throttle() { return throttle_; }

  /// Takes an exchange; only inside `access`. Beyond the bound the oldest one is given in return,
  /// so that it is freed by the caller once the universe is no longer locked.
  void record(Exchange& exchange) { journal_.record(exchange); }

  JournalPage journal(const JournalFilter& filter, std::size_t limit = Journal::kMaxExchanges);
  std::optional<Exchange> exchange_of(const std::string& request_id);

 private:
  struct Snapshot {
    World world;
    IdSource ids;
    ClockSetting clock;
  };

  World first_world() const;

  std::string id_, tenant_;
  std::shared_ptr<const UniverseStart> start_;
  std::uint64_t seed_;
  World world_;
  IdSource ids_;
  VirtualClock clock_;
  std::optional<ClockSetting> first_setting_{};
  std::mutex mutex_{};
  ReplayLog replays_{};
  Throttle throttle_{};
  Journal journal_{};
  std::map<std::string, Snapshot> snapshots_{};
};

}  // namespace pcsim
