#include "store/virtual_clock.h"

#include <gtest/gtest.h>

#include <memory>
#include <tuple>

namespace pcsim {
namespace {

struct Scene {
  std::shared_ptr<Instant> wall = std::make_shared<Instant>(1'000 * kSecond);
  VirtualClock clock{[wall = wall] { return *wall; }};
};

TEST(VirtualClock, RunsWithTheWallClockUntilToldOtherwise) {
  Scene scene;
  EXPECT_EQ(scene.clock.now(), 1'000 * kSecond);
  *scene.wall += kDay;
  scene.clock.advance(kSecond);
  EXPECT_EQ(scene.clock.now(), 1'001 * kSecond + kDay);
}

TEST(VirtualClock, FrozenOnlyMovesWhenAdvanced) {
  Scene scene;
  scene.clock.set({.mode = ClockMode::Frozen});
  *scene.wall += kDay;
  EXPECT_EQ(scene.clock.now(), 1'000 * kSecond);
  scene.clock.advance(7 * kDay);
  EXPECT_EQ(scene.clock.tick(), 1'000 * kSecond + 7 * kDay);
  EXPECT_EQ(scene.clock.tick(), 1'000 * kSecond + 7 * kDay);
}

TEST(VirtualClock, ScaledMultipliesWhatPasses) {
  Scene scene;
  scene.clock.set({.mode = ClockMode::Scaled, .at = Instant{0}, .rate = 60'000});
  *scene.wall += 10 * kSecond;
  EXPECT_EQ(scene.clock.now(), 600 * kSecond);
  *scene.wall += 10'000 * kDay;
  scene.clock.set({.mode = ClockMode::Scaled, .rate = 500});
  const Instant before = scene.clock.now();
  *scene.wall += 3;
  EXPECT_EQ(scene.clock.now(), before + 1);
}

TEST(VirtualClock, SteppedMovesWithEveryRequest) {
  Scene scene;
  scene.clock.set({.mode = ClockMode::Stepped, .at = Instant{5}, .step = 2});
  EXPECT_EQ(scene.clock.tick(), 5);
  EXPECT_EQ(scene.clock.tick(), 7);
  EXPECT_EQ(scene.clock.now(), 9);
}

TEST(VirtualClock, GoesOnFromWhereItWasWhenItsWayChanges) {
  Scene scene;
  scene.clock.advance(kDay);
  const Instant before = scene.clock.now();
  for (const ClockMode mode :
       {ClockMode::Frozen, ClockMode::Scaled, ClockMode::Stepped, ClockMode::Real}) {
    scene.clock.set({.mode = mode});
    EXPECT_EQ(scene.clock.now(), before) << clock_mode_name(mode);
    EXPECT_EQ(clock_mode_of(clock_mode_name(mode)), mode);
  }
  EXPECT_FALSE(clock_mode_of("still"));
}

TEST(Duration, IsReadFromItsUnits) {
  for (const auto& [text, wanted] :
       {std::pair{"7d", 7 * kDay}, std::pair{"1d12h", kDay + kDay / 2},
        std::pair{"250ms", kSecond / 4}, std::pair{"90s", 90 * kSecond},
        std::pair{"15m", 900 * kSecond}, std::pair{"0s", Instant{0}}}) {
    EXPECT_EQ(parse_duration(text), wanted) << text;
  }
  for (const char* text : {"", "7", "d", "-1d", "1w", "1d ", "99999999999d", "1.5h", "36525d1s"}) {
    EXPECT_FALSE(parse_duration(text)) << text;
  }
}

}  // namespace
}  // namespace pcsim
