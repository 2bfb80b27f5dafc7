#include <cstdio>
#include <string>

#include "pcsim/switches.h"
#include "server/command.h"

namespace pcsim {

int switches_command(const Arguments& arguments) {
  if (const auto code = read_options(
          OptionReader{"switches"},
          "usage: pcsim switches\n"
          "Lists the points where the real service is read in one of several ways: name, options\n"
          "(the default first), meaning. Choose with `pcsim serve --switch NAME=OPTION`, in a "
          "world\n"
          "file, or for a universe of its own on the control port.\n",
          arguments)) {
    return *code;
  }
  for (const SwitchRow& row : switch_rows()) {
    std::printf("%s=%s\n    %s\n", std::string{row.name}.c_str(), std::string{row.options}.c_str(),
                std::string{row.summary}.c_str());
  }
  return 0;
}

}  // namespace pcsim
