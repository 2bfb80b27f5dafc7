#pragma once

#include <nlohmann/json_fwd.hpp>

#include "domain/commerce/subscription_update.h"
#include "pcsim/result.h"

namespace pcsim {

/// Reads the body of a subscription's update, whole resource or some members; member names are in
/// lower case. `etag` is the one sent, empty when there was none. Error: 400 800002 for a date
/// that is none.
Result<SubscriptionChange> read_subscription_change(const nlohmann::json& body,
                                                    const Subscription& row,
                                                    const std::string& etag);

}  // namespace pcsim
