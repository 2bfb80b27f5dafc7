#include <link.h>
#include <malloc.h>
#include <pthread.h>
#include <sys/mman.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <thread>

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

/// Forgets the pages of code and constants of one loaded file: what is still used comes back from
/// the system's cache of that file.
int forget_code(dl_phdr_info* object, std::size_t, void* page_size) {
  const auto page = *static_cast<const std::uintptr_t*>(page_size);
  for (std::size_t i = 0; i < object->dlpi_phnum; ++i) {
    const ElfW(Phdr)& part = object->dlpi_phdr[i];
    if (part.p_type == PT_LOAD && (part.p_flags & PF_W) == 0) {
      const std::uintptr_t begin = object->dlpi_addr + part.p_vaddr;
      const std::uintptr_t first = (begin + page - 1) / page * page;
      const std::uintptr_t last = (begin + part.p_memsz) / page * page;
      if (first < last) {
        // NOLINTNEXTLINE(performance-no-int-to-ptr): the loader tells addresses as numbers.
        ::madvise(reinterpret_cast<void*>(first), last - first, MADV_DONTNEED);
      }
    }
  }
  return 0;
}

/// What only the start has used is given back: freed blocks, code, and data of the program.
void give_back_memory() {
  ::malloc_trim(0);
  auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
  ::dl_iterate_phdr(&forget_code, &page);
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
