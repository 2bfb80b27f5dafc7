#include "server/options.h"

#include <charconv>
#include <cstdlib>

#include "pcsim/switches.h"
#include "server/listen_address.h"
#include "server/log.h"
#include "server/option_reader.h"
#include "server/secure_file.h"

namespace pcsim {
namespace {

using std::chrono::seconds;

std::string read_control(const std::string& text, SimulatorOptions& options) {
  options.control = text != "none";
  return options.control ? read_listen_address(text, options.control_host, options.control_port)
                         : std::string{};
}

std::string read_delays(const std::string& text, std::chrono::microseconds& delay) {
  if (text == "none") {
    delay = seconds{0};
  } else if (text == "demo") {
    delay = seconds{1};
  } else if (text == "documented") {
    delay = seconds{60};
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

std::string read_world_path(const std::string& text, std::string& file) {
  std::string error;
  if (!read_file(text, &error)) {
    return error + "; give --world the path of a world file.";
  }
  file = text;
  return {};
}

std::string read_switch(const std::string& text,
                        std::vector<std::pair<std::string, std::string>>& chosen) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos) {
    return "'" + text + "' chooses nothing; write NAME=OPTION, as `pcsim switches` lists them.";
  }
  chosen.emplace_back(text.substr(0, equals), text.substr(equals + 1));
  return Switches{}.choose_or_explain(chosen.back().first, chosen.back().second);
}

std::string read_count(const std::string& text, std::size_t& count) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  const bool whole = error == std::errc{} && end == text.data() + text.size();
  return whole ? std::string{} : "'" + text + "' is not a number; use a whole number.";
}

std::string read_level(const std::string& text, LogLevel& level) {
  const auto named = level_named(text);
  if (!named) {
    return "'" + text + "' is not a log level; use error, warn, info or debug.";
  }
  level = *named;
  return {};
}

std::string read_algorithm(const std::string& text, bool& wait_for_rs256) {
  wait_for_rs256 = text == "rs256";
  return wait_for_rs256 ? std::string{} : "'" + text + "' is no algorithm; use rs256.";
}

}  // namespace

std::filesystem::path default_state_dir() {
  if (const char* state = std::getenv("XDG_STATE_HOME"); state != nullptr && *state != '\0') {
    return std::filesystem::path{state} / "pcsim";
  }
  const char* home = std::getenv("HOME");
  return std::filesystem::path{home == nullptr ? "." : home} / ".local" / "state" / "pcsim";
}

std::filesystem::path ready_file_in(const std::filesystem::path& state_dir) {
  return state_dir / "ready.json";
}

std::string serve_help() {
  return "usage: pcsim serve [options]\n"
         "  --listen HOST:PORT    where clients connect (localhost:8443; port 0 picks one)\n"
         "  --control HOST:PORT   where tests steer it (127.0.0.1:8444; port 0 picks one), or "
         "none\n"
         "  --world FILE          start world instead of the demo world\n"
         "  --fixtures DIR        data files that stand in for built-in ones, by path below "
         "fixtures/\n"
         "  --state-dir DIR       certificates and signing keys (pcsim under XDG_STATE_HOME)\n"
         "  --ready-file FILE     written, mode 0600, when requests are answered\n"
         "                        (ready.json in the state directory)\n"
         "  --delays SET          none, demo (a second a step) or documented\n"
         "  --host NAME           also serve this name; may be repeated\n"
         "  --ephemeral-ca        keep every private key in memory\n"
         "  --sign rs256          wait for the RSA key before the first answer\n"
         "  --seed N              reproducible identifiers\n"
         "  --max-universes N     how many tenant ids of 75000000-… may have one of their own "
         "(10000)\n"
         "  --switch NAME=OPTION  a reading of the real service (`pcsim switches`); may be "
         "repeated\n"
         "  --log-level LEVEL     error, warn, info (the default) or debug, on standard error\n";
}

std::variant<ServeOptions, std::string> parse_serve_options(const std::vector<std::string>& args) {
  ServeOptions options;
  SimulatorOptions& simulator = options.simulator;
  simulator.port = 8443;
  simulator.control_port = 8444;
  std::string ready_file;
  OptionReader reader{"serve"};
  reader.value("--listen",
               [&](auto& v) { return read_listen_address(v, simulator.host, simulator.port); });
  reader.value("--control", [&](auto& v) { return read_control(v, simulator); });
  reader.value("--world", [&](auto& v) { return read_world_path(v, simulator.world_file); });
  reader.text("--fixtures", simulator.fixtures_dir);
  reader.text("--state-dir", simulator.state_dir);
  reader.text("--ready-file", ready_file);
  reader.value("--delays", [&](auto& v) { return read_delays(v, simulator.delay); });
  reader.value("--host", [&](auto& v) {
    simulator.hosts.push_back(v);
    return std::string{};
  });
  reader.flag("--ephemeral-ca", simulator.ephemeral_ca);
  reader.value("--sign", [&](auto& v) { return read_algorithm(v, simulator.wait_for_rs256); });
  reader.value("--seed", [&](auto& v) { return read_seed(v, simulator.seed); });
  reader.value("--max-universes", [&](auto& v) { return read_count(v, simulator.max_universes); });
  reader.value("--switch", [&](auto& v) { return read_switch(v, simulator.switches); });
  reader.value("--log-level", [&](auto& v) { return read_level(v, simulator.log_level); });
  if (auto problem = reader.read(args)) {
    return *std::move(problem);
  }
  if (simulator.state_dir.empty()) {
    simulator.state_dir = default_state_dir().string();
  }
  options.ready_file =
      ready_file.empty() ? ready_file_in(simulator.state_dir) : std::filesystem::path{ready_file};
  return options;
}

}  // namespace pcsim
