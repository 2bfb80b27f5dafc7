#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace pcsim {

/// The whole number `name` of an object, also when sent as text; `otherwise` when there is none.
std::int64_t integer_member(const nlohmann::json& node, const char* name, std::int64_t otherwise);

/// The member `name` of an object as true or false, also when sent as text; nothing when absent.
std::optional<bool> flag_member(const nlohmann::json& node, const char* name);

/// The member `billingcycle` in the wire's spelling: `OneTime`, `one_time` and the enumeration's
/// position are one. A word that is none stays, so that rules may refuse it; absent is empty.
std::string billing_cycle_member(const nlohmann::json& node);

/// `cycle` as an answer may show it: a word that is none reads `unknown`.
std::string_view billing_cycle_word(std::string_view cycle);

}  // namespace pcsim
