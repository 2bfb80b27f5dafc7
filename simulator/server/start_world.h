#pragma once

#include <string>
#include <variant>

#include "domain/world.h"

namespace pcsim {

/// The world a simulator starts from: `text`, else the file, else the built-in demo world.
/// The alternative is a sentence that names the file, the line and the member.
std::variant<World, std::string> load_start_world(const std::string& text, const std::string& file);

}  // namespace pcsim
