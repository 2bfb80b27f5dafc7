#pragma once

#include <string>
#include <string_view>

#include "domain/rules.h"
#include "domain/world.h"
#include "pcsim/ports.h"
#include "pcsim/result.h"

namespace pcsim {

/// Whether reservations may be bought for `subscription`.
bool registered(const Subscription& subscription, Instant now, Instant delay);

/// `NotRegistered`, `Registering` or `Registered`.
std::string_view registration_status(const Subscription& subscription, Instant now, Instant delay);

/// The customer's subscription of that id, once it is visible; null otherwise.
const Subscription* find_subscription(const World& world, std::string_view customer_id,
                                      std::string_view id, Instant now);

/// Starts the registration; an ongoing or finished one stays as it is.
Result<Done> register_subscription(Subscription& subscription, Instant now, Trace* trace = nullptr);

/// Makes the partner's admin agents owners of an Azure subscription.
void grant_administration(World& world, Env& env, const Customer& customer,
                          const std::string& azure_id);

/// Adds an Azure subscription and the partner's owner assignment on it.
AzureSubscription& add_azure_subscription(World& world, Env& env, const Customer& customer,
                                          const std::string& plan_id, const std::string& id,
                                          const std::string& friendly_name);

/// Appends the rules of what is registered for reservations.
void list_registration_rules(std::vector<RuleRow>& out);

}  // namespace pcsim
