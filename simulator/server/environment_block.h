#pragma once

#include <string>
#include <utility>
#include <vector>

#include "server/ready_file.h"

namespace pcsim {

/// The environment variables with which curl, Node, Python and Java find and trust a simulator.
std::vector<std::pair<std::string, std::string>> environment_of(const ReadyFacts& facts);

/// The same as lines to paste into a POSIX shell, with the identities as comments.
std::string environment_block(const ReadyFacts& facts);

}  // namespace pcsim
