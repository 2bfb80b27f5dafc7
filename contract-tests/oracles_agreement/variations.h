// Small changes to a body, most of which its schema forbids.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace pcsim::agreement {

/// Copies of `instance` with the value at `pointer` changed once each: another type, a text too
/// long, of another spelling or outside every list, a number out of range, an array emptied or
/// grown, an object short of one member or with one more.
std::vector<nlohmann::json> variations(const nlohmann::json& instance, const std::string& pointer);

}  // namespace pcsim::agreement
