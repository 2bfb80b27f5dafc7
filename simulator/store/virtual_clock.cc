#include "store/virtual_clock.h"

#include <array>
#include <utility>

namespace pcsim {
namespace {

constexpr std::int64_t kNormalRate = 1'000;
constexpr Instant kCentury = 36'525 * kDay;

constexpr std::array kModes{
    std::pair<std::string_view, ClockMode>{"real", ClockMode::Real},
    std::pair<std::string_view, ClockMode>{"frozen", ClockMode::Frozen},
    std::pair<std::string_view, ClockMode>{"scaled", ClockMode::Scaled},
    std::pair<std::string_view, ClockMode>{"stepped", ClockMode::Stepped},
};

constexpr std::array kUnits{
    std::pair<std::string_view, Instant>{"ms", kSecond / 1'000},
    std::pair<std::string_view, Instant>{"d", kDay},
    std::pair<std::string_view, Instant>{"h", 3'600 * kSecond},
    std::pair<std::string_view, Instant>{"m", 60 * kSecond},
    std::pair<std::string_view, Instant>{"s", kSecond},
};

/// `elapsed` at `rate` thousandths, without overflow on the way.
Instant scaled(Instant elapsed, std::int64_t rate) {
  const Instant whole = elapsed / kNormalRate;
  const Instant rest = elapsed % kNormalRate;
  return whole * rate + rest * rate / kNormalRate;
}

}  // namespace

Instant VirtualClock::now() const {
  switch (setting_.mode) {
    case ClockMode::Real:
      return wall_() + offset_;
    case ClockMode::Scaled:
      return setting_.at.value_or(0) + scaled(wall_() - anchor_, setting_.rate) + offset_;
    case ClockMode::Frozen:
    case ClockMode::Stepped:
      break;
  }
  return setting_.at.value_or(0) + offset_;
}

Instant VirtualClock::tick() {
  const Instant time = now();
  if (setting_.mode == ClockMode::Stepped) {
    offset_ += setting_.step;
  }
  return time;
}

void VirtualClock::set(const ClockSetting& setting) {
  const Instant start = setting.at.value_or(now());
  setting_ = setting;
  setting_.at = start;
  anchor_ = wall_();
  offset_ = setting.mode == ClockMode::Real ? start - anchor_ : 0;
}

ClockSetting VirtualClock::setting() const {
  ClockSetting present = setting_;
  present.at = now();
  return present;
}

std::string_view clock_mode_name(ClockMode mode) {
  for (const auto& [name, value] : kModes) {
    if (value == mode) {
      return name;
    }
  }
  return {};
}

std::optional<ClockMode> clock_mode_of(std::string_view name) {
  for (const auto& [word, value] : kModes) {
    if (word == name) {
      return value;
    }
  }
  return std::nullopt;
}

std::optional<Instant> parse_duration(std::string_view text) {
  Instant total = 0;
  bool any = false;
  while (!text.empty()) {
    Instant count = 0;
    std::size_t digits = 0;
    while (digits < text.size() && digits < 12 && text[digits] >= '0' && text[digits] <= '9') {
      count = count * 10 + (text[digits] - '0');
      ++digits;
    }
    text.remove_prefix(digits);
    const std::pair<std::string_view, Instant>* unit = nullptr;
    for (const auto& row : kUnits) {
      if (unit == nullptr && text.substr(0, row.first.size()) == row.first) {
        unit = &row;
      }
    }
    if (digits == 0 || unit == nullptr || count > kCentury / unit->second) {
      return std::nullopt;
    }
    text.remove_prefix(unit->first.size());
    total += count * unit->second;
    any = true;
    if (total > kCentury) {
      return std::nullopt;
    }
  }
  return any ? std::optional{total} : std::nullopt;
}

}  // namespace pcsim
