#include "harness/rules_met.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "pcsim/text.h"

namespace pcsim::contract {
namespace {

constexpr const char* kHeader = "rule,violated_by,satisfied_by";

std::map<std::string, RuleTests> read_rows(const std::string& file) {
  std::map<std::string, RuleTests> rows;
  std::ifstream in{file};
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    const auto cells = split(line, ',');
    if (cells.size() == 3) {
      rows[std::string{cells[0]}] = {std::string{cells[1]}, std::string{cells[2]}};
    }
  }
  return rows;
}

/// The tests of this program as `Suite.Name`.
std::set<std::string> own_tests() {
  std::set<std::string> out;
  const auto& program = *::testing::UnitTest::GetInstance();
  for (int suite = 0; suite < program.total_test_suite_count(); ++suite) {
    const auto& one = *program.GetTestSuite(suite);
    for (int test = 0; test < one.total_test_count(); ++test) {
      out.insert(std::string{one.name()} + "." + one.GetTestInfo(test)->name());
    }
  }
  return out;
}

}  // namespace

RulesMet& RulesMet::instance() {
  static RulesMet met;
  return met;
}

void RulesMet::note(const std::string& test, const std::string& exchanges_json) {
  const auto body = nlohmann::json::parse(exchanges_json, nullptr, false);
  if (!body.is_object() || !body.contains("exchanges")) {
    return;
  }
  for (const auto& exchange : body.at("exchanges")) {
    const int status = exchange.value("status", 0);
    // When a device polled last is remembered, whatever it was told.
    const std::string outcome = exchange.value("outcome", "");
    const bool poll = outcome == "AadAuthorizationPending" || outcome == "AadDevicePollsTooFast";
    EXPECT_TRUE(status < 400 || poll || exchange.value("writes", 0) == 0)
        << "a refused request wrote: " << exchange.dump();
    for (const auto& seen : exchange.at("rules")) {
      const std::string rule = seen.at("rule").get<std::string>();
      const bool broken = seen.at("broken").get<bool>();
      if (!broken && (status < 200 || status > 299)) {
        continue;
      }
      std::string& first = broken ? first_[rule].violated_by : first_[rule].satisfied_by;
      first = first.empty() ? test : first;
      (broken ? all_[rule][test].violated_by : all_[rule][test].satisfied_by) = test;
    }
  }
}

std::vector<std::string> RulesMet::compare(const std::string& file) const {
  std::vector<std::string> wrong;
  if (!std::ifstream{file}) {
    return wrong;  // away from the sources
  }
  const auto rows = read_rows(file);
  const auto own = own_tests();
  for (const auto& [rule, tests] : first_) {
    if (!rows.contains(rule)) {
      wrong.push_back("rule '" + rule + "' was met and is not in " + file +
                      "; put its table into simulator/domain/rule_tables.cc, run pcsim-contract "
                      "with --write-rule-tests " +
                      file + " and write_rules");
    }
  }
  for (const auto& [rule, tests] : rows) {
    const auto met = all_.find(rule);
    const auto did = [&](const std::string& test, std::string RuleTests::*part) {
      return met != all_.end() && met->second.contains(test) &&
             !(met->second.at(test).*part).empty();
    };
    if (own.contains(tests.violated_by) && !did(tests.violated_by, &RuleTests::violated_by)) {
      wrong.push_back("test " + tests.violated_by + " does not violate rule '" + rule + "'");
    }
    if (own.contains(tests.satisfied_by) && !did(tests.satisfied_by, &RuleTests::satisfied_by)) {
      wrong.push_back("test " + tests.satisfied_by + " does not satisfy rule '" + rule + "'");
    }
  }
  return wrong;
}

void RulesMet::write(const std::string& file) const {
  auto rows = read_rows(file);
  const auto own = own_tests();
  for (const auto& [rule, tests] : first_) {
    RuleTests& row = rows[rule];
    const auto renew = [&](std::string& kept, const std::string& met) {
      kept = kept.empty() || own.contains(kept) ? met : kept;
    };
    renew(row.violated_by, tests.violated_by);
    renew(row.satisfied_by, tests.satisfied_by);
  }
  std::ofstream out{file};
  out << kHeader << '\n';
  for (const auto& [rule, tests] : rows) {
    out << rule << ',' << tests.violated_by << ',' << tests.satisfied_by << '\n';
  }
}

}  // namespace pcsim::contract
