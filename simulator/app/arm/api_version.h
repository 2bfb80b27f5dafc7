#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pcsim/operation.h"
#include "pcsim/result.h"

namespace pcsim {

/// The resource manager looks at `api-version` before anything of the body. Errors:
/// ArmMissingApiVersion, ArmNoRegisteredProvider. Source: docs/reference/arm.md.
std::optional<Error> refused_api_version(const Operation& operation,
                                         const std::map<std::string, std::string>& query);

/// The versions that know what is at the end of `path`, old to new.
std::vector<std::string_view> api_versions(std::string_view path);

}  // namespace pcsim
