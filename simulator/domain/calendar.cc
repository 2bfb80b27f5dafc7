#include "domain/calendar.h"

#include <algorithm>
#include <chrono>

namespace pcsim {
namespace {

using std::chrono::year_month_day;
using Point = std::chrono::sys_time<std::chrono::microseconds>;

struct Parts {
  year_month_day date;
  Instant time_of_day;
};

Parts parts_of(Instant instant) {
  const Point point{std::chrono::microseconds{instant}};
  const auto day = std::chrono::floor<std::chrono::days>(point);
  return {year_month_day{day}, (point - day).count()};
}

Instant from_date(year_month_day date) {
  return Point{std::chrono::sys_days{date}}.time_since_epoch().count();
}

}  // namespace

Instant add_months(Instant instant, int months) {
  const auto [date, time] = parts_of(instant);
  const auto target = date.year() / date.month() + std::chrono::months{months};
  const auto last =
      std::chrono::year_month_day_last{target.year() / target.month() / std::chrono::last};
  const auto day = std::min(date.day(), last.day());
  return from_date(target / day) + time;
}

Instant month_end(Instant instant) {
  const auto date = parts_of(instant).date;
  return from_date((date.year() / date.month() + std::chrono::months{1}) / std::chrono::day{1});
}

Instant day_of(Instant instant) { return from_date(parts_of(instant).date); }

std::optional<Instant> parse_date(std::string_view text) {
  if (text.size() < 10 || text[4] != '-' || text[7] != '-' ||
      (text.size() > 10 && text[10] != 'T')) {
    return std::nullopt;
  }
  const auto number = [&](std::size_t at, std::size_t count) {
    int out = 0;
    for (const char c : text.substr(at, count)) {
      if (c < '0' || c > '9') {
        return -1;
      }
      out = out * 10 + (c - '0');
    }
    return out;
  };
  const int year = number(0, 4);
  const int month = number(5, 2);
  const int day = number(8, 2);
  if (year < 0 || month < 0 || day < 0) {
    return std::nullopt;
  }
  const year_month_day date{std::chrono::year{year},
                            std::chrono::month{static_cast<unsigned>(month)},
                            std::chrono::day{static_cast<unsigned>(day)}};
  return date.ok() ? std::optional{from_date(date)} : std::nullopt;
}

int months_of_term(std::string_view term) {
  int count = 0;
  if (term.size() < 3 || term.front() != 'P') {
    return 0;
  }
  for (const char c : term.substr(1, term.size() - 2)) {
    if (c < '0' || c > '9' || count > 99) {
      return 0;
    }
    count = count * 10 + (c - '0');
  }
  const char unit = term.back();
  return unit == 'Y' ? count * 12 : unit == 'M' ? count : 0;
}

}  // namespace pcsim
