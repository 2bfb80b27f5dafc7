#pragma once

#include <optional>

#include "app/acts/acts.h"

/// What customers, partners and Microsoft do about reservations; rows of the table in acts.cc.
namespace pcsim {

/// `azureSubscriptionId`, `resourceGroup`, `skuName`, `location`, `instances`.
std::optional<ActRefusal> run_instances(const ActScene& scene);

/// `partnerId`, `discount`.
std::optional<ActRefusal> grant_discount(const ActScene& scene);

/// `customerId`, `skuName`, `location`, `term`, `currency`, `amount`.
std::optional<ActRefusal> set_resale_price(const ActScene& scene);

}  // namespace pcsim
