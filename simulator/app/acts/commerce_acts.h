#pragma once

#include <optional>

#include "app/acts/acts.h"

/// What Microsoft and customers do about what is sold; rows of the table in acts.cc.
namespace pcsim {

/// `item`, `market`, `withdrawn`, `stock`, `updates`.
std::optional<ActRefusal> change_offer(const ActScene& scene);

/// `customerId`, `item`, `reason`; the reason `none` ends the holds on the item.
std::optional<ActRefusal> hold_purchases(const ActScene& scene);

/// `azureSubscriptionId`, `cores`.
std::optional<ActRefusal> change_quota(const ActScene& scene);

/// `subscriptionId`.
std::optional<ActRefusal> activate_service(const ActScene& scene);

}  // namespace pcsim
