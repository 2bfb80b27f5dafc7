#pragma once

#include <filesystem>

namespace pcsim {

/// How often to start, and what is still good; 0 for no bound.
struct StartupBounds {
  int runs = 50;
  double milliseconds = 0;
  double megabytes = 0;
};

/// Starts `binary` in empty folders and prints the time from the spawn to the first authenticated
/// answer over verified TLS, and the memory it holds when idle. The exit code: 0, or 1 when it
/// does not answer or a bound is broken.
int bench_startup(const std::filesystem::path& binary, const StartupBounds& bounds);

}  // namespace pcsim
