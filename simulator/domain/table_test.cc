#include "domain/table.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>
#include <vector>

namespace pcsim {
namespace {

std::map<std::string, int> rows_of(const Table<int>& table) {
  std::map<std::string, int> rows;
  std::string last;
  for (const auto& [key, row] : table) {
    EXPECT_LT(last, key) << "keys come in order, each once";
    last = key;
    rows.emplace(key, row);
  }
  return rows;
}

TEST(Table, ForksDoNotSeeEachOther) {
  Table<int> first;
  first.put("a", 1);
  first.put("b", 2);
  first.freeze();
  Table<int> second = first;
  *second.edit("a") = 10;
  second.erase("b");
  second.put("c", 3);
  EXPECT_EQ(rows_of(first), (std::map<std::string, int>{{"a", 1}, {"b", 2}}));
  EXPECT_EQ(rows_of(second), (std::map<std::string, int>{{"a", 10}, {"c", 3}}));
}

// Property: whatever is written, erased, frozen or copied, the table is what a plain map would be.
TEST(Table, BehavesLikeAMap) {
  std::mt19937 random{7};
  Table<int> table;
  std::map<std::string, int> model;
  for (int step = 0; step < 20'000; ++step) {
    const std::string key(1, static_cast<char>('a' + random() % 12));
    switch (random() % 6) {
      case 0:
      case 1:
        table.put(key, step);
        model[key] = step;
        break;
      case 2:
        if (int* row = table.edit(key)) {
          *row += 1;
          ++model.at(key);
        }
        break;
      case 3:
        table.erase(key);
        model.erase(key);
        break;
      case 4:
        if (random() % 20 == 0) {
          table.freeze();
        }
        break;
      case 5:
        table = Table<int>{table};
        break;
    }
    ASSERT_EQ(table.size(), model.size());
    ASSERT_EQ(table.empty(), model.empty());
    ASSERT_EQ(table.find(key) != nullptr, model.count(key) != 0);
    if (step % 50 == 0) {
      ASSERT_EQ(rows_of(table), model);
    }
  }
}

TEST(Ledger, KeepsOrderAcrossFreezing) {
  Ledger<int> log;
  log.push_back(1);
  log.freeze();
  Ledger<int> copy = log;
  copy.push_back(2);
  log.push_back(3);
  EXPECT_EQ(std::vector<int>(copy.begin(), copy.end()), (std::vector<int>{1, 2}));
  EXPECT_EQ(std::vector<int>(log.rbegin(), log.rend()), (std::vector<int>{3, 1}));
  EXPECT_EQ(copy.back(), 2);
}

}  // namespace
}  // namespace pcsim
