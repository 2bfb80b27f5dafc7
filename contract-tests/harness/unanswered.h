#pragma once

#include <string_view>

namespace pcsim::contract {

/// Why no answer has the member that `place` requires, for optional parts of answers whose cause
/// the product does not have; empty for all other places.
std::string_view why_unanswered(std::string_view place);

}  // namespace pcsim::contract
