#include "store/universe.h"

#include <utility>

#include "domain/identity/identity.h"
#include "domain/identity/tenant_change.h"

namespace pcsim {
namespace {

std::shared_ptr<const UniverseStart> frozen(UniverseStart start) {
  start.world.freeze();
  return std::make_shared<const UniverseStart>(std::move(start));
}

}  // namespace

Universe::Universe(std::string id, UniverseStart start, WallClock clock)
    : Universe(std::move(id), frozen(std::move(start)), 0, std::move(clock)) {
  seed_ = start_->seed;
  ids_ = IdSource{seed_};
}

Universe::Universe(std::string id, std::shared_ptr<const UniverseStart> start, std::uint64_t seed,
                   WallClock clock, std::string tenant)
    : id_(std::move(id)),
      tenant_(std::move(tenant)),
      start_(std::move(start)),
      seed_(seed),
      world_(first_world()),
      ids_(seed_),
      clock_(std::move(clock)) {}

World Universe::first_world() const {
  World world = start_->world;
  if (!tenant_.empty()) {
    wear_tenant(world, tenant_);
  }
  return world;
}

void Universe::reset() {
  const std::scoped_lock lock{mutex_};
  world_ = first_world();
  ids_ = IdSource{seed_};
  clock_ = VirtualClock{clock_.wall()};
  if (first_setting_) {
    clock_.set(*first_setting_);
  }
  replays_.clear();
  throttle_.clear();
  journal_.clear();
}

void Universe::advance(Instant duration) {
  const std::scoped_lock lock{mutex_};
  clock_.advance(duration);
}

Instant Universe::run_until_idle() {
  const std::scoped_lock lock{mutex_};
  const Instant now = clock_.now();
  const Instant idle = idle_from(world_, now, start_->delay);
  clock_.advance(idle - now);
  return idle - now;
}

std::vector<DueEvent> Universe::due(Instant duration) {
  const std::scoped_lock lock{mutex_};
  const Instant now = clock_.now();
  return due_events(world_, now, now + duration, start_->delay);
}

void Universe::set_clock(const ClockSetting& setting) {
  const std::scoped_lock lock{mutex_};
  clock_.set(setting);
}

void Universe::begin_clock(const ClockSetting& setting) {
  const std::scoped_lock lock{mutex_};
  clock_.set(setting);
  first_setting_ = setting;
}

Instant Universe::now() {
  const std::scoped_lock lock{mutex_};
  return clock_.now();
}

UniverseFacts Universe::facts() {
  const std::scoped_lock lock{mutex_};
  UniverseFacts facts;
  facts.id = id_;
  facts.clock = clock_.setting();
  facts.seed = seed_;
  facts.exchanges = journal_.last();
  facts.writes = world_.writes() - start_->world.writes();
  facts.delay = start_->delay;
  facts.partners = world_.partners.size();
  facts.customers = world_.customers.size();
  facts.orders = world_.orders.size();
  facts.subscriptions = world_.subscriptions.size();
  facts.reservations = world_.reservations.size();
  facts.switches = world_.switches;
  for (const auto& [name, snapshot] : snapshots_) {
    facts.snapshots.push_back(name);
  }
  return facts;
}

std::shared_ptr<const UniverseStart> Universe::fork() {
  const std::scoped_lock lock{mutex_};
  world_.freeze();
  return std::make_shared<const UniverseStart>(UniverseStart{world_, seed_, start_->delay});
}

bool Universe::snapshot(const std::string& name) {
  const std::scoped_lock lock{mutex_};
  if (snapshots_.size() >= kMaxSnapshots && snapshots_.count(name) == 0) {
    return false;
  }
  world_.freeze();
  snapshots_.insert_or_assign(name, Snapshot{world_, ids_, clock_.setting()});
  return true;
}

bool Universe::restore(const std::string& name) {
  const std::scoped_lock lock{mutex_};
  const auto found = snapshots_.find(name);
  if (found == snapshots_.end()) {
    return false;
  }
  world_ = found->second.world;
  ids_ = found->second.ids;
  clock_.set(found->second.clock);
  // An answer remembered since belongs to a future that never was.
  replays_.clear();
  throttle_.clear();
  return true;
}

bool Universe::forget_snapshot(const std::string& name) {
  const std::scoped_lock lock{mutex_};
  return snapshots_.erase(name) != 0;
}

bool Universe::holds_tenant(std::string_view tenant) {
  const std::scoped_lock lock{mutex_};
  const auto found = find_tenant(world_, tenant);
  return found && !found->any;
}

JournalPage Universe::journal(const JournalFilter& filter, std::size_t limit) {
  const std::scoped_lock lock{mutex_};
  return journal_.find(filter, limit);
}

std::optional<Exchange> Universe::exchange_of(const std::string& request_id) {
  const std::scoped_lock lock{mutex_};
  const Exchange* found = journal_.of_request(request_id);
  return found == nullptr ? std::nullopt : std::optional{*found};
}

}  // namespace pcsim
