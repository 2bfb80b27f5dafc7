#include <malloc.h>
#include <pthread.h>
#include <sys/mman.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include "pcsim/embedded.h"
#include "server/command.h"
#include "server/environment_block.h"
#include "server/listen_sockets.h"
#include "server/options.h"
#include "server/secure_file.h"

namespace pcsim {
namespace {

constexpr mode_t kPrivate = 0600;
constexpr int kStoppedAtOnce = 130;

/// A file other programs wait for: there while requests are answered.
class ReadyFile {
 public:
  explicit ReadyFile(std::filesystem::path path) : path_(std::move(path)) {}

  /// Empty, or a sentence.
  std::string publish(std::string content) {
    std::string error;
    if (!write_file_atomic(path_, content, kPrivate, &error)) {
      return error + "; choose another --ready-file.";
    }
    content_ = std::move(content);
    return {};
  }

  /// Removes it, unless another simulator has put its own in the same place.
  void withdraw() const {
    if (!content_.empty() && read_file(path_, nullptr) == content_) {
      std::error_code ignored;
      std::filesystem::remove(path_, ignored);
    }
  }

 private:
  std::filesystem::path path_;
  std::string content_{};
};

void print_line(const std::string& line) { std::fprintf(stderr, "%s\n", line.c_str()); }

/// The allocator keeps a pool per thread otherwise, most of it never used again.
void keep_memory_small() { ::mallopt(M_ARENA_MAX, 2); }

/// What only the start has read is given back: freed blocks, and the pages of the data in the
/// program, which come back from its file when they are read again.
void give_back_memory() {
  ::malloc_trim(0);
  const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
  for (const auto files : {embedded_fixtures(), embedded_schemas()}) {
    for (const EmbeddedFile& file : files) {
      const auto begin = reinterpret_cast<std::uintptr_t>(file.content.data());
      const std::uintptr_t first = (begin + page - 1) / page * page;
      const std::uintptr_t last = (begin + file.content.size()) / page * page;
      if (first < last) {
        ::madvise(reinterpret_cast<void*>(first), last - first, MADV_DONTNEED);
      }
    }
  }
}

}  // namespace

int serve_command(const Arguments& arguments) {
  if (asks_for_help(arguments)) {
    std::fputs(serve_help().c_str(), stdout);
    return 0;
  }
  auto parsed = parse_serve_options(arguments);
  if (const auto* problem = std::get_if<std::string>(&parsed)) {
    return refuse(*problem);
  }
  ServeOptions& options = std::get<ServeOptions>(parsed);
  keep_memory_small();
  // A reader of the output that goes away does not end the simulator.
  std::signal(SIGPIPE, SIG_IGN);
  raise_descriptor_limit();
  sigset_t stop_signals;
  sigemptyset(&stop_signals);
  sigaddset(&stop_signals, SIGINT);
  sigaddset(&stop_signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &stop_signals, nullptr);

  options.simulator.log = &print_line;
  Simulator simulator{std::move(options.simulator)};
  if (const Started started = simulator.start(); !started) {
    return fail(started.problem());
  }
  ReadyFile ready{options.ready_file};
  if (const std::string problem = ready.publish(simulator.ready_json()); !problem.empty()) {
    return fail(problem);
  }
  if (const auto facts = read_ready_file(options.ready_file);
      const auto* known = std::get_if<ReadyFacts>(&facts)) {
    std::fputs(environment_block(*known).c_str(), stdout);
    std::fflush(stdout);
  }
  give_back_memory();
  int signal = 0;
  sigwait(&stop_signals, &signal);
  ready.withdraw();
  // Requests under way may still finish; whoever does not want to wait asks again.
  std::thread{[stop_signals] {
    int again = 0;
    sigwait(&stop_signals, &again);
    std::_Exit(kStoppedAtOnce);
  }}.detach();
  simulator.stop();
  return 0;
}

}  // namespace pcsim
