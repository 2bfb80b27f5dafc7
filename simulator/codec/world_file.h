#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "domain/world.h"

namespace pcsim {

/// Why a world file was refused: which member, on which line, and what is wrong with it.
struct WorldFileError {
  std::string member;
  int line = 0;
  std::string text;
};

/// Reads a world file (JSON, snake_case members). Unknown and missing members are refused.
std::variant<World, WorldFileError> read_world(std::string_view text);

}  // namespace pcsim
