#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "app/call.h"
#include "pcsim/result.h"

/// Query parameters that lists of the resource manager share.
namespace pcsim {

/// A whole number from `least`; `fallback` when it is missing. Errors: ArmBadRequest.
Result<std::size_t> count_in_query(const Call& call, const char* name, std::size_t least,
                                   std::size_t fallback);

/// Keeps the values that fulfil `$filter`. Errors: ArmBadRequest.
Result<Done> apply_filter(const Call& call, nlohmann::ordered_json& values);

/// Cuts a page of `take` values from `skip` on.
nlohmann::ordered_json page_of(const nlohmann::ordered_json& values, std::size_t skip,
                               std::size_t take);

/// The address of the same list with one parameter of the query changed.
std::string next_link(const Call& call, const std::string& path, const std::string& parameter,
                      std::size_t value);

}  // namespace pcsim
