#include "store/throttle.h"

namespace pcsim {
namespace {

constexpr Instant kMinute = 60 * kSecond;

/// Buckets are few where clients behave; beyond this many, those of earlier minutes go.
constexpr std::size_t kMaxBuckets = 10'000;

}  // namespace

int Throttle::seconds_to_wait(const std::string& bucket, int limit, Instant now) {
  if (windows_.size() > kMaxBuckets) {
    std::erase_if(windows_, [&](const auto& row) { return row.second.start + kMinute <= now; });
  }
  Window& window = windows_[bucket];
  if (window.requests == 0 || window.start + kMinute <= now) {
    window = {now, 0};
  }
  ++window.requests;
  if (window.requests <= limit) {
    return 0;
  }
  return static_cast<int>((window.start + kMinute - now + kSecond - 1) / kSecond);
}

}  // namespace pcsim
