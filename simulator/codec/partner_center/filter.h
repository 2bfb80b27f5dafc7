#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "pcsim/result.h"

namespace pcsim::partner_center {

/// A filter tree; a leaf has a field, a branch has two children. Names and operators are lower
/// case without underscores (`starts_with` and `StartsWith` both read `startswith`).
struct Filter {
  std::string field{}, value{}, op{};
  std::vector<Filter> children{};
};

/// Reads the JSON text of a `filter` parameter.
Result<Filter> parse_filter(std::string_view text);

/// Whether every leaf satisfies `allowed(leaf)`.
bool every_leaf(const Filter& filter, const std::function<bool(const Filter&)>& allowed);

/// Evaluates the tree; `leaf` decides single conditions.
bool matches(const Filter& filter, const std::function<bool(const Filter&)>& leaf);

/// Decides one condition on a text, without regard to case.
bool text_matches(std::string_view text, const Filter& leaf);

}  // namespace pcsim::partner_center
