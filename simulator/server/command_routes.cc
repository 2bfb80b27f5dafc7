#include <cstdio>

#include "pcsim/operation.h"
#include "server/command.h"

namespace pcsim {

int routes_command(const Arguments& arguments) {
  if (const auto code = read_options(OptionReader{"routes"},
                                     "usage: pcsim routes\n"
                                     "Lists the operations: name, method, path.\n",
                                     arguments)) {
    return *code;
  }
  for (const Operation& row : operations()) {
    std::printf("%-26s %-6s %s\n", std::string{row.name}.c_str(), std::string{row.method}.c_str(),
                std::string{row.path}.c_str());
  }
  return 0;
}

}  // namespace pcsim
