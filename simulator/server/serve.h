#pragma once

#include "server/options.h"

namespace pcsim {

/// Runs the simulator until SIGINT or SIGTERM. Returns the exit code.
int serve(const ServeOptions& options);

}  // namespace pcsim
