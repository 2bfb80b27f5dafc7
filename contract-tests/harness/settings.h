#pragma once

#include <string>
#include <vector>

namespace pcsim::contract {

/// How a run was asked for: command line first, then the environment.
struct Settings {
  std::string binary{};      ///< the simulator to start; PCSIM_BINARY
  std::string base_url{};    ///< --base-url or PCSIM_BASE_URL; replaces the ready file's
  std::string ready_file{};  ///< --ready-file or PCSIM_READY_FILE; of a running simulator
  bool tolerate_unknown_members = false;  ///< answers may hold members no schema names
  std::string write_rule_tests{};         ///< a file the run's table of rules and tests goes to
  bool filtered = false;                  ///< only some tests run, so coverage proves nothing
  bool exact_lists = false;  ///< stale lines of checked-in lists fail; PCSIM_EXACT_LISTS
};

/// The settings of this process, as `read_settings` left them.
const Settings& settings();

/// Takes our options out of `arguments` (GoogleTest has taken its own). An empty text, or a
/// sentence that says what is wrong.
std::string read_settings(const std::vector<std::string>& arguments);

/// A checked-in list says something that is not so: a failure when lists must be exact, otherwise
/// a line of the output, so that several people may land at once.
void inexact(const std::string& what);

/// Our options, for --help.
const char* settings_help();

}  // namespace pcsim::contract
