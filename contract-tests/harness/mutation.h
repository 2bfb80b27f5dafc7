#pragma once

#include <set>
#include <string>
#include <vector>

#include "harness/journal.h"

namespace pcsim::contract {

/// What a mutation run found. A place is a schema document, a pointer and a required member; a part
/// that several schemas share is one place.
struct MutationReport {
  std::size_t dropped = 0;               ///< members whose absence was noticed
  std::vector<std::string> unmet{};      ///< no recorded body has the member: a test is missing
  std::vector<std::string> unnoticed{};  ///< a recorded body without it still conforms
};

/// Drops each required member of the schemas in turn from a recorded body that has it, and
/// validates what is left.
MutationReport mutate(const std::set<std::string>& names, const Journal& journal);

}  // namespace pcsim::contract
