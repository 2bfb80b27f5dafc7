#include <cstdio>

#include "domain/world.h"
#include "server/certificates.h"
#include "server/command.h"
#include "server/options.h"
#include "server/system_clock.h"

namespace pcsim {
namespace {

constexpr const char* kHelp =
    "usage: pcsim ca mint [--state-dir DIR] [--host NAME]...\n"
    "Makes a new certificate authority in place of the one in the state directory. Clients have\n"
    "to trust the new ca.pem, and a running simulator has to be started again.\n"
    "  --state-dir DIR      where it is kept (pcsim under XDG_STATE_HOME)\n"
    "  --host NAME          a host name or IP address to serve besides the built-in ones;\n"
    "                       may be repeated\n";

}  // namespace

int ca_command(const Arguments& arguments) {
  if (asks_for_help(arguments)) {
    std::fputs(kHelp, stdout);
    return 0;
  }
  if (arguments.empty() || arguments.front() != "mint") {
    return refuse("write `pcsim ca mint`; `pcsim ca --help` lists the options.");
  }
  std::string state_dir = default_state_dir().string();
  CaOptions options;
  OptionReader reader{"ca"};
  reader.text("--state-dir", state_dir);
  reader.value("--host", [&](const std::string& name) {
    options.extra_hosts.push_back(name);
    return std::string{};
  });
  if (const auto problem = reader.read(Arguments(arguments.begin() + 1, arguments.end()))) {
    return refuse(*problem);
  }
  options.state_dir = state_dir;
  options.now_unix = system_now() / kSecond;
  std::string error;
  const auto authority = CertificateAuthority::mint(options, &error);
  if (!authority) {
    return fail(error);
  }
  std::puts(authority->bundle().ca_file.c_str());
  return 0;
}

}  // namespace pcsim
