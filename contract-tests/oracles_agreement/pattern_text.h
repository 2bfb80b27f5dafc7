#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pcsim::agreement {

/// A text that matches `pattern`; nothing when the pattern uses more than anchors, literals,
/// classes, groups, alternatives and the quantifiers ? * + {n} {m,n} {m,}. Repetitions are as few
/// as allowed, but at least one where that is allowed.
std::optional<std::string> text_matching(std::string_view pattern);

}  // namespace pcsim::agreement
