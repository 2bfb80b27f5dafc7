#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "pcsim/error_code.h"
#include "pcsim/trace.h"

namespace pcsim {

/// The first row of a rule table that `facts` break, or null. Rows have `name` and
/// `broken(facts)`; what was looked at goes to `trace` when there is one.
template <class Rules, class Facts>
auto first_broken(const Rules& rules, const Facts& facts, Trace* trace)
    -> decltype(&*rules.begin()) {
  for (const auto& rule : rules) {
    const bool broken = rule.broken(facts);
    if (trace != nullptr) {
      trace->rules.push_back({rule.name, broken});
    }
    if (broken) {
      return &rule;
    }
  }
  return nullptr;
}

/// A rule as a list shows it.
struct RuleRow {
  std::string_view table, name;
  std::vector<ErrorCode> errors{};  ///< none when the table names no error itself
};

/// Appends the rows of a rule table under the name `table`.
template <class Rules>
void list_rules(std::string_view table, const Rules& rules, std::vector<RuleRow>& out) {
  for (const auto& rule : rules) {
    RuleRow row{table, rule.name};
    if constexpr (requires { rule.error; }) {
      row.errors.push_back(rule.error);
    }
    if constexpr (requires { rule.order_error; }) {
      row.errors.push_back(rule.order_error);
      row.errors.push_back(rule.line_error);
    }
    out.push_back(std::move(row));
  }
}

}  // namespace pcsim
