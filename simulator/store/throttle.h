#pragma once

#include <cstddef>
#include <map>
#include <string>

#include "domain/world.h"

namespace pcsim {

/// Counts requests a virtual minute, by partner and customer. Every request counts, refused ones
/// too. Source: docs/reference/protocol.md#throttling.
class Throttle {
 public:
  /// Counts a request of `bucket`; 0, or the seconds to wait when it is one more than `limit`.
  int seconds_to_wait(const std::string& bucket, int limit, Instant now);
  void clear() { windows_.clear(); }

 private:
  struct Window {
    Instant start = 0;
    int requests = 0;
  };
  std::map<std::string, Window> windows_{};
};

}  // namespace pcsim
