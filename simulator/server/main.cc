#include <algorithm>
#include <array>
#include <cstdio>
#include <string>

#include "server/command.h"

namespace {

constexpr std::array kCommands = {
    pcsim::Command{"serve", "start the simulator", &pcsim::serve_command},
    pcsim::Command{"env", "print what a shell needs to talk to it", &pcsim::env_command},
    pcsim::Command{"token", "print a token of a running simulator", &pcsim::token_command},
    pcsim::Command{"ca", "mint a new certificate authority", &pcsim::ca_command},
    pcsim::Command{"routes", "list the operations", &pcsim::routes_command},
    pcsim::Command{"errors", "list the errors", &pcsim::errors_command},
    pcsim::Command{"prices", "list the prices and what a reservation saves",
                   &pcsim::prices_command},
    pcsim::Command{"switches", "list the readings to choose from", &pcsim::switches_command},
    pcsim::Command{"ctl", "steer a running simulator", &pcsim::ctl_command},
    pcsim::Command{"version", "print the version", &pcsim::version_command},
};

int help() {
  std::puts("usage: pcsim COMMAND [option...]");
  for (const pcsim::Command& command : kCommands) {
    std::printf("  %-9s %s\n", std::string{command.name}.c_str(),
                std::string{command.summary}.c_str());
  }
  std::puts("`pcsim COMMAND --help` says more.");
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const pcsim::Arguments all(argv + 1, argv + argc);
  if (all.empty() || all.front() == "--help" || all.front() == "help") {
    return help();
  }
  const std::string name = all.front() == "--version" ? "version" : all.front();
  const auto* command = std::find_if(kCommands.begin(), kCommands.end(),
                                     [&](const auto& row) { return row.name == name; });
  if (command == kCommands.end()) {
    return pcsim::refuse("unknown command '" + name + "'; `pcsim --help` lists the commands.");
  }
  return command->run(pcsim::Arguments(all.begin() + 1, all.end()));
}
