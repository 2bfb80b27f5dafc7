#pragma once

#include <vector>

#include "domain/rules.h"

namespace pcsim {

/// The rows of every rule table. A rule that a request meets and that is not here fails the
/// contract tests.
std::vector<RuleRow> rule_rows();

}  // namespace pcsim
