#pragma once

#include <string>

namespace pcsim::contract {

/// Where the simulator under test answers.
struct Target {
  std::string base_url, control_url, control_token, ca_file;
};

/// The simulator under test: the running one of the settings, or one started for this process and
/// stopped at its end. Ends the process with a sentence when it cannot be reached.
const Target& target();

}  // namespace pcsim::contract
