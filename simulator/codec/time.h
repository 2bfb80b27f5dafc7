#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/calendar.h"
#include "domain/world.h"

namespace pcsim {

/// ISO 8601 UTC with the fraction's trailing zeros cut: `2024-03-02T09:00:00.12Z`.
std::string to_iso(Instant instant);

/// `2024-03-02`.
std::string to_date(Instant instant);

/// The form of HTTP headers: `Fri, 11 Jan 2019 23:18:30 GMT`.
std::string to_http_date(Instant instant);

/// Reads a date, or a date and time with optional fraction and zone; UTC when no zone is given.
std::optional<Instant> parse_instant(std::string_view text);

}  // namespace pcsim
