#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

/// Reading members of a request body, whose names are lower-case.
namespace pcsim {

/// A text member, empty when there is none.
std::string text_at(const nlohmann::json& object, const char* name);

/// A member, null when there is none.
nlohmann::json child(const nlohmann::json& object, const char* name);

/// A whole number, or its digits as text; 0 otherwise.
std::int64_t quantity_of(const nlohmann::json& value);

/// The id of a subscription in `/subscriptions/{id}` or a bare one.
std::string subscription_in(const std::string& scope);

/// A scope in lower case with one leading slash.
std::string scope_text(const std::string& text);

/// The scopes a request names, the deprecated list before the newer properties.
std::vector<std::string> scopes_in(const nlohmann::json& properties);

}  // namespace pcsim
