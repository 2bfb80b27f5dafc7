#pragma once

namespace pcsim {

/// Prints what universes cost: forks, resets, memory of ten thousand of them, and what moving a
/// clock tells. Returns the exit code: 1 when a bound is broken.
int bench_universes();

}  // namespace pcsim
