#include "server/system_clock.h"

#include <chrono>

namespace pcsim {

Instant system_now() {
  return std::chrono::duration_cast<std::chrono::microseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

}  // namespace pcsim
