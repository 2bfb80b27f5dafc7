#include <cstdio>
#include <nlohmann/json.hpp>

#include "server/command.h"
#include "server/environment_block.h"
#include "server/options.h"

namespace pcsim {
namespace {

constexpr const char* kHelp =
    "usage: pcsim env [options]\n"
    "Prints what a shell needs to talk to a running simulator: eval \"$(pcsim env)\".\n"
    "  --shell              lines for a POSIX shell (the default)\n"
    "  --json               the same variables as a JSON object\n"
    "  --ready-file FILE    the simulator's ready file (ready.json in the default state\n"
    "                       directory)\n";

}  // namespace

int env_command(const Arguments& arguments) {
  std::string ready_file = ready_file_in(default_state_dir()).string();
  bool shell = false;
  bool json = false;
  OptionReader reader{"env"};
  reader.flag("--shell", shell);
  reader.flag("--json", json);
  reader.text("--ready-file", ready_file);
  if (const auto code = read_options(reader, kHelp, arguments)) {
    return *code;
  }
  if (shell && json) {
    return refuse("--shell and --json exclude each other; give one of them.");
  }
  const auto facts = read_ready_file(ready_file);
  if (const auto* problem = std::get_if<std::string>(&facts)) {
    return refuse(*problem);
  }
  const auto& known = std::get<ReadyFacts>(facts);
  if (json) {
    nlohmann::ordered_json object = nlohmann::ordered_json::object();
    for (const auto& [name, value] : environment_of(known)) {
      object[name] = value;
    }
    std::puts(object.dump(2).c_str());
  } else {
    std::fputs(environment_block(known).c_str(), stdout);
  }
  return 0;
}

}  // namespace pcsim
