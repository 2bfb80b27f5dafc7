#include "store/universe.h"

#include <algorithm>
#include <utility>

#include "pcsim/text.h"

namespace pcsim {
namespace {

constexpr std::size_t kMaxReplays = 10'000;
constexpr std::size_t kMaxExchanges = 1'000;

}  // namespace

Universe::Universe(std::string id, World start, std::uint64_t seed, Instant delay, WallClock clock)
    : id_(std::move(id)),
      start_(std::move(start)),
      world_(start_),
      seed_(seed),
      ids_(seed),
      delay_(delay),
      clock_(std::move(clock)) {}

void Universe::reset() {
  const std::scoped_lock lock{mutex_};
  world_ = start_;
  ids_ = IdSource{seed_};
  replays_.clear();
  exchanges_.clear();
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
  const std::string key = lower(tenant);
  if (world_.partners.count(key) != 0 || world_.customers.count(key) != 0) {
    return true;
  }
  return std::any_of(world_.partners.begin(), world_.partners.end(),
                     [&](const auto& entry) { return lower(entry.second.domain) == key; }) ||
         std::any_of(world_.customers.begin(), world_.customers.end(),
                     [&](const auto& entry) { return lower(entry.second.domain) == key; });
}

const Response* Universe::replay(const std::string& key, std::string_view body, Instant now) {
  const auto found = replays_.find(key);
  if (found == replays_.end() || found->second.at + kDay < now || found->second.body != body) {
    return nullptr;
  }
  return &found->second.response;
}

void Universe::remember(const std::string& key, std::string body, Response response, Instant now) {
  if (replays_.size() >= kMaxReplays) {
    const auto oldest =
        std::min_element(replays_.begin(), replays_.end(), [](const auto& a, const auto& b) {
          return a.second.at < b.second.at;
        });
    replays_.erase(oldest);
  }
  replays_[key] = Remembered{std::move(body), std::move(response), now};
}

void Universe::record(Exchange exchange) {
  const std::scoped_lock lock{mutex_};
  if (exchanges_.size() >= kMaxExchanges) {
    exchanges_.erase(exchanges_.begin(), exchanges_.begin() + kMaxExchanges / 10);
  }
  exchanges_.push_back(std::move(exchange));
}

std::vector<Exchange> Universe::exchanges() {
  const std::scoped_lock lock{mutex_};
  return exchanges_;
}

std::shared_ptr<Universe> UniverseRegistry::find(std::string_view id) {
  const std::scoped_lock lock{mutex_};
  const auto found = universes_.find(id);
  return found == universes_.end() ? nullptr : found->second;
}

std::shared_ptr<Universe> UniverseRegistry::holding(std::string_view tenant) {
  const std::scoped_lock lock{mutex_};
  std::shared_ptr<Universe> only;
  for (const auto& [id, universe] : universes_) {
    if (universe->holds_tenant(tenant)) {
      if (only) {
        return nullptr;
      }
      only = universe;
    }
  }
  return only;
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
