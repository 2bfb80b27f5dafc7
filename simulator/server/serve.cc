#include "server/serve.h"

#include <pthread.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <thread>

#include "codec/world_file.h"
#include "control/control.h"
#include "http/gateway.h"
#include "pcsim/embedded.h"
#include "server/ready_file.h"
#include "server/secure_file.h"
#include "server/signing_authority.h"
#include "server/system_clock.h"
#include "server/system_entropy.h"
#include "server/transport.h"

namespace pcsim {
namespace {

int fail(const std::string& sentence) {
  std::fprintf(stderr, "pcsim: %s\n", sentence.c_str());
  return 1;
}

std::variant<World, std::string> load_world(const std::filesystem::path& file) {
  std::string text;
  std::string name = "fixtures/worlds/demo.json";
  if (file.empty()) {
    text = std::string{embedded_file(name).value_or("")};
  } else {
    name = file.string();
    std::ifstream stream{file, std::ios::binary};
    if (!stream) {
      return "cannot read the world file " + name + "; check --world.";
    }
    text.assign(std::istreambuf_iterator<char>{stream}, {});
  }
  auto world = read_world(text);
  if (const auto* error = std::get_if<WorldFileError>(&world)) {
    return name + ":" + std::to_string(error->line) + ": " + error->member + ": " + error->text;
  }
  return std::move(std::get<World>(world));
}

std::string url_host(const std::string& host) {
  return host.find(':') == std::string::npos ? host : "[" + host + "]";
}

bool is_loopback(const std::string& host) {
  return host == "localhost" || host == "::1" || host.rfind("127.", 0) == 0;
}

/// The transports and what they serve, alive as long as requests may arrive.
struct Running {
  UniverseRegistry universes{};
  std::unique_ptr<CertificateAuthority> certificates{};
  std::unique_ptr<TokenSigner> signer{};
  std::unique_ptr<SigningAuthority> authority{};
  std::unique_ptr<Gateway> gateway{};
  std::unique_ptr<Control> control{};
  std::unique_ptr<Transport> api{};
  std::unique_ptr<Transport> steering{};
  Endpoints endpoints{};
};

std::string open_keys(const ServeOptions& options, Running& running) {
  std::string error;
  const auto now = system_now() / kSecond;
  running.certificates = CertificateAuthority::open(
      CaOptions{options.state_dir, options.ephemeral_ca, options.hosts, now}, &error);
  if (!running.certificates) {
    return error;
  }
  running.signer = TokenSigner::start(
      options.ephemeral_ca ? std::nullopt : std::optional{options.state_dir}, now, &error);
  if (!running.signer) {
    return error;
  }
  if (options.wait_for_rs256) {
    running.signer->wait_for_rs256();
  }
  running.authority = std::make_unique<SigningAuthority>(*running.signer);
  return {};
}

std::string open_ports(const ServeOptions& options, Running& running) {
  const CertificateBundle tls = running.certificates->bundle();
  running.api = make_httplib_transport(
      [&running](const Request& request) { return running.gateway->handle(request); }, &tls);
  running.steering = make_httplib_transport(
      [&running](const Request& request) { return running.control->handle(request); }, nullptr);
  const int port = running.api->bind(options.host, options.port);
  if (port < 0) {
    return "cannot listen on " + options.host + ":" + std::to_string(options.port) +
           "; another program may hold it: choose with --listen HOST:PORT.";
  }
  const int control_port = running.steering->bind(options.control_host, options.control_port);
  if (control_port < 0) {
    return "cannot listen on " + options.control_host + ":" + std::to_string(options.control_port) +
           "; choose with --control HOST:PORT.";
  }
  running.endpoints.base_url = "https://" + url_host(options.host) + ":" + std::to_string(port);
  running.endpoints.control_url =
      "http://" + url_host(options.control_host) + ":" + std::to_string(control_port);
  running.endpoints.pid = getpid();
  return {};
}

}  // namespace

int serve(const ServeOptions& options) {
  sigset_t stop_signals;
  sigemptyset(&stop_signals);
  sigaddset(&stop_signals, SIGINT);
  sigaddset(&stop_signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &stop_signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);

  auto loaded = load_world(options.world);
  if (const auto* problem = std::get_if<std::string>(&loaded)) {
    return fail(*problem);
  }
  const World& start = std::get<World>(loaded);
  Running running;
  if (const std::string problem = open_keys(options, running); !problem.empty()) {
    return fail(problem);
  }
  IdSource ids{options.seed.value_or(system_seed())};
  running.universes.add(
      std::make_shared<Universe>("main", start, ids.next(), options.delay, &system_now));
  running.gateway = std::make_unique<Gateway>(running.universes, *running.authority);
  running.endpoints.control_token = IdSource{system_seed()}.hex(32);
  running.control = std::make_unique<Control>(
      running.universes, start, running.endpoints.control_token, options.delay, &system_now, ids);
  if (const std::string problem = open_ports(options, running); !problem.empty()) {
    return fail(problem);
  }
  if (!is_loopback(options.host)) {
    std::fprintf(stderr, "pcsim: warning: %s is reachable from other machines.\n",
                 options.host.c_str());
  }
  std::thread api{[&] { running.api->serve(); }};
  std::thread steering{[&] { running.steering->serve(); }};
  const CertificateBundle tls = running.certificates->bundle();
  std::string error;
  int exit_code = 0;
  if (!options.ready_file.empty() &&
      !write_file_atomic(options.ready_file, ready_file_json(running.endpoints, tls, start), 0600,
                         &error)) {
    exit_code = fail(error);
  } else {
    std::fputs(start_block(running.endpoints, tls, start).c_str(), stdout);
    std::fflush(stdout);
    int signal = 0;
    sigwait(&stop_signals, &signal);
  }
  running.api->stop();
  running.steering->stop();
  api.join();
  steering.join();
  return exit_code;
}

}  // namespace pcsim
