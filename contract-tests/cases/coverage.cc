// How much of the documented errors can be met, and which ones the purchase flows need.
#include "contract/coverage.h"

#include <gtest/gtest.h>

#include <charconv>
#include <fstream>
#include <set>
#include <string>

#include "harness/settings.h"
#include "pcsim/source_dir.h"

namespace pcsim::contract {
namespace {

/// Codes that clients of the purchase flows meet, as ranges.
constexpr std::pair<int, int> kPriority[] = {
    {2055, 2055},     {13605, 13605},   {20000, 20000},   {20002, 20003},   {60003, 60003},
    {400013, 400013}, {400018, 400019}, {400030, 400030}, {400036, 400036}, {600002, 600002},
    {600039, 600041}, {600049, 600051}, {600061, 600061}, {800002, 800002}, {800008, 800013},
    {800017, 800021}, {800030, 800030}, {800060, 800066}, {800111, 800111}, {900105, 900120},
    {900123, 900124}, {900130, 900130}, {900150, 900150}, {900159, 900159}, {900206, 900206},
    {900307, 900307}, {900312, 900318}, {900329, 900329}};

bool has_priority(std::string_view code) {
  int number = 0;
  const auto [end, problem] = std::from_chars(code.data(), code.data() + code.size(), number);
  if (code.empty() || problem != std::errc{} || end != code.data() + code.size()) {
    return false;
  }
  for (const auto& [first, last] : kPriority) {
    if (number >= first && number <= last) {
      return true;
    }
  }
  return false;
}

TEST(Coverage, PriorityCodesAreMetNaturallyButForTheListedOnes) {
  std::ifstream file{PCSIM_SOURCE_DIR "/contract-tests/missing_priority.txt"};
  if (!file) {
    GTEST_SKIP() << "the sources are elsewhere";
  }
  std::set<std::string> listed;
  for (std::string line; std::getline(file, line);) {
    const std::size_t space = line.find(' ');
    EXPECT_LT(space, line.size() - 1) << line << " says no reason";
    listed.insert(line.substr(0, space));
  }
  std::set<std::string> missing;
  std::set<std::string> met;
  for (std::size_t at = 0; at < error_count(); ++at) {
    const auto error = static_cast<ErrorCode>(at);
    const ErrorRow& row = error_row(error);
    if (row.surface == "PartnerCenter" && has_priority(row.code)) {
      (reach_of(error) == Reach::Natural ? met : missing).emplace(row.code);
    }
  }
  for (const std::string& code : missing) {
    if (!met.contains(code)) {
      EXPECT_EQ(listed.erase(code), 1U)
          << code << " is not met; say so in contract-tests/missing_priority.txt";
    }
  }
  for (const std::string& line : listed) {
    inexact(line + " is met; take it out of contract-tests/missing_priority.txt");
  }
}

TEST(Coverage, MostErrorsAreMetNaturally) {
  int rows = 0;
  int met = 0;
  for (std::size_t at = 0; at < error_count(); ++at) {
    const auto error = static_cast<ErrorCode>(at);
    if (error_row(error).surface == "PartnerCenter") {
      ++rows;
      met += reach_of(error) == Reach::Natural ? 1 : 0;
    }
  }
  EXPECT_GE(met * 100, rows * 60) << met << " of " << rows;
}

TEST(Coverage, NearlyEveryErrorCanBeHad) {
  int rows = 0;
  int had = 0;
  for (std::size_t at = 0; at < error_count(); ++at) {
    const auto error = static_cast<ErrorCode>(at);
    if (error_row(error).surface == "PartnerCenter" || error_row(error).surface == "Cart") {
      ++rows;
      had += reach_of(error) == Reach::Listed ? 0 : 1;
    }
  }
  EXPECT_GE(had * 100, rows * 95);
}

}  // namespace
}  // namespace pcsim::contract
