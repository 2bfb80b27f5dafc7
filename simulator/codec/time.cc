#include "codec/time.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <limits>
#include <nlohmann/json.hpp>

namespace pcsim {
namespace {

using std::chrono::year_month_day;

struct Parts {
  year_month_day date;
  Instant time_of_day;
};

Parts parts_of(Instant instant) {
  const std::chrono::sys_time<std::chrono::microseconds> point{std::chrono::microseconds{instant}};
  const auto day = std::chrono::floor<std::chrono::days>(point);
  return {year_month_day{day}, (point - day).count()};
}

Instant from_date(year_month_day date) {
  return std::chrono::sys_time<std::chrono::microseconds>{std::chrono::sys_days{date}}
      .time_since_epoch()
      .count();
}

bool digits(std::string_view text, std::size_t at, std::size_t count, int& value) {
  if (at + count > text.size()) {
    return false;
  }
  value = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (text[i] < '0' || text[i] > '9') {
      return false;
    }
    value = value * 10 + (text[i] - '0');
  }
  return true;
}

std::optional<Instant> parse_zone(std::string_view zone) {
  if (zone.empty() || zone == "Z" || zone == "z") {
    return 0;
  }
  int hours = 0;
  int minutes = 0;
  if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-') || zone[3] != ':' ||
      !digits(zone, 1, 2, hours) || !digits(zone, 4, 2, minutes)) {
    return std::nullopt;
  }
  const Instant offset = (hours * 3600 + minutes * 60) * kSecond;
  return zone[0] == '+' ? offset : -offset;
}

}  // namespace

std::string to_http_date(Instant instant) {
  static constexpr std::array<const char*, 7> kDays{"Sun", "Mon", "Tue", "Wed",
                                                    "Thu", "Fri", "Sat"};
  static constexpr std::array<const char*, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  // Every answer carries the second it was given in, so the one before is most often the same.
  struct Written {
    Instant second;
    std::array<char, 40> text;
  };
  thread_local Written last{std::numeric_limits<Instant>::min(), {}};
  const Parts parts = parts_of(instant);
  const auto seconds = static_cast<int>(parts.time_of_day / kSecond);
  const Instant second = (instant - parts.time_of_day) / kSecond + seconds;
  if (second != last.second) {
    const std::chrono::weekday day{std::chrono::sys_days{parts.date}};
    std::snprintf(last.text.data(), last.text.size(), "%s, %02u %s %04d %02d:%02d:%02d GMT",
                  kDays.at(day.c_encoding()), static_cast<unsigned>(parts.date.day()),
                  kMonths.at(static_cast<unsigned>(parts.date.month()) - 1),
                  static_cast<int>(parts.date.year()), seconds / 3600, seconds / 60 % 60,
                  seconds % 60);
    last.second = second;
  }
  return last.text.data();
}

std::string to_date(Instant instant) {
  const auto date = parts_of(instant).date;
  std::array<char, 32> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return buffer.data();
}

std::string to_iso(Instant instant) {
  const Instant time = parts_of(instant).time_of_day;
  const auto seconds = static_cast<int>(time / kSecond);
  std::array<char, 48> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "T%02d:%02d:%02d.%06d", seconds / 3600,
                seconds / 60 % 60, seconds % 60, static_cast<int>(time % kSecond));
  std::string text = to_date(instant) + buffer.data();
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') {
    text.pop_back();
  }
  return text + "Z";
}

std::optional<Instant> parse_instant(std::string_view text) {
  int year = 0;
  int month = 0;
  int day = 0;
  if (!digits(text, 0, 4, year) || !digits(text, 5, 2, month) || !digits(text, 8, 2, day) ||
      text[4] != '-' || text[7] != '-') {
    return std::nullopt;
  }
  const year_month_day date{std::chrono::year{year},
                            std::chrono::month{static_cast<unsigned>(month)},
                            std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok()) {
    return std::nullopt;
  }
  Instant instant = from_date(date);
  if (text.size() == 10) {
    return instant;
  }
  int hour = 0;
  int minute = 0;
  int second = 0;
  if ((text[10] != 'T' && text[10] != ' ') || !digits(text, 11, 2, hour) ||
      !digits(text, 14, 2, minute) || !digits(text, 17, 2, second) || hour > 23 || minute > 59 ||
      second > 60) {
    return std::nullopt;
  }
  instant += (hour * 3600 + minute * 60 + second) * kSecond;
  std::size_t at = 19;
  if (at < text.size() && text[at] == '.') {
    Instant unit = kSecond / 10;
    for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, unit /= 10) {
      instant += (text[at] - '0') * unit;
    }
  }
  const auto zone = parse_zone(text.substr(at));
  return zone ? std::optional<Instant>{instant - *zone} : std::nullopt;
}

}  // namespace pcsim
