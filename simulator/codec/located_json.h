#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace pcsim {

/// A JSON value that remembers the line it stands on.
struct LocatedJson {
  enum class Kind { Null, Boolean, Integer, Real, Text, Array, Object };
  Kind kind = Kind::Null;
  int line = 1;
  bool boolean = false;
  std::int64_t integer = 0;
  double real = 0;  ///< of both kinds of numbers
  std::string text{};
  std::vector<LocatedJson> items{};
  std::vector<std::pair<std::string, LocatedJson>> members{};
};

/// A place in the text and what is wrong there.
struct LocatedJsonError {
  int line = 1;
  std::string member{};
  std::string text{};
};

/// Parses `text`; equal member names and nesting beyond 32 levels are refused.
std::variant<LocatedJson, LocatedJsonError> parse_located_json(std::string_view text);

}  // namespace pcsim
