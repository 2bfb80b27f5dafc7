#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/world.h"

/// What the passing of time alone brings about in a world.
namespace pcsim {

/// Something that happens at a time if nobody acts before.
struct DueEvent {
  Instant at = 0;
  std::string_view what;  ///< `order completes`, `subscription renews`, …
  std::string id;
  bool work = false;  ///< asynchronous work that ends; otherwise a term, a deadline or an expiry
};

/// What happens after `from` and not after `to`, in order; `delay` is how long an asynchronous
/// step takes.
std::vector<DueEvent> due_events(const World& world, Instant from, Instant to, Instant delay);

/// When the last asynchronous work that is under way at `now` will be done, or `now` when there is
/// none.
Instant idle_from(const World& world, Instant now, Instant delay);

}  // namespace pcsim
