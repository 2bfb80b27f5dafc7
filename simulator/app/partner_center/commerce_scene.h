#pragma once

#include <nlohmann/json_fwd.hpp>

#include "app/call.h"
#include "domain/commerce/purchase.h"

namespace pcsim {

/// The customer the path names; the gateway has already checked that it exists.
const Customer& customer_of(const Call& call);

/// What the purchase rules look at for this call.
PurchaseScene scene_of(const Call& call, const Customer& customer);

/// The subscription the path names. Error: 404 20003.
Result<const Subscription*> subscription_of(const Call& call);

/// The subscription as a reply shows it now.
std::string shown_subscription(const Call& call, const Subscription& subscription);

/// Writes the activity log entry of a new order.
void record_order(const Call& call, const Customer& customer, const Order& order);

}  // namespace pcsim
