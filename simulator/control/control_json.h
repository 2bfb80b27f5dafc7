#pragma once

#include <nlohmann/json_fwd.hpp>

#include "store/exchange.h"
#include "store/virtual_clock.h"

/// Shapes that several calls of the steering interface answer.
namespace pcsim {

nlohmann::ordered_json clock_json(const ClockSetting& setting);

/// An exchange as the journal tells it.
nlohmann::ordered_json exchange_json(const Exchange& exchange);

}  // namespace pcsim
