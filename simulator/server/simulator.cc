#include "pcsim/simulator.h"

#include <pthread.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <utility>

#include "control/control.h"
#include "http/gateway.h"
#include "http/universe_choice.h"
#include "server/listen_address.h"
#include "server/log.h"
#include "server/ready_file.h"
#include "server/secure_file.h"
#include "server/signing_authority.h"
#include "server/start_world.h"
#include "server/system_clock.h"
#include "server/system_entropy.h"
#include "server/tls_identity.h"
#include "server/transport.h"

namespace pcsim {
namespace {

/// Threads made while one of these lives take no signals: those are the embedding program's.
class NoSignals {
 public:
  NoSignals() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before_);
  }
  ~NoSignals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  NoSignals(const NoSignals&) = delete;
  NoSignals& operator=(const NoSignals&) = delete;

 private:
  sigset_t before_{};
};

/// The folder of an ephemeral authority's public files, removed at the end.
class PublicFolder {
 public:
  PublicFolder() = default;
  ~PublicFolder() {
    if (!path_.empty()) {
      std::error_code ignored;
      std::filesystem::remove_all(path_, ignored);
    }
  }
  PublicFolder(const PublicFolder&) = delete;
  PublicFolder& operator=(const PublicFolder&) = delete;

  /// Makes a new folder in `parent`; false, and `error` set, when that is impossible.
  bool make(const std::filesystem::path& parent, std::string* error) {
    if (!ensure_directory(parent, error)) {
      return false;
    }
    std::string name = (parent / "ephemeral-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) {
      *error = "cannot make a folder in " + parent.string() + "; choose another --state-dir.";
      return false;
    }
    path_ = name;
    return true;
  }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_{};
};

}  // namespace

/// What lives between a start and the stop, in the order in which each needs the one before.
struct Run {
  Run(LogLevel level, Log::Sink sink, const Universe::WallClock& clock)
      : log(level, std::move(sink), clock) {}

  Log log;
  std::unique_ptr<const Reference> reference{};
  World start_world{};
  UniverseRegistry universes{};
  PublicFolder public_folder{};
  std::unique_ptr<CertificateAuthority> certificates{};
  std::unique_ptr<TlsIdentity> identity{};
  std::unique_ptr<TokenSigner> signer{};
  std::unique_ptr<SigningAuthority> authority{};
  std::unique_ptr<Gateway> gateway{};
  std::unique_ptr<Control> control{};
  std::unique_ptr<Transport> api{};
  std::unique_ptr<Transport> steering{};
  Endpoints endpoints{};
};

struct Simulator::Impl {
  SimulatorOptions options;
  Universe::WallClock clock;
  std::unique_ptr<Run> run{};

  std::string read_data(Run& next) const;
  std::string open_keys(Run& next) const;
  void open_world(Run& next) const;
  std::string open_ports(Run& next) const;
  std::string prepare(Run& next) const;
  std::string ready_text() const {
    return ready_file_json(run->endpoints, run->certificates->bundle(), run->start_world);
  }
};

std::string Simulator::Impl::read_data(Run& next) const {
  const auto fixtures = open_fixtures(options.fixtures_dir);
  if (const auto* problem = std::get_if<std::string>(&fixtures)) {
    return *problem;
  }
  const auto& files = std::get<Fixtures>(fixtures);
  auto reference = load_reference(files);
  if (const auto* problem = std::get_if<std::string>(&reference)) {
    return *problem;
  }
  next.reference = std::make_unique<const Reference>(std::move(std::get<Reference>(reference)));
  auto world = load_start_world(options.world_text, options.world_file, files, *next.reference);
  if (const auto* problem = std::get_if<std::string>(&world)) {
    return *problem;
  }
  next.start_world = std::move(std::get<World>(world));
  for (const auto& [name, option] : options.switches) {
    if (std::string problem = next.start_world.switches.choose_or_explain(name, option);
        !problem.empty()) {
      return problem;
    }
  }
  return {};
}

std::string Simulator::Impl::open_keys(Run& next) const {
  std::string error;
  const auto now = clock() / kSecond;
  const bool in_memory = options.ephemeral_ca || options.state_dir.empty();
  std::filesystem::path dir = options.state_dir;
  if (in_memory && !dir.empty()) {
    if (!next.public_folder.make(dir, &error)) {
      return error;
    }
    dir = next.public_folder.path();
  }
  std::vector<std::string> hosts = options.hosts;
  const auto& built_in = default_certificate_hosts();
  if (!is_wildcard(options.host) &&
      std::find(built_in.begin(), built_in.end(), options.host) == built_in.end()) {
    hosts.push_back(options.host);
  }
  next.certificates =
      CertificateAuthority::open(CaOptions{dir, in_memory, std::move(hosts), now}, &error);
  if (!next.certificates) {
    return error;
  }
  next.identity = std::make_unique<TlsIdentity>(*next.certificates, clock, next.log);
  next.signer = TokenSigner::start(in_memory ? std::nullopt : std::optional{dir}, now, &error);
  if (!next.signer) {
    return error;
  }
  if (options.wait_for_rs256 && !next.signer->wait_for_rs256()) {
    return next.signer->background_error() + "; start without --sign rs256.";
  }
  next.authority = std::make_unique<SigningAuthority>(*next.signer);
  return {};
}

