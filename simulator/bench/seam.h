#pragma once

namespace pcsim {

/// Prints what it costs to turn the bytes of a request into those of an answer, once through our
/// framing and once through the HTTP library's `process_request` on a stream over memory, as the
/// median of alternating rounds. Returns the exit code.
int bench_seam();

}  // namespace pcsim
