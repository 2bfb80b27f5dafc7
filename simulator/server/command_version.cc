#include <cstdio>

#include "server/command.h"

namespace pcsim {

int version_command(const Arguments& arguments) {
  if (const auto code = read_options(OptionReader{"version"},
                                     "usage: pcsim version\n"
                                     "Prints the program's name and version.\n",
                                     arguments)) {
    return *code;
  }
  std::puts("pcsim " PCSIM_VERSION);
  return 0;
}

}  // namespace pcsim
