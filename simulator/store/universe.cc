#include "store/universe.h"

#include <algorithm>
#include <utility>

#include "domain/identity/identity.h"

namespace pcsim {
namespace {

constexpr std::size_t kMaxExchanges = 500;

UniverseStart frozen(UniverseStart start) {
  start.world.freeze();
  return start;
}

}  // namespace

Universe::Universe(std::string id, UniverseStart start, WallClock clock)
    : id_(std::move(id)),
      start_(frozen(std::move(start))),
      world_(start_.world),
      ids_(start_.seed),
      clock_(std::move(clock)) {}

void Universe::reset() {
  const std::scoped_lock lock{mutex_};
  world_ = start_.world;
  ids_ = IdSource{start_.seed};
  offset_ = 0;
  replays_.clear();
  throttle_.clear();
  exchanges_.clear();
  oldest_ = 0;
}

void Universe::advance(Instant duration) {
  const std::scoped_lock lock{mutex_};
  offset_ += duration;
}

Instant Universe::now() {
  const std::scoped_lock lock{mutex_};
  return now_locked();
}

bool Universe::holds_tenant(std::string_view tenant) {
  const std::scoped_lock lock{mutex_};
  const auto found = find_tenant(world_, tenant);
  return found && !found->any;
}

void Universe::record(Exchange& exchange) {
  if (exchanges_.size() < kMaxExchanges) {
    exchanges_.push_back(std::move(exchange));
    return;
  }
  std::swap(exchanges_[oldest_], exchange);
  oldest_ = (oldest_ + 1) % kMaxExchanges;
}

std::vector<Exchange> Universe::exchanges() {
  const std::scoped_lock lock{mutex_};
  std::vector<Exchange> out;
  out.reserve(exchanges_.size());
  for (std::size_t i = 0; i < exchanges_.size(); ++i) {
    out.push_back(exchanges_[(oldest_ + i) % exchanges_.size()]);
  }
  return out;
}

std::shared_ptr<Universe> UniverseRegistry::find(std::string_view id) {
  const std::scoped_lock lock{mutex_};
  const auto found = universes_.find(id);
  return found == universes_.end() ? nullptr : found->second;
}

std::vector<std::shared_ptr<Universe>> UniverseRegistry::holding(std::string_view tenant,
                                                                 std::size_t limit) {
  const std::scoped_lock lock{mutex_};
  std::vector<std::shared_ptr<Universe>> found;
  for (const auto& [id, universe] : universes_) {
    if (found.size() == limit) {
      break;
    }
    if (universe->holds_tenant(tenant)) {
      found.push_back(universe);
    }
  }
  return found;
}

void UniverseRegistry::add(std::shared_ptr<Universe> universe) {
  const std::scoped_lock lock{mutex_};
  std::string id = universe->id();
  universes_[std::move(id)] = std::move(universe);
}

std::size_t UniverseRegistry::size() {
  const std::scoped_lock lock{mutex_};
  return universes_.size();
}

}  // namespace pcsim
