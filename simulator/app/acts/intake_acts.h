#pragma once

#include <optional>

#include "app/acts/acts.h"

/// What customers have outside of the programme, and bring into it; rows of the table in acts.cc.
namespace pcsim {

/// `customerId`, `azureSubscriptionId`, `billedBy`, `ownerId`, `synchronised`.
std::optional<ActRefusal> subscribe_elsewhere(const ActScene& scene);

/// `azureSubscriptionId`, `ownerId`.
std::optional<ActRefusal> reserve_elsewhere(const ActScene& scene);

/// `azureSubscriptionId`, `planId`.
std::optional<ActRefusal> move_subscription(const ActScene& scene);

}  // namespace pcsim
