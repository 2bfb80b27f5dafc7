// Runs a command against a simulator of its own, started inside this process:
//   with_simulator sh -c 'curl -i "$PCSIM_BASE_URL/v1/customers"'
// The command finds the address, the certificate authority and the ready file in its environment.
#include <pcsim/simulator.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

namespace {

/// A folder for this run, removed at the end.
class Folder {
 public:
  Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "with-pcsim-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::string put(const char* name, const std::string& content) const {
    const std::filesystem::path file = path_ / name;
    std::ofstream{file, std::ios::binary} << content;
    return file.string();
  }

 private:
  std::filesystem::path path_;
};

/// Runs the command and gives its exit code.
int run(char** command) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::execvp(command[0], command);
    std::perror(command[0]);
    ::_exit(127);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: %s COMMAND [ARGUMENT...]\n", argv[0]);
    return 2;
  }
  pcsim::SimulatorOptions options;
  options.delay = std::chrono::seconds{0};
  pcsim::Simulator simulator{options};
  if (const auto started = simulator.start(); !started) {
    std::fprintf(stderr, "%s\n", started.problem().c_str());
    return 1;
  }
  const Folder folder;
  ::setenv("PCSIM_BASE_URL", simulator.base_url().c_str(), 1);
  ::setenv("CURL_CA_BUNDLE", folder.put("ca.pem", simulator.ca_pem()).c_str(), 1);
  ::setenv("READY_FILE", folder.put("ready.json", simulator.ready_json()).c_str(), 1);
  return run(argv + 1);
}
