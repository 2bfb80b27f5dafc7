#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "pcsim/schema.h"

namespace pcsim::contract {

/// The document of a schema named in an operation row, or a null value when there is none.
const nlohmann::json& schema_document(std::string_view name);

/// The compiled part of that schema at `pointer`; null when there is none.
const Schema* find_part(const std::string& name, const std::string& pointer);

/// What is wrong with `body`, one line per violation; empty when it conforms. Members that no
/// schema names are passed over when the settings tolerate them.
std::string violations(const Schema& schema, const nlohmann::json& body);

}  // namespace pcsim::contract
