#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pcsim {

/// ASCII comparison without regard to case.
bool equal_ignoring_case(std::string_view left, std::string_view right);

/// ASCII lower case.
std::string lower(std::string_view text);

/// Percent-decoding; `plus_is_space` for query strings. Malformed escapes stay as they are.
std::string percent_decode(std::string_view text, bool plus_is_space);

/// Pieces of `text` between `separator`, empty ones kept.
std::vector<std::string_view> split(std::string_view text, char separator);

/// `text` with `{0}`, `{1}`… replaced by `arguments`.
std::string fill(std::string_view text, const std::vector<std::string>& arguments);

/// Whether `text` is a GUID in the 8-4-4-4-12 form, any case.
bool is_guid(std::string_view text);

}  // namespace pcsim
