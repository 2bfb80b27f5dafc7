#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "store/universe.h"

namespace pcsim {
namespace {

/// Leaves the exchange number `i`, as a request does.
Exchange leave(Universe& universe, std::uint64_t i) {
  Exchange exchange;
  exchange.writes = i;
  universe.access([&](World&, Env&, Universe& locked) { locked.record(exchange); });
  return exchange;
}

TEST(Exchanges, TheLatestAreKeptInOrderAndTheOldestIsGivenBack) {
  Universe universe{"main", UniverseStart{}, [] { return Instant{0}; }};
  std::uint64_t next = 0;
  for (; next < 3; ++next) {
    leave(universe, next);
  }
  ASSERT_EQ(universe.exchanges().size(), 3U);
  EXPECT_EQ(universe.exchanges().front().writes, 0U);
  for (; next < 2'000; ++next) {
    leave(universe, next);
  }
  const std::vector<Exchange> kept = universe.exchanges();
  ASSERT_GT(kept.size(), 100U);
  ASSERT_LT(kept.size(), 1'000U);
  for (std::size_t i = 0; i < kept.size(); ++i) {
    EXPECT_EQ(kept[i].writes, next - kept.size() + i);
  }
  EXPECT_EQ(leave(universe, next).writes, kept.front().writes);
  universe.reset();
  EXPECT_TRUE(universe.exchanges().empty());
  leave(universe, 7);
  EXPECT_EQ(universe.exchanges().back().writes, 7U);
}

}  // namespace
}  // namespace pcsim
