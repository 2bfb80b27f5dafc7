#include "domain/decimal.h"

#include <gtest/gtest.h>

namespace pcsim {
namespace {

Decimal number(std::string_view text) { return Decimal::parse(text).value(); }

TEST(Decimals, ReadAndWritten) {
  EXPECT_EQ(number("12.34").text(2), "12.34");
  EXPECT_EQ(number("-0.5").text(2), "-0.50");
  EXPECT_EQ(number("007").text(0), "7");
  EXPECT_EQ(number("0.000001").text(6), "0.000001");
  EXPECT_EQ(Decimal::of(1234, 2), number("12.34"));
  EXPECT_EQ(Decimal{}.text(2), "0.00");
  for (const char* wrong : {"", "-", ".5", "5.", "1.2.3", "1e3", "0.0000001", " 1", "1,5", "--1"}) {
    EXPECT_FALSE(Decimal::parse(wrong)) << wrong;
  }
}

TEST(Decimals, RoundedWhereItIsSaidAwayFromZero) {
  EXPECT_EQ(number("0.125").times(Decimal::of(1), 2).text(2), "0.13");
  EXPECT_EQ(number("-0.125").times(Decimal::of(1), 2).text(2), "-0.13");
  EXPECT_EQ(number("63").times(number("0.92"), 2).text(2), "57.96");
  EXPECT_EQ(number("1.5").times(number("1.5"), 0).text(0), "2");
  EXPECT_EQ(number("30").percent_of(number("90")).text(2), "33.33");
  EXPECT_EQ(number("30").percent_of(Decimal{}), Decimal{});
}

TEST(Decimals, TenthsAddUpWhereBinaryNumbersDoNot) {
  Decimal sum;
  for (int i = 0; i < 10; ++i) {
    sum += number("0.1");
  }
  EXPECT_EQ(sum, number("1"));
  EXPECT_EQ(sum.nearest(), 1.0);
  EXPECT_EQ(number("115.92").nearest(), 115.92);
}

TEST(Decimals, PartsAddUpToTheWhole) {
  for (const char* text : {"100", "0.01", "99.99", "-7.77", "12.345"}) {
    for (const int count : {1, 7, 12, 36}) {
      Decimal sum;
      for (const Decimal part : number(text).split(count, 2)) {
        sum += part;
      }
      EXPECT_EQ(sum, number(text)) << text << " in " << count;
    }
  }
}

TEST(Decimals, ABillionOfTheDearestIsStillExact) {
  const Decimal one = number("227532.67").times(number("1335"), 0);
  const Decimal all = one * 999'999'999;
  EXPECT_EQ((all + one).text(0), one.text(0) + "000000000");
}

}  // namespace
}  // namespace pcsim
