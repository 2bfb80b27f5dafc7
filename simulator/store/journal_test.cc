#include "store/journal.h"

#include <gtest/gtest.h>

#include <string>

namespace pcsim {
namespace {

Exchange exchange(const std::string& operation, int status, const std::string& path) {
  Exchange out;
  out.operation = operation;
  out.status = status;
  out.path = path;
  out.request_id = operation + std::to_string(status);
  return out;
}

/// Leaves an exchange; the one that is given back.
Exchange leave(Journal& journal, const std::string& operation, int status,
               const std::string& path) {
  Exchange row = exchange(operation, status, path);
  journal.record(row);
  return row;
}

TEST(Journal, FindsByWhatIsAskedFor) {
  Journal journal;
  leave(journal, "GetCart", 200, "/v1/customers/a/carts/b");
  leave(journal, "GetCart", 404, "/v1/customers/a/carts/c");
  leave(journal, "GetOrder", 409, "/v1/customers/a/orders/d");
  const auto count = [&](const JournalFilter& filter) {
    return journal.find(filter).exchanges.size();
  };
  EXPECT_EQ(count({}), 3U);
  EXPECT_EQ(count({.operation = "getcart"}), 2U);
  EXPECT_EQ(count({.path = "/v1/customers/a/*"}), 3U);
  EXPECT_EQ(count({.path = "/v1/customers/a"}), 0U);
  EXPECT_EQ(count({.status = 4}), 2U);
  EXPECT_EQ(count({.status = 404}), 1U);
  EXPECT_EQ(count({.after = 2}), 1U);
  EXPECT_EQ(journal.find({}, 1).exchanges.front().serial, 1U);
  ASSERT_NE(journal.of_request("GETCART404"), nullptr);
  EXPECT_EQ(journal.of_request("getcart404")->serial, 2U);
  EXPECT_EQ(journal.of_request("other"), nullptr);
}

TEST(Journal, ForgetsTheOldestAndSaysSo) {
  Journal journal;
  for (std::size_t i = 0; i < Journal::kMaxExchanges + 10; ++i) {
    leave(journal, "GetCart", 200, "/");
  }
  EXPECT_EQ(journal.size(), Journal::kMaxExchanges);
  EXPECT_EQ(journal.find({}).exchanges.front().serial, 11U);
  EXPECT_EQ(journal.find({}).exchanges.back().serial, Journal::kMaxExchanges + 10);
  EXPECT_EQ(leave(journal, "GetCart", 200, "/").serial, 11U);
  EXPECT_EQ(journal.find({}).evicted, 11U);
  EXPECT_EQ(journal.find({.after = 4}).evicted, 7U);
  EXPECT_EQ(journal.find({.after = 11}).evicted, 0U);
  journal.clear();
  EXPECT_EQ(journal.find({}).evicted, 0U);
  EXPECT_EQ(journal.last(), 0U);
}

}  // namespace
}  // namespace pcsim