void Simulator::Impl::open_world(Run& next) const {
  IdSource ids{options.seed.value_or(system_seed())};
  next.start_world.freeze();
  const UniverseStart beginning{next.start_world, ids.next(), options.delay.count()};
  const auto shared = std::make_shared<const UniverseStart>(beginning);
  next.universes.allow_automatic({shared, options.max_universes, clock, ids.next()});
  next.universes.add(
      std::make_shared<Universe>(std::string{kMainUniverse}, shared, beginning.seed, clock));
  next.gateway = std::make_unique<Gateway>(next.universes, *next.authority, *next.reference);
  if (options.control) {
    next.endpoints.control_token = IdSource{system_seed()}.hex(32);
    next.control = std::make_unique<Control>(
        next.universes,
        Control::Options{beginning, next.endpoints.control_token, clock, ids.next()},
        *next.reference);
  }
}

std::string Simulator::Impl::open_ports(Run& next) const {
  const auto tell = [&next](const char* event, const Request& request, Response response) {
    if (next.log.tells(LogLevel::Debug)) {
      next.log.write(LogLevel::Debug, event,
                     {{"method", request.method},
                      {"path", request.target.substr(0, request.target.find('?'))},
                      {"status", std::int64_t{response.status}}});
    }
    return response;
  };
  next.api = make_event_transport({[&next, tell](const Request& request) {
                                     return tell("request", request, next.gateway->handle(request));
                                   },
                                   [&next, tell](const Request& request, const Error& error) {
                                     return tell("refused bytes", request,
                                                 next.gateway->refuse(request, error));
                                   }},
                                  next.identity.get(), next.log);
  const int port = next.api->bind(options.host, options.port);
  if (port < 0) {
    return "cannot listen on " + address_text(options.host, options.port) +
           "; another program may hold it: choose with --listen HOST:PORT.";
  }
  next.endpoints.base_url = "https://" + reachable_address(options.host, port);
  next.endpoints.pid = ::getpid();
  if (!options.control) {
    return {};
  }
  next.steering = make_event_transport(
      {[&next, tell](const Request& request) {
         return tell("control request", request, next.control->handle(request));
       },
       [&next, tell](const Request& request, const Error& error) {
         return tell("refused control bytes", request, next.control->refuse(error));
       }},
      nullptr, next.log);
  const int control_port = next.steering->bind(options.control_host, options.control_port);
  if (control_port < 0) {
    return "cannot listen on " + address_text(options.control_host, options.control_port) +
           "; another program may hold it: choose with --control HOST:PORT.";
  }
  next.endpoints.control_url = "http://" + reachable_address(options.control_host, control_port);
  return {};
}

std::string Simulator::Impl::prepare(Run& next) const {
  if (std::string problem = read_data(next); !problem.empty()) {
    return problem;
  }
  if (std::string problem = open_keys(next); !problem.empty()) {
    return problem;
  }
  open_world(next);
  if (std::string problem = open_ports(next); !problem.empty()) {
    return problem;
  }
  for (const std::string& host : {options.host, options.control ? options.control_host : "::1"}) {
    if (!is_loopback(host)) {
      next.log.write(LogLevel::Warn, "reachable from other machines",
                     {{"host", host},
                      {"advice",
                       "its identities and keys are public; listen on localhost unless "
                       "the network is yours"}});
    }
  }
  next.api->start();
  if (next.steering) {
    next.steering->start();
  }
  next.log.write(LogLevel::Info, "started",
                 {{"baseUrl", next.endpoints.base_url},
                  {"controlUrl", next.endpoints.control_url},
                  {"caFile", next.certificates->bundle().ca_file}});
  return {};
}

Simulator::Simulator(SimulatorOptions options)
    : impl_(std::make_unique<Impl>(Impl{std::move(options), {}})) {
  impl_->clock = impl_->options.clock ? impl_->options.clock : Universe::WallClock{&system_now};
}

Simulator::~Simulator() { stop(); }

Started Simulator::start() {
  if (impl_->run) {
    return Started{"the simulator runs already; stop it first."};
  }
  auto next = std::make_unique<Run>(impl_->options.log_level, impl_->options.log, impl_->clock);
  const NoSignals quiet;
  if (std::string problem = impl_->prepare(*next); !problem.empty()) {
    return Started{std::move(problem)};
  }
  impl_->run = std::move(next);
  return Started{};
}

void Simulator::stop() {
  if (!impl_->run) {
    return;
  }
  Run& run = *impl_->run;
  run.api->stop();
  if (run.steering) {
    run.steering->stop();
  }
  if (const std::string problem = run.signer->background_error(); !problem.empty()) {
    run.log.write(LogLevel::Warn, "signing key not kept", {{"reason", problem}});
  }
  run.log.write(LogLevel::Info, "stopped");
  impl_->run.reset();
}

std::string Simulator::base_url() const { return impl_->run ? impl_->run->endpoints.base_url : ""; }

std::string Simulator::ca_pem() const {
  return impl_->run ? impl_->run->certificates->bundle().root_pem : "";
}

std::string Simulator::control_url() const {
  return impl_->run ? impl_->run->endpoints.control_url : "";
}

std::string Simulator::control_token() const {
  return impl_->run ? impl_->run->endpoints.control_token : "";
}

std::string Simulator::ready_json() const { return impl_->run ? impl_->ready_text() : ""; }

}  // namespace pcsim
