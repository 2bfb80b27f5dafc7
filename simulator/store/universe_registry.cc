#include "store/universe_registry.h"

#include <utility>

#include "pcsim/text.h"

namespace pcsim {
namespace {

/// A seed of its own for each tenant, the same in every run with the same seed.
std::uint64_t seed_for(std::uint64_t seed, std::string_view tenant) {
  std::uint64_t hash = seed ^ 0xcbf29ce484222325U;
  for (const char c : tenant) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  }
  return hash;
}

}  // namespace

std::shared_ptr<Universe> UniverseRegistry::find(std::string_view id) {
  const std::scoped_lock lock{mutex_};
  const auto found = universes_.find(id);
  if (found == universes_.end()) {
    return nullptr;
  }
  if (found->second.lifetime != 0) {
    found->second.used = wall();
  }
  return found->second.universe;
}

std::vector<std::shared_ptr<Universe>> UniverseRegistry::holding(std::string_view tenant,
                                                                 std::size_t limit) {
  const std::scoped_lock lock{mutex_};
  std::vector<std::shared_ptr<Universe>> found;
  for (const auto& [id, entry] : universes_) {
    if (found.size() == limit) {
      break;
    }
    if (entry.universe->holds_tenant(tenant)) {
      found.push_back(entry.universe);
    }
  }
  return found;
}

void UniverseRegistry::add(std::shared_ptr<Universe> universe, Instant lifetime) {
  const std::scoped_lock lock{mutex_};
  forget_idle();
  std::string id = universe->id();
  universes_[std::move(id)] = Entry{std::move(universe), lifetime, wall()};
}

bool UniverseRegistry::remove(std::string_view id) {
  const std::scoped_lock lock{mutex_};
  const auto found = universes_.find(id);
  if (found == universes_.end()) {
    return false;
  }
  automatic_ -= found->second.automatic ? 1U : 0U;
  universes_.erase(found);
  return true;
}

std::size_t UniverseRegistry::size() {
  const std::scoped_lock lock{mutex_};
  return universes_.size();
}

std::vector<std::shared_ptr<Universe>> UniverseRegistry::all() {
  const std::scoped_lock lock{mutex_};
  forget_idle();
  std::vector<std::shared_ptr<Universe>> out;
  out.reserve(universes_.size());
  for (const auto& [id, entry] : universes_) {
    out.push_back(entry.universe);
  }
  return out;
}

void UniverseRegistry::allow_automatic(AutomaticForks forks) {
  const std::scoped_lock lock{mutex_};
  forks_ = std::move(forks);
}

Result<std::shared_ptr<Universe>> UniverseRegistry::automatic(std::string_view tenant) {
  if (tenant.substr(0, kAutomaticPrefix.size()) != kAutomaticPrefix || !is_guid(tenant)) {
    return std::shared_ptr<Universe>{};
  }
  const std::string id = lower(tenant);
  const std::scoped_lock lock{mutex_};
  if (const auto found = universes_.find(id); found != universes_.end()) {
    return found->second.universe;
  }
  if (!forks_.start) {
    return std::shared_ptr<Universe>{};
  }
  forget_idle();
  if (automatic_ >= forks_.most) {
    return Error{ErrorCode::UniverseLimitReached, {std::to_string(forks_.most)}, {}};
  }
  auto universe =
      std::make_shared<Universe>(id, forks_.start, seed_for(forks_.seed, id), forks_.clock, id);
  universes_[id] = Entry{universe, 0, wall(), true};
  ++automatic_;
  return universe;
}

void UniverseRegistry::forget_idle() {
  const Instant now = wall();
  std::erase_if(universes_, [&](const auto& row) {
    const Entry& entry = row.second;
    const bool idle = entry.lifetime != 0 && now - entry.used > entry.lifetime;
    automatic_ -= idle && entry.automatic ? 1U : 0U;
    return idle;
  });
}

}  // namespace pcsim
