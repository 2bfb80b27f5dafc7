#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "domain/commerce/product_upgrade.h"

namespace pcsim {

/// Whether a customer can be upgraded, and the upgrade that already runs.
nlohmann::ordered_json upgrade_eligibility_json(const std::string& customer_id,
                                                const Result<Done>& verdict,
                                                const ProductUpgrade* running, Locale locale);

/// How far an upgrade is.
nlohmann::ordered_json upgrade_status_json(const ProductUpgrade& upgrade, Instant now);

}  // namespace pcsim
