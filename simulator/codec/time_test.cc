#include "codec/time.h"

#include <gtest/gtest.h>

namespace pcsim {
namespace {

TEST(Time, HttpDatesAreOfTheHeaderForm) {
  const auto instant = parse_instant("2019-01-11T23:18:30Z");
  ASSERT_TRUE(instant);
  EXPECT_EQ(to_http_date(*instant), "Fri, 11 Jan 2019 23:18:30 GMT");
  EXPECT_EQ(to_http_date(0), "Thu, 01 Jan 1970 00:00:00 GMT");
  EXPECT_EQ(to_http_date(kSecond - 1), "Thu, 01 Jan 1970 00:00:00 GMT");
  EXPECT_EQ(to_http_date(kSecond), "Thu, 01 Jan 1970 00:00:01 GMT");
  EXPECT_EQ(to_http_date(-1), "Wed, 31 Dec 1969 23:59:59 GMT");
}

TEST(Time, TrailingZerosOfTheFractionAreCut) {
  const auto instant = parse_instant("2018-04-04T17:08:20.710Z");
  ASSERT_TRUE(instant);
  EXPECT_EQ(to_iso(*instant), "2018-04-04T17:08:20.71Z");
  EXPECT_EQ(parse_instant("2018-04-04T19:08:20.71+02:00"), instant);
  EXPECT_FALSE(parse_instant("2018-13-04"));
}

}  // namespace
}  // namespace pcsim
