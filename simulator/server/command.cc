#include "server/command.h"

#include <algorithm>
#include <cstdio>

namespace pcsim {

int refuse(const std::string& sentence) {
  std::fprintf(stderr, "pcsim: %s\n", sentence.c_str());
  return 2;
}

int fail(const std::string& sentence) {
  std::fprintf(stderr, "pcsim: %s\n", sentence.c_str());
  return 1;
}

bool asks_for_help(const Arguments& arguments) {
  return std::find(arguments.begin(), arguments.end(), "--help") != arguments.end();
}

std::optional<int> read_options(const OptionReader& reader, std::string_view help,
                                const Arguments& arguments) {
  if (asks_for_help(arguments)) {
    std::fwrite(help.data(), 1, help.size(), stdout);
    return 0;
  }
  if (const auto problem = reader.read(arguments)) {
    return refuse(*problem);
  }
  return std::nullopt;
}

}  // namespace pcsim
