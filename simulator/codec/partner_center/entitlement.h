#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "domain/world.h"

namespace pcsim {

/// `legacy` gives the older contract, `virtualmachinereservedinstance`.
nlohmann::ordered_json entitlement_json(const Reservation& reservation, const std::string& kind,
                                        bool legacy, bool show_expiry);
nlohmann::ordered_json artifact_json(const Reservation& reservation, bool legacy, Instant now);

}  // namespace pcsim
