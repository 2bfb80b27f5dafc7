#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace pcsim {

/// How much a simulator tells; a level includes those before it.
enum class LogLevel { Error, Warn, Info, Debug };

/// How an embedded simulator starts. The values here suit a test: free ports, keys in memory.
struct SimulatorOptions {
  /// Where clients connect; port 0 picks a free one.
  std::string host = "localhost";
  int port = 0;

  /// Whether, and where, the running simulator can be steered.
  bool control = true;
  std::string control_host = "127.0.0.1";
  int control_port = 0;

  /// The start world, as the text or the path of a world file; the demo world without either.
  std::string world_text{};
  std::string world_file{};

  /// A folder whose files stand in for the built-in ones of the same path below fixtures/,
  /// such as markets/markets.csv; empty for none.
  std::string fixtures_dir{};

  /// Switches away from their defaults, by name and option (`pcsim switches`); they outrank those
  /// of the world file.
  std::vector<std::pair<std::string, std::string>> switches{};

  /// How long an asynchronous step takes on the virtual clock.
  std::chrono::microseconds delay = std::chrono::seconds{1};

  /// The same seed gives the same identifiers; drawn at random without one.
  std::optional<std::uint64_t> seed{};

  /// How many universes tenant ids that begin with 75000000 may make for themselves.
  std::size_t max_universes = 10'000;

  /// Where certificates and keys are kept. Empty: in memory only, nothing is written.
  std::string state_dir{};

  /// With a state directory: keep private keys in memory, and write only what clients trust
  /// (ca.pem, ca.p12) to a folder below it, removed at the stop.
  bool ephemeral_ca = false;

  /// Names to serve besides the built-in ones.
  std::vector<std::string> hosts{};

  /// Wait for the RSA key, so that every token is signed with RS256.
  bool wait_for_rs256 = false;

  /// The time in microseconds since 1970, called from any thread; the system's when empty.
  /// Universes, tokens and certificates follow it.
  std::function<std::int64_t()> clock{};

  /// Takes one JSON object a line, called from any thread; nothing is logged when empty.
  std::function<void(const std::string& line)> log{};
  LogLevel log_level = LogLevel::Info;
};

/// Whether a simulator started; otherwise a sentence that says what to do.
class [[nodiscard]] Started {
 public:
  Started() = default;
  explicit Started(std::string problem) : problem_(std::move(problem)) {}
  explicit operator bool() const { return problem_.empty(); }
  const std::string& problem() const { return problem_; }

 private:
  std::string problem_;
};

/// A simulator inside this process, on threads of its own. It installs no signal handler and
/// keeps nothing outside the object, so that several may run at once. Members other than
/// `start` and `stop` may be called from any thread while it runs.
class Simulator {
 public:
  explicit Simulator(SimulatorOptions options = {});
  /// Stops.
  ~Simulator();
  Simulator(const Simulator&) = delete;
  Simulator& operator=(const Simulator&) = delete;

  /// Returns once requests are answered. After a failure it may be called again.
  Started start();

  /// Closes the ports and waits for the requests under way. The object may start again.
  void stop();

  /// `https://host:port`; empty while stopped, like every text below.
  std::string base_url() const;
  /// The certificate authority a client has to trust, as PEM text.
  std::string ca_pem() const;
  /// `http://host:port`, empty without control.
  std::string control_url() const;
  /// What the control interface wants after `Authorization: Bearer `.
  std::string control_token() const;
  /// The ready file's text: addresses, trust and the identities of the start world.
  std::string ready_json() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace pcsim
