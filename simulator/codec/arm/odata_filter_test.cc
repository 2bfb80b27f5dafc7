#include "codec/arm/odata_filter.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace pcsim {
namespace {

using nlohmann::ordered_json;

const ordered_json kRow = ordered_json::parse(R"({"name":"b",
  "properties":{"quantity":3,"archived":false,"term":"P1Y","purchaseDate":"2026-02-01",
                "appliedScopes":["/subscriptions/a","/subscriptions/b"]}})");

bool holds(const char* text) {
  const auto filter = ODataFilter::parse(text);
  EXPECT_TRUE(filter) << text;
  return filter && filter->holds(kRow);
}

TEST(ODataFilter, Compares) {
  for (const char* text :
       {"properties/quantity eq 3", "properties/quantity gt 2.5", "Properties/Quantity le 3",
        "properties/archived eq false", "name ne 'a'", "name eq 'B'", "properties/term ge 'P1Y'",
        "properties/purchaseDate lt 2026-02-02",
        "properties/purchaseDate ge '2026-02-01T00:00:00Z'",
        "properties/appliedScopes eq '/subscriptions/a'", "properties/nothing eq null",
        "properties/nothing ne 'x'", "properties/term ne null", "name ne 3"}) {
    EXPECT_TRUE(holds(text)) << text;
  }
  for (const char* text :
       {"properties/quantity lt 3", "properties/archived eq true", "name eq 3",
        "properties/appliedScopes ne '/subscriptions/b'", "properties/nothing gt 1",
        "properties/term eq null", "name eq 'it''s'"}) {
    EXPECT_FALSE(holds(text)) << text;
  }
}

TEST(ODataFilter, Joins) {
  EXPECT_TRUE(holds("name eq 'x' or name eq 'b' and properties/quantity eq 3"));
  EXPECT_FALSE(holds("(name eq 'x' or name eq 'b') and properties/quantity eq 4"));
  EXPECT_TRUE(holds("not (name eq 'x') AND not name eq 'y'"));
}

TEST(ODataFilter, RefusesWhatIsNone) {
  for (const char* text : {"", "name", "name eq", "name is 'x'", "name eq 'x", "(name eq 'x'",
                           "name eq 'x')", "name eq x", "eq 'x'", "name eq 'x' or", "not", "%"}) {
    EXPECT_FALSE(ODataFilter::parse(text)) << text;
  }
  EXPECT_FALSE(ODataFilter::parse(std::string(5'000, '(')));
  EXPECT_FALSE(ODataFilter::parse(std::string(100, '(') + "a eq 1" + std::string(100, ')')));
}

TEST(ODataOrder, SortsByMembers) {
  const auto order = parse_order("properties/quantity desc, name");
  ASSERT_TRUE(order);
  ordered_json other = kRow;
  other["properties"]["quantity"] = 4;
  EXPECT_TRUE(stands_before(*order, other, kRow));
  EXPECT_FALSE(stands_before(*order, kRow, other));
  other["properties"]["quantity"] = 3;
  other["name"] = "c";
  EXPECT_TRUE(stands_before(*order, kRow, other));
  EXPECT_FALSE(parse_order("name up"));
  EXPECT_FALSE(parse_order("name asc desc"));
  EXPECT_FALSE(parse_order(""));
}

}  // namespace
}  // namespace pcsim
