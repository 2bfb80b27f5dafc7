#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "domain/instant.h"

namespace pcsim {

/// How a universe's time runs: with the wall clock, not at all, faster or slower than it, or by a
/// fixed step with every request.
enum class ClockMode { Real, Frozen, Scaled, Stepped };

/// A way for time to run. `at` is where it begins; the present when absent.
struct ClockSetting {
  ClockMode mode = ClockMode::Real;
  std::optional<Instant> at{};
  std::int64_t rate = 1'000;  ///< of a scaled clock: thousandths of a second per wall-clock second
  Instant step = kSecond;     ///< of a stepped clock: microseconds per request
};

/// The clock of one universe. Not thread-safe.
class VirtualClock {
 public:
  /// Gives microseconds since 1970; called from any thread.
  using WallClock = std::function<Instant()>;

  explicit VirtualClock(WallClock wall) : wall_(std::move(wall)) {}

  const WallClock& wall() const { return wall_; }

  /// What the time is, without moving it.
  Instant now() const;

  /// The time of a request; a stepped clock moves on afterwards.
  Instant tick();

  /// Moves time forward by `duration` microseconds.
  void advance(Instant duration) { offset_ += duration; }

  void set(const ClockSetting& setting);

  /// The present setting, whose `at` is the present time.
  ClockSetting setting() const;

 private:
  WallClock wall_;
  ClockSetting setting_{};
  Instant anchor_ = 0;  ///< the wall clock when the setting was made
  Instant offset_ = 0;  ///< what was advanced since; with the real clock, its distance
};

/// The word of a mode: `real`, `frozen`, `scaled` or `stepped`.
std::string_view clock_mode_name(ClockMode mode);

/// The mode of a word, or nothing.
std::optional<ClockMode> clock_mode_of(std::string_view name);

/// A duration such as `7d`, `36h`, `15m`, `90s`, `250ms` or `1d12h`, in microseconds; nothing when
/// `text` is none or longer than a century.
std::optional<Instant> parse_duration(std::string_view text);

}  // namespace pcsim
