#pragma once

#include "domain/world.h"

namespace pcsim {

/// The first moment of the calendar month `at` lies in.
Instant month_start(Instant at);

/// `at` some calendar months later; the day is clamped to the month's length.
Instant months_later(Instant at, int months);

}  // namespace pcsim
