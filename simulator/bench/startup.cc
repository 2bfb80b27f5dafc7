#include "bench/startup.h"

#include <fcntl.h>
#include <httplib.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/inotify.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <thread>
#include <vector>

namespace pcsim {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using Milliseconds = std::chrono::duration<double, std::milli>;

/// An empty folder, removed at the end.
class Folder {
 public:
  Folder() {
    std::string pattern = (fs::temp_directory_path() / "pcsim-bench-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

/// A simulator as a child process, ended with the object.
class Child {
 public:
  Child(const fs::path& binary, const fs::path& folder) : pid_(::fork()) {
    if (pid_ == 0) {
      const std::string state = (folder / "state").string();
      const std::string ready = (folder / "ready.json").string();
      const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
      ::dup2(nowhere, STDOUT_FILENO);
      ::dup2(nowhere, STDERR_FILENO);
      ::execl(binary.c_str(), binary.c_str(), "serve", "--listen", "localhost:0", "--control",
              "127.0.0.1:0", "--state-dir", state.c_str(), "--ready-file", ready.c_str(), nullptr);
      ::_exit(127);
    }
  }
  ~Child() {
    ::kill(pid_, SIGTERM);
    ::waitpid(pid_, nullptr, 0);
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  bool alive() const { return ::waitpid(pid_, nullptr, WNOHANG) == 0; }

  /// Resident memory in kilobytes, 0 when the system does not tell.
  long resident() const {
    std::ifstream status{"/proc/" + std::to_string(pid_) + "/status"};
    for (std::string line; std::getline(status, line);) {
      if (line.starts_with("VmRSS:")) {
        return std::strtol(line.c_str() + 6, nullptr, 10);
      }
    }
    return 0;
  }

 private:
  pid_t pid_;
};

std::string content_of(const fs::path& file) {
  std::ifstream stream{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{stream}, {}};
}

/// Waits until `name` is in the folder, woken by the system; false when it never comes.
bool wait_for(int watch, const fs::path& file) {
  for (int tries = 0; tries < 1000 && !fs::exists(file); ++tries) {
    pollfd ready{watch, POLLIN, 0};
    if (::poll(&ready, 1, 10) > 0) {
      char events[4096];
      if (::read(watch, events, sizeof events) < 0) {
        return false;
      }
    }
  }
  return fs::exists(file);
}

/// A token, then a list read with it, over one verified connection.
bool first_authenticated_answer(const nlohmann::json& ready) {
  const std::string url = ready.value("baseUrl", "");
  httplib::SSLClient client{"localhost", std::stoi(url.substr(url.rfind(':') + 1))};
  client.set_keep_alive(true);
  client.set_tcp_nodelay(true);
  client.set_ca_cert_path(ready.value("caFile", ""));
  client.enable_server_certificate_verification(true);
  const auto& application = ready["applications"][0];
  const auto token =
      client.Post("/" + application.value("tenantId", "") + "/oauth2/token",
                  httplib::Params{{"grant_type", "client_credentials"},
                                  {"client_id", application.value("clientId", "")},
                                  {"client_secret", application.value("clientSecret", "")},
                                  {"resource", "https://api.partnercenter.microsoft.com"}});
  if (!token || token->status != 200) {
    return false;
  }
  const std::string bearer = nlohmann::json::parse(token->body).value("access_token", "");
  const auto list = client.Get("/v1/customers", {{"Authorization", "Bearer " + bearer}});
  return list && list->status == 200;
}

struct Sample {
  double milliseconds = 0;
  long idle_kilobytes = 0;
};

/// One start in an empty folder; with `idle`, the memory once the start's own work is over too.
std::optional<Sample> measure(const fs::path& binary, bool idle) {
  const Folder folder;
  const int watch = ::inotify_init1(IN_CLOEXEC);
  ::inotify_add_watch(watch, folder.path().c_str(), IN_MOVED_TO);
  const auto begin = Clock::now();
  const Child child{binary, folder.path()};
  const fs::path ready = folder.path() / "ready.json";
  const bool answered = wait_for(watch, ready) &&
                        first_authenticated_answer(nlohmann::json::parse(content_of(ready)));
  Sample sample{Milliseconds{Clock::now() - begin}.count(), 0};
  ::close(watch);
  if (!answered) {
    return std::nullopt;
  }
  if (idle) {
    const fs::path last = folder.path() / "state" / "token-signing.key";
    for (int tries = 0; tries < 1000 && !fs::exists(last) && child.alive(); ++tries) {
      std::this_thread::sleep_for(std::chrono::milliseconds{10});
    }
    std::this_thread::sleep_for(std::chrono::milliseconds{500});
    sample.idle_kilobytes = child.resident();
  }
  return sample;
}

}  // namespace

int bench_startup(const fs::path& binary, const StartupBounds& bounds) {
  std::signal(SIGPIPE, SIG_IGN);
  std::vector<double> times;
  for (int run = 0; run < bounds.runs; ++run) {
    const auto sample = measure(binary, false);
    if (!sample) {
      std::fprintf(stderr, "%s did not answer; run it by hand.\n", binary.c_str());
      return 1;
    }
    times.push_back(sample->milliseconds);
  }
  std::sort(times.begin(), times.end());
  const auto idle = measure(binary, true);
  const double median = times[times.size() / 2];
  const double megabytes = static_cast<double>(idle ? idle->idle_kilobytes : 0) / 1024;
  std::printf(
      "spawn to first authenticated 200, empty state directory, %d runs: "
      "median %.1f ms, p90 %.1f ms, least %.1f ms\n"
      "idle resident memory: %.1f MB\n",
      bounds.runs, median, times[times.size() * 9 / 10], times.front(), megabytes);
  if (bounds.milliseconds > 0 && median > bounds.milliseconds) {
    std::fprintf(stderr, "the median is above %.1f ms\n", bounds.milliseconds);
    return 1;
  }
  if (bounds.megabytes > 0 && (megabytes <= 0 || megabytes > bounds.megabytes)) {
    std::fprintf(stderr, "the idle memory is above %.1f MB\n", bounds.megabytes);
    return 1;
  }
  return 0;
}

}  // namespace pcsim
