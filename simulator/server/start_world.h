#pragma once

#include <string>
#include <variant>

#include "codec/fixtures.h"
#include "codec/reference_data.h"
#include "domain/world.h"

namespace pcsim {

/// The data files of a simulator: the built-in ones, and those of the folder `dir` in place of
/// the ones of the same path; no folder when `dir` is empty. The alternative is a sentence.
std::variant<Fixtures, std::string> open_fixtures(const std::string& dir);

/// The world a simulator starts from: `text`, else the file, else the demo world of `fixtures`.
/// The alternative is a sentence that names the file, the line and the member.
std::variant<World, std::string> load_start_world(const std::string& text, const std::string& file,
                                                  const Fixtures& fixtures,
                                                  const Reference& reference);

}  // namespace pcsim
