// The documented methods and paths of Partner Center against the declared operations.
#include "pcsim/inventory.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "cases/plausible.h"
#include "cases/story.h"
#include "harness/checks.h"
#include "harness/settings.h"
#include "pcsim/source_dir.h"

namespace pcsim::contract {
namespace {

/// Operations outside the documentation's inventory, and why they are here.
constexpr std::pair<OperationId, const char*> kBeyond[] = {
    {OperationId::GenerateToken, "withdrawn from the documentation, called by published scripts"}};

std::string shown(const InventoryRow& row) {
  return std::string{row.method} + " " + (row.host.empty() ? "" : "//") + std::string{row.host} +
         std::string{row.path};
}

TEST(Inventory, RowsAreWellFormedAndUnique) {
  std::set<std::string> seen;
  for (const InventoryRow& row : inventory()) {
    EXPECT_TRUE(seen.insert(shown(row)).second) << shown(row);
    EXPECT_TRUE(row.tier == "T1" || row.tier == "T2" || row.tier == "T3") << shown(row);
    EXPECT_TRUE(row.auth == "AppOrUser" || row.auth == "UserOnly" || row.auth == "Unstated")
        << shown(row);
    EXPECT_TRUE(row.path.starts_with("/")) << shown(row);
    EXPECT_FALSE(row.page.empty()) << shown(row);
  }
}

TEST(Inventory, EveryOperationIsDocumented) {
  for (const Operation& operation : operations()) {
    if (operation.surface != Surface::PartnerCenter) {
      continue;
    }
    const auto rows = inventory();
    const auto row = std::find_if(rows.begin(), rows.end(), [&](const InventoryRow& one) {
      return simulation_of(one) == &operation;
    });
    const bool beyond = std::any_of(std::begin(kBeyond), std::end(kBeyond),
                                    [&](const auto& one) { return one.first == operation.id; });
    EXPECT_NE(row == rows.end(), !beyond) << operation.name << " " << operation.path;
    if (row != rows.end() && row->auth != "Unstated") {
      if ((row->auth == "UserOnly") != (operation.auth == AuthMode::UserOnly)) {
        inexact(std::string{operation.name} + " takes other tokens than its page says");
      }
    }
  }
}

TEST(Inventory, MissingRowsAreListedExactly) {
  std::ifstream file{PCSIM_SOURCE_DIR "/contract-tests/missing_t1.txt"};
  if (!file) {
    GTEST_SKIP() << "the sources are elsewhere";
  }
  std::set<std::string> listed;
  for (std::string line; std::getline(file, line);) {
    EXPECT_TRUE(listed.insert(line).second) << line << " is listed twice";
  }
  for (const InventoryRow& row : inventory()) {
    if (row.tier == "T1" && simulation_of(row) == nullptr) {
      EXPECT_EQ(listed.erase(shown(row)), 1U)
          << shown(row) << " is not simulated; say so in contract-tests/missing_t1.txt";
    }
  }
  for (const std::string& line : listed) {
    inexact(line + " is simulated; take it out of contract-tests/missing_t1.txt");
  }
}

/// The path with something in place of each parameter.
std::string concrete(std::string_view path) {
  std::string out;
  for (std::size_t at = 0; at < path.size(); ++at) {
    if (path[at] == '{') {
      out += "0";
      at = path.find('}', at);
    } else {
      out += path[at];
    }
  }
  return out;
}

Answer call(const Universe& universe, const InventoryRow& row, const std::string& token) {
  Fields headers;
  if (!token.empty()) {
    headers.emplace_back("Authorization", "Bearer " + token);
  }
  if (!row.host.empty()) {
    headers.emplace_back("Host", std::string{row.host});
  }
  return contract::send(std::string{row.method}, universe.base_path() + concrete(row.path), headers,
                        "");
}

TEST(Inventory, WhatIsOnlyDocumentedSaysSo) {
  Universe universe;
  const std::string token = universe.token(Who::Admin, kPartnerCenterResource);
  for (const InventoryRow& row : inventory()) {
    if (simulation_of(row) != nullptr) {
      continue;
    }
    SCOPED_TRACE(shown(row));
    const Answer answer = call(universe, row, token);
    if (row.method == "HEAD") {
      EXPECT_EQ(answer.status, 501);
      continue;
    }
    const auto body = parse(answer);
    check_refusal(Surface::PartnerCenter, false, ErrorCode::OperationNotSimulated, answer, body);
    const std::string text = body.value("description", "");
    EXPECT_NE(text.find(std::string{row.method} + " " + std::string{row.path}), std::string::npos)
        << text;
    EXPECT_EQ(call(universe, row, "").status, 401);
  }
}

TEST(Inventory, AHostHasItsOwnPaths) {
  Universe universe;
  const std::string token = universe.token(Who::Admin, kPartnerCenterResource);
  const auto rows = inventory();
  const auto row = std::find_if(rows.begin(), rows.end(),
                                [](const InventoryRow& one) { return !one.host.empty(); });
  ASSERT_NE(row, rows.end());
  InventoryRow elsewhere = *row;
  elsewhere.host = "api.partnercenter.microsoft.com";
  EXPECT_EQ(call(universe, elsewhere, token).status, 404);
}

}  // namespace
}  // namespace pcsim::contract
