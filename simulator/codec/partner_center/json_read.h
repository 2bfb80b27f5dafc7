#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace pcsim {

/// The text member `name` of an object, or an empty text.
std::string text_member(const nlohmann::json& node, const char* name);

/// The whole number `name` of an object, also when sent as text; `otherwise` when there is none.
std::int64_t integer_member(const nlohmann::json& node, const char* name, std::int64_t otherwise);

}  // namespace pcsim
