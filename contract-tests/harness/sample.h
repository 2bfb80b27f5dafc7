#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>

#include "pcsim/operation.h"

namespace pcsim::contract {

/// A body that conforms to the request schema of `row`, with as many members as can be made up;
/// nothing when none could.
std::optional<nlohmann::json> sample_of(const Operation& row);

}  // namespace pcsim::contract
