#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "bench/seam.h"
#include "bench/ssl_server.h"
#include "bench/startup.h"
#include "bench/universes.h"
#include "server/command.h"

namespace {

constexpr const char* kHelp =
    "usage: pcsim-bench startup [options]\n"
    "Starts the program beside this one in empty folders, and measures.\n"
    "  --runs N       how often (50)\n"
    "  --max-ms N     fail when the median is above\n"
    "  --max-mb N     fail when the idle resident memory is above\n"
    "usage: pcsim-bench seam\n"
    "Compares our framing with the HTTP library's own processing of a request.\n"
    "usage: pcsim-bench universes\n"
    "Measures forks, resets, their memory, and the advance of a clock.\n"
    "usage: pcsim-bench ssl-server PORT CERTIFICATE KEY BODY\n"
    "Serves the bytes of BODY with the HTTP library's own server, to compare with.\n";

std::string read_number(const std::string& text, double& target) {
  char* end = nullptr;
  target = std::strtod(text.c_str(), &end);
  return *end == '\0' && target > 0 ? "" : "'" + text + "' is not a number above 0.";
}

}  // namespace

int main(int argc, char** argv) {
  const pcsim::Arguments all(argv + 1, argv + argc);
  if (all.empty() || pcsim::asks_for_help(all)) {
    std::fputs(kHelp, stdout);
    return 0;
  }
  if (all.front() == "seam" && all.size() == 1) {
    return pcsim::bench_seam();
  }
  if (all.front() == "universes" && all.size() == 1) {
    return pcsim::bench_universes();
  }
  if (all.front() == "ssl-server" && all.size() == 5) {
    return pcsim::serve_plainly(std::atoi(all[1].c_str()), all[2], all[3], all[4]);
  }
  if (all.front() != "startup") {
    return pcsim::refuse("unknown benchmark '" + all.front() +
                         "'; startup, seam, universes and ssl-server are there.");
  }
  pcsim::StartupBounds bounds;
  double runs = bounds.runs;
  pcsim::OptionReader reader{"startup"};
  reader.value("--runs", [&](auto& v) { return read_number(v, runs); });
  reader.value("--max-ms", [&](auto& v) { return read_number(v, bounds.milliseconds); });
  reader.value("--max-mb", [&](auto& v) { return read_number(v, bounds.megabytes); });
  if (const auto problem = reader.read(pcsim::Arguments(all.begin() + 1, all.end()))) {
    return pcsim::refuse(*problem);
  }
  bounds.runs = runs < 1 ? 1 : static_cast<int>(runs);
  const auto binary = std::filesystem::canonical("/proc/self/exe").parent_path() / "pcsim";
  return pcsim::bench_startup(binary, bounds);
}
