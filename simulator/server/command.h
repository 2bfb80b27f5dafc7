#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/option_reader.h"

namespace pcsim {

using Arguments = std::vector<std::string>;

/// One row of the program's commands; `run` gets what follows the name and gives the exit code:
/// 0 done, 1 tried and failed, 2 not understood.
struct Command {
  std::string_view name;
  std::string_view summary;
  int (*run)(const Arguments& arguments);
};

int serve_command(const Arguments& arguments);
int env_command(const Arguments& arguments);
int token_command(const Arguments& arguments);
int ca_command(const Arguments& arguments);
int routes_command(const Arguments& arguments);
int errors_command(const Arguments& arguments);
int prices_command(const Arguments& arguments);
int switches_command(const Arguments& arguments);
int ctl_command(const Arguments& arguments);
int version_command(const Arguments& arguments);

/// Says on standard error why nothing was done; the exit code of a request not understood.
int refuse(const std::string& sentence);

/// Says on standard error what went wrong; the exit code of a failure.
int fail(const std::string& sentence);

/// Whether `--help` is among the arguments.
bool asks_for_help(const Arguments& arguments);

/// Prints `help` when it is asked for, otherwise reads the options. A value is the exit code with
/// which the command ends at once.
std::optional<int> read_options(const OptionReader& reader, std::string_view help,
                                const Arguments& arguments);

}  // namespace pcsim
