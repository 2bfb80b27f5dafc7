#include "codec/partner_center/collection.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace pcsim::partner_center {
namespace {

/// What a client gathers that follows `operation` from page to page; it gives up after `count`+2.
std::vector<std::size_t> walked(std::size_t count, std::size_t size, SeekOperation first,
                                SeekOperation then) {
  std::vector<std::size_t> seen;
  SeekRequest request;
  request.size = size;
  request.operation = first;
  std::string token;
  for (std::size_t pages = 0; pages < count + 2; ++pages) {
    request.token = token;
    const auto page = seek_page(count, request);
    EXPECT_TRUE(page) << token;
    std::vector<std::size_t> items;
    for (std::size_t i = page->first; i < page->last; ++i) {
      items.push_back(i);
    }
    const bool forward = then == SeekOperation::Next;
    seen.insert(forward ? seen.end() : seen.begin(), items.begin(), items.end());
    if (!(forward ? page->has_next : page->has_previous)) {
      return seen;
    }
    token = continuation_token(*page);
    request.operation = then;
  }
  ADD_FAILURE() << "paging does not end: " << count << " by " << size;
  return seen;
}

TEST(Collection, PagesTogetherAreTheWholeListInBothDirections) {
  for (std::size_t count = 0; count <= 23; ++count) {
    std::vector<std::size_t> all;
    for (std::size_t i = 0; i < count; ++i) {
      all.push_back(i);
    }
    for (std::size_t size = 1; size <= count + 2; ++size) {
      EXPECT_EQ(walked(count, size, SeekOperation::None, SeekOperation::Next), all);
      EXPECT_EQ(walked(count, size, SeekOperation::First, SeekOperation::Next), all);
      EXPECT_EQ(walked(count, size, SeekOperation::Last, SeekOperation::Previous), all);
    }
  }
}

TEST(Collection, APageIndexPicksThePagesOfAWalk) {
  for (std::size_t index = 0; index < 4; ++index) {
    SeekRequest request;
    request.size = 3;
    request.operation = SeekOperation::PageIndex;
    request.page_index = index;
    const auto page = seek_page(10, request);
    EXPECT_EQ(page->first, index * 3);
    EXPECT_EQ(page->last, std::min<std::size_t>(10, index * 3 + 3));
  }
}

TEST(Collection, TokensOfOthersAndUnknownWordsAreRefused) {
  for (const char* token : {"x", "seek-", "seek-1", "seek-2-1", "seek-1-x"}) {
    SeekRequest request;
    request.token = token;
    EXPECT_FALSE(seek_page(5, request)) << token;
  }
  EXPECT_EQ(seek_operation("pageindex"), SeekOperation::PageIndex);
  EXPECT_FALSE(seek_operation("Sideways"));
}

TEST(Collection, LinksCarryTheTokenAsAHeader) {
  SeekRequest request;
  request.size = 2;
  request.offset = 2;
  const auto page = seek_page(6, request);
  const auto json = Json::parse(seek_collection(Json::array({1, 2}), *page, "/customers?size=2"));
  EXPECT_EQ(json["totalCount"], 2);
  EXPECT_EQ(json["links"]["next"]["uri"], "/customers?size=2&seekOperation=Next");
  EXPECT_EQ(json["links"]["next"]["headers"][0]["key"], "MS-ContinuationToken");
  EXPECT_EQ(json["links"]["next"]["headers"][0]["value"], json["continuationToken"]);
  EXPECT_EQ(json["links"]["previous"]["uri"], "/customers?size=2&seekOperation=Previous");
}

}  // namespace
}  // namespace pcsim::partner_center
