#include "domain/billing/calendar.h"

#include <chrono>

namespace pcsim {
namespace {

using Days = std::chrono::sys_days;
using Date = std::chrono::year_month_day;

Instant day_of(Instant at) {
  const Instant rest = at % kDay;
  return (at - (rest < 0 ? rest + kDay : rest)) / kDay;
}

Date date_of(Instant at) { return Date{Days{std::chrono::days{day_of(at)}}}; }

Instant start_of(Date date) {
  return static_cast<Instant>(Days{date}.time_since_epoch().count()) * kDay;
}

}  // namespace

Instant month_start(Instant at) {
  const Date date = date_of(at);
  return start_of(Date{date.year(), date.month(), std::chrono::day{1}});
}

Instant months_later(Instant at, int months) {
  Date date = date_of(at) + std::chrono::months{months};
  if (!date.ok()) {
    date = Date{Days{date.year() / date.month() / std::chrono::last}};
  }
  return start_of(date) + (at - day_of(at) * kDay);
}

}  // namespace pcsim
