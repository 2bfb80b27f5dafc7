#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string_view>

#include "pcsim/result.h"

namespace pcsim {

/// Parses a JSON request body: BOM tolerated, empty is null, member names lower-cased (spellings
/// that differ by case: the last wins), at most 64 levels deep.
/// Errors: InvalidJson, JsonTooDeep, DuplicateMember (the same spelling twice).
Result<nlohmann::json> parse_body(std::string_view text);

}  // namespace pcsim
