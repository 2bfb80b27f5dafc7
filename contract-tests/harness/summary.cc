#include "harness/summary.h"

#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "contract/coverage.h"
#include "contract/schema_library.h"
#include "harness/journal.h"
#include "harness/mutation.h"
#include "harness/rules_met.h"
#include "harness/settings.h"
#include "pcsim/source_dir.h"

namespace pcsim::contract {
namespace {

void compare_with_declaration(const Journal& journal) {
  std::size_t outcomes = 0;
  for (const Operation& row : operations()) {
    EXPECT_TRUE(journal.successes().contains(row.id)) << row.name << " never succeeded";
    const auto expected = expected_errors(row);
    outcomes += 1 + expected.size();
    for (const ErrorCode error : expected) {
      EXPECT_TRUE(journal.refusals().contains({row.id, error}))
          << row.name << " never answered " << error_row(error).name;
    }
  }
  for (const auto& [id, error] : journal.refusals()) {
    const auto expected = expected_errors(operation(id));
    EXPECT_NE(std::find(expected.begin(), expected.end(), error), expected.end())
        << operation(id).name << " answered " << error_row(error).name
        << ", which it does not list";
  }
  std::printf("contract: %zu operations, %zu outcomes compared\n", operations().size(), outcomes);
}

/// The table of errors that only a switch brings about says exactly what the run has seen: what an
/// operation lists, and no ordinary request has met.
void compare_with_table(const Journal& journal) {
  std::set<std::string> unmet;
  for (const Operation& row : operations()) {
    for (const ErrorCode error : expected_errors(row)) {
      if (!journal.natural().contains(error)) {
        unmet.emplace(error_row(error).name);
      }
    }
  }
  for (const ErrorBySwitch& row : errors_by_switch()) {
    if (unmet.erase(std::string{row.error}) == 0) {
      inexact(std::string{row.error} +
              " needs no switch; take it out of contract-tests/by_switch.csv");
    }
  }
  for (const std::string& error : unmet) {
    inexact(error + " is met by a switch only; say so in contract-tests/by_switch.csv");
  }
}

void run_mutation(const Journal& journal) {
  std::set<std::string> names;
  for (const Operation& row : operations()) {
    if (!row.response_schema.empty()) {
      names.emplace(row.response_schema);
    }
  }
  for (const Operation& row : operations()) {
    for (const ErrorCode error : expected_errors(row)) {
      const ErrorRow& declared = error_row(error);
      if (declared.surface != "Cart") {
        names.emplace(error_schema(row.surface, declared.status, declared.code));
      }
    }
  }
  const MutationReport report = mutate(names, journal);
  for (const std::string& place : report.unmet) {
    ADD_FAILURE() << "no answer has the required member " << place;
  }
  for (const std::string& place : report.unnoticed) {
    ADD_FAILURE() << "nobody misses the required member " << place;
  }
  std::printf("contract: %zu schemas, %zu required members dropped and missed\n", names.size(),
              report.dropped);
}

/// The table of rules and tests is beside the documents made from it.
void compare_rules() {
  if (!settings().write_rule_tests.empty()) {
    RulesMet::instance().write(settings().write_rule_tests);
    return;
  }
  for (const std::string& wrong :
       RulesMet::instance().compare(PCSIM_SOURCE_DIR "/docs/rules/tests.csv")) {
    ADD_FAILURE() << wrong;
  }
}

}  // namespace

void Summary::TearDown() {
  if (settings().filtered) {
    std::printf("contract: only some tests ran, so coverage is not compared\n");
    return;
  }
  compare_with_declaration(Journal::instance());
  compare_rules();
  compare_with_table(Journal::instance());
  run_mutation(Journal::instance());
}

}  // namespace pcsim::contract
