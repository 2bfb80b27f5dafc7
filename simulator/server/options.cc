#include "server/options.h"

#include <charconv>
#include <cstdlib>
#include <functional>
#include <map>

namespace pcsim {
namespace {

/// Reads HOST:PORT; a failure is a sentence.
std::string read_address(const std::string& text, std::string& host, int& port) {
  const std::size_t colon = text.rfind(':');
  int number = -1;
  if (colon != std::string::npos) {
    const char* first = text.data() + colon + 1;
    const char* last = text.data() + text.size();
    const auto [end, error] = std::from_chars(first, last, number);
    if (error != std::errc{} || end != last) {
      number = -1;
    }
  }
  if (colon == std::string::npos || colon == 0 || number < 0 || number > 65535) {
    return "'" + text + "' is not an address; write HOST:PORT, for example localhost:8443.";
  }
  host = text.substr(0, colon);
  port = number;
  return {};
}

std::string read_delays(const std::string& text, Instant& delay) {
  if (text == "none") {
    delay = 0;
  } else if (text == "demo") {
    delay = kSecond;
  } else if (text == "documented") {
    delay = 60 * kSecond;
  } else {
    return "'" + text + "' is not a set of delays; use none, demo or documented.";
  }
  return {};
}

std::string read_seed(const std::string& text, std::optional<std::uint64_t>& seed) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) {
    return "'" + text + "' is not a seed; use a whole number.";
  }
  seed = number;
  return {};
}

std::filesystem::path default_state_dir() {
  if (const char* state = std::getenv("XDG_STATE_HOME"); state != nullptr && *state != '\0') {
    return std::filesystem::path{state} / "pcsim";
  }
  const char* home = std::getenv("HOME");
  return std::filesystem::path{home == nullptr ? "." : home} / ".local" / "state" / "pcsim";
}

}  // namespace

std::string serve_help() {
  return "usage: pcsim serve [options]\n"
         "  --listen HOST:PORT    where clients connect (localhost:8443; port 0 picks one)\n"
         "  --control HOST:PORT   where tests steer it (127.0.0.1:8444; port 0 picks one)\n"
         "  --world FILE          start world instead of the demo world\n"
         "  --state-dir DIR       certificates and signing keys (under XDG_STATE_HOME)\n"
         "  --ready-file FILE     written, mode 0600, when requests are answered\n"
         "  --delays SET          none, demo (a second a step) or documented\n"
         "  --host NAME           also serve this name; may be repeated\n"
         "  --ephemeral-ca        keep every private key in memory\n"
         "  --sign rs256          wait for the RSA key before the first answer\n"
         "  --seed N              reproducible identifiers\n";
}

std::variant<ServeOptions, std::string> parse_serve_options(const std::vector<std::string>& args) {
  ServeOptions options;
  const std::map<std::string, std::function<std::string(const std::string&)>> with_value{
      {"--listen", [&](auto& v) { return read_address(v, options.host, options.port); }},
      {"--control",
       [&](auto& v) { return read_address(v, options.control_host, options.control_port); }},
      {"--world", [&](auto& v) { return options.world = v, std::string{}; }},
      {"--state-dir", [&](auto& v) { return options.state_dir = v, std::string{}; }},
      {"--ready-file", [&](auto& v) { return options.ready_file = v, std::string{}; }},
      {"--delays", [&](auto& v) { return read_delays(v, options.delay); }},
      {"--host", [&](auto& v) { return options.hosts.push_back(v), std::string{}; }},
      {"--seed", [&](auto& v) { return read_seed(v, options.seed); }},
      {"--sign",
       [&](auto& v) {
         options.wait_for_rs256 = v == "rs256";
         return options.wait_for_rs256 ? std::string{} : "'" + v + "' is no algorithm; use rs256.";
       }},
  };
  for (std::size_t i = 0; i < args.size(); ++i) {
    if (args[i] == "--ephemeral-ca") {
      options.ephemeral_ca = true;
      continue;
    }
    const auto found = with_value.find(args[i]);
    if (found == with_value.end()) {
      return "unknown option '" + args[i] + "'; `pcsim serve --help` lists the options.";
    }
    if (++i == args.size()) {
      return "option " + args[i - 1] + " needs a value; `pcsim serve --help` lists the options.";
    }
    if (std::string problem = found->second(args[i]); !problem.empty()) {
      return problem;
    }
  }
  if (options.state_dir.empty()) {
    options.state_dir = default_state_dir();
  }
  return options;
}

}  // namespace pcsim
