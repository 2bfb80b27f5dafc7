#pragma once

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

}  // namespace pcsim
