#pragma once

#include <map>
#include <optional>
#include <string>

#include "pcsim/operation.h"
#include "pcsim/result.h"

namespace pcsim {

/// The resource manager looks at `api-version` before anything of the body. Errors:
/// ArmMissingApiVersion, ArmNoRegisteredProvider. Source: docs/reference/arm.md.
std::optional<Error> refused_api_version(const Operation& operation,
                                         const std::map<std::string, std::string>& query);

}  // namespace pcsim
