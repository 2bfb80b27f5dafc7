// Universes that share a start mint ids of their own.
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "store/universe.h"

namespace pcsim {
namespace {

TEST(UniverseIds, MintedAfterAForkNeverCollide) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    IdSource seeds{seed};
    IdSource before{seed};
    std::set<std::string> ids;
    for (int i = 0; i < 500; ++i) {
      EXPECT_TRUE(ids.insert(before.guid()).second);
    }
    UniverseStart start;
    start.world.customers.put("c", Customer{});
    for (int fork = 0; fork < 20; ++fork) {
      start.seed = seeds.next();
      Universe universe{"u" + std::to_string(fork), start, [] { return Instant{0}; }};
      universe.access([&](World&, Env& env, Universe&) {
        for (int i = 0; i < 500; ++i) {
          EXPECT_TRUE(ids.insert(env.ids.guid()).second) << "seed " << seed << " fork " << fork;
          EXPECT_TRUE(ids.insert(env.ids.hex(12)).second) << "seed " << seed << " fork " << fork;
        }
        return 0;
      });
    }
  }
}

// The same seed gives the same ids, and a reset begins again.
TEST(UniverseIds, FollowTheSeed) {
  UniverseStart start;
  start.seed = 7;
  Universe one{"a", start, [] { return Instant{0}; }};
  Universe other{"b", start, [] { return Instant{0}; }};
  const auto mint = [](Universe& universe) {
    return universe.access([](World&, Env& env, Universe&) { return env.ids.guid(); });
  };
  const std::string first = mint(one);
  EXPECT_EQ(mint(other), first);
  EXPECT_NE(mint(one), first);
  one.reset();
  EXPECT_EQ(mint(one), first);
}

}  // namespace
}  // namespace pcsim
