#include "codec/partner_center/json_read.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace pcsim {
namespace {

using nlohmann::json;

TEST(JsonRead, WholeNumbersInEveryForm) {
  EXPECT_EQ(integer_member(json::parse(R"({"n":5})"), "n", 1), 5);
  EXPECT_EQ(integer_member(json::parse(R"({"n":5.0})"), "n", 1), 5);
  EXPECT_EQ(integer_member(json::parse(R"({"n":"5"})"), "n", 1), 5);
  EXPECT_EQ(integer_member(json::parse(R"({"n":null})"), "n", 1), 1);
  EXPECT_EQ(integer_member(json::parse("{}"), "n", 1), 1);
}

TEST(JsonRead, BillingCyclesInEverySpelling) {
  for (const char* body : {R"({"billingcycle":"one_time"})", R"({"billingcycle":"OneTime"})",
                           R"({"billingcycle":4})", R"({"billingcycle":"4"})"}) {
    EXPECT_EQ(billing_cycle_member(json::parse(body)), "one_time") << body;
  }
  EXPECT_EQ(billing_cycle_member(json::parse(R"({"billingcycle":"weekly"})")), "weekly");
  EXPECT_EQ(billing_cycle_member(json::parse(R"({"billingcycle":null})")), "");
  EXPECT_EQ(billing_cycle_word("weekly"), "unknown");
  EXPECT_EQ(billing_cycle_word("Monthly"), "monthly");
}

}  // namespace
}  // namespace pcsim
