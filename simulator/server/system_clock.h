#pragma once

#include "domain/world.h"

namespace pcsim {

/// The wall clock, the only one in the program. Microseconds since 1970.
Instant system_now();

}  // namespace pcsim
