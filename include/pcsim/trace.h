#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pcsim {

/// A rule that was looked at while a request was decided.
struct RuleSeen {
  std::string_view rule;  ///< the name in its rule table
  bool broken = false;
};

/// What the rules of one request saw, in the order of looking.
struct Trace {
  std::vector<RuleSeen> rules{};
  std::vector<std::pair<std::string, std::string>> values{};  ///< fact and its value

  /// Remembers a fact the rules decide on; one that is already known is kept once.
  void value(std::string_view name, std::string text);
};

}  // namespace pcsim
