#pragma once

#include <cstdint>

namespace pcsim {

/// Microseconds since 1970-01-01T00:00:00Z on the universe's virtual clock.
using Instant = std::int64_t;
constexpr Instant kSecond = 1'000'000;
constexpr Instant kDay = 86'400 * kSecond;

}  // namespace pcsim
