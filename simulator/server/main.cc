#include <cstdio>
#include <string>
#include <variant>
#include <vector>

#include "pcsim/error_code.h"
#include "pcsim/operation.h"
#include "server/options.h"
#include "server/serve.h"

namespace {

constexpr const char* kHelp =
    "usage: pcsim COMMAND\n"
    "  serve     start the simulator (pcsim serve --help)\n"
    "  routes    list the operations\n"
    "  errors    list the errors\n"
    "  version   print the version\n";

int run_serve(const std::vector<std::string>& args) {
  if (!args.empty() && args.front() == "--help") {
    std::fputs(pcsim::serve_help().c_str(), stdout);
    return 0;
  }
  const auto options = pcsim::parse_serve_options(args);
  if (const auto* problem = std::get_if<std::string>(&options)) {
    std::fprintf(stderr, "pcsim: %s\n", problem->c_str());
    return 2;
  }
  return pcsim::serve(std::get<pcsim::ServeOptions>(options));
}

int list_routes() {
  for (const pcsim::Operation& row : pcsim::operations()) {
    std::printf("%-26s %-6s %s\n", std::string{row.name}.c_str(), std::string{row.method}.c_str(),
                std::string{row.path}.c_str());
  }
  return 0;
}

int list_errors() {
  for (std::size_t i = 0; i < pcsim::error_count(); ++i) {
    const pcsim::ErrorRow& row = pcsim::error_row(static_cast<pcsim::ErrorCode>(i));
    std::printf("%-44s %3d %-10s %s\n", std::string{row.name}.c_str(), row.status,
                std::string{row.code}.c_str(), std::string{row.text_en}.c_str());
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> args(argv + 1, argv + argc);
  const std::string command = args.empty() ? "--help" : args.front();
  const std::vector<std::string> rest(args.begin() + (args.empty() ? 0 : 1), args.end());
  if (command == "serve") {
    return run_serve(rest);
  }
  if (command == "--help" || command == "help" || (!rest.empty() && rest.front() == "--help")) {
    std::fputs(kHelp, stdout);
    return 0;
  }
  if (!rest.empty()) {
    std::fprintf(stderr, "pcsim: '%s' takes no argument '%s'; see pcsim --help.\n", command.c_str(),
                 rest.front().c_str());
    return 2;
  }
  if (command == "routes") {
    return list_routes();
  }
  if (command == "errors") {
    return list_errors();
  }
  if (command == "version") {
    std::puts("pcsim 0.1.0");
    return 0;
  }
  std::fprintf(stderr, "pcsim: unknown command '%s'; see pcsim --help.\n", command.c_str());
  return 2;
}
