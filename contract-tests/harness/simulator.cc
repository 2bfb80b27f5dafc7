#include "harness/simulator.h"

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "harness/settings.h"

namespace pcsim::contract {
namespace {

[[noreturn]] void give_up(const std::string& sentence) {
  std::fprintf(stderr, "pcsim-contract: %s\n", sentence.c_str());
  std::exit(2);
}

/// A simulator of our own, in a folder of its own.
class Started {
 public:
  Started() {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "pcsim-contract-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) {
      give_up("cannot make a temporary folder.");
    }
    folder_ = pattern;
    start();
  }

  Started(const Started&) = delete;
  Started& operator=(const Started&) = delete;

  ~Started() {
    if (process_ > 0) {
      kill(process_, SIGTERM);
      waitpid(process_, nullptr, 0);
    }
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  std::string ready_file() const { return (folder_ / "ready.json").string(); }

 private:
  void start() {
    const std::string ready = ready_file();
    const std::string state = (folder_ / "state").string();
    const std::array<const char*, 20> arguments{settings().binary.c_str(),
                                                "serve",
                                                "--listen",
                                                "127.0.0.1:0",
                                                "--control",
                                                "127.0.0.1:0",
                                                "--ephemeral-ca",
                                                "--delays",
                                                "none",
                                                "--ready-file",
                                                ready.c_str(),
                                                "--seed",
                                                "1",
                                                "--max-universes",
                                                "2",
                                                "--sign",
                                                "rs256",
                                                "--state-dir",
                                                state.c_str(),
                                                nullptr};
    process_ = fork();
    if (process_ == 0) {
      if (std::freopen("/dev/null", "w", stdout) != nullptr) {
        execv(arguments[0], const_cast<char* const*>(arguments.data()));
      }
      _exit(127);
    }
    for (int tries = 0; tries < 3000; ++tries) {
      if (std::filesystem::exists(ready)) {
        return;
      }
      if (process_ < 0 || waitpid(process_, nullptr, WNOHANG) != 0) {
        process_ = -1;
        give_up(settings().binary + " did not start.");
      }
      std::this_thread::sleep_for(std::chrono::milliseconds{20});
    }
    give_up(settings().binary + " wrote no ready file within a minute.");
  }

  std::filesystem::path folder_;
  pid_t process_ = -1;
};

Target read_ready_file(const std::string& path) {
  std::ifstream stream{path};
  const auto file = nlohmann::json::parse(stream, nullptr, false);
  if (!file.is_object()) {
    give_up("cannot read the ready file " + path + ".");
  }
  Target out{file.value("baseUrl", ""), file.value("controlUrl", ""),
             file.value("controlToken", ""), file.value("caFile", "")};
  if (!settings().base_url.empty()) {
    out.base_url = settings().base_url;
  }
  return out;
}

}  // namespace

const Target& target() {
  static const Target found = [] {
    if (!settings().ready_file.empty()) {
      return read_ready_file(settings().ready_file);
    }
    static const Started own;
    return read_ready_file(own.ready_file());
  }();
  return found;
}

}  // namespace pcsim::contract
