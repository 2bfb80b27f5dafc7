#pragma once

#include <optional>
#include <string_view>

#include "domain/world.h"

namespace pcsim {

/// `instant` plus whole calendar months, the day clamped to the month's length.
Instant add_months(Instant instant, int months);

/// The midnight that ends the calendar month of `instant`.
Instant month_end(Instant instant);

/// The midnight that begins the day of `instant`.
Instant day_of(Instant instant);

/// Reads the date that begins a text such as `2024-03-02` or `2024-03-02T09:00:00Z`.
std::optional<Instant> parse_date(std::string_view text);

/// Months of a term such as `P1M`, `P1Y` or `P3Y`; 0 when it is none.
int months_of_term(std::string_view term);

}  // namespace pcsim
