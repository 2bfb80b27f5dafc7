#include "store/throttle.h"

#include <gtest/gtest.h>

namespace pcsim {
namespace {

TEST(Throttle, AMinuteHoldsSoManyRequestsOfABucket) {
  Throttle throttle;
  EXPECT_EQ(throttle.seconds_to_wait("a", 2, 10 * kSecond), 0);
  EXPECT_EQ(throttle.seconds_to_wait("a", 2, 11 * kSecond), 0);
  EXPECT_EQ(throttle.seconds_to_wait("a", 2, 12 * kSecond), 58);
  EXPECT_EQ(throttle.seconds_to_wait("b", 2, 12 * kSecond), 0);
  EXPECT_EQ(throttle.seconds_to_wait("a", 2, 69 * kSecond + 1), 1);
  EXPECT_EQ(throttle.seconds_to_wait("a", 2, 70 * kSecond), 0);
}

}  // namespace
}  // namespace pcsim
