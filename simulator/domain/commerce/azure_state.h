#pragma once

#include <string_view>

#include "domain/world.h"

/// What a subscription of Azure is at a moment, by itself and by the plan it is under.
/// Source: docs/reference/arm.md#subscriptions.
namespace pcsim {

enum class AzureState { Enabled, Warned, PastDue, Disabled, Deleted };

/// Its state; a cancellation takes `delay`, and what was cancelled is kept for 90 days.
AzureState azure_state(const World& world, const AzureSubscription& azure, Instant now,
                       Instant delay);

/// The word of a state on the wire.
std::string_view azure_state_word(AzureState state);

/// Whether it has been created by then.
bool azure_exists(const AzureSubscription& azure, Instant now);

/// `NotRegistered`, `Registering` or `Registered` with a resource provider. What Partner Center
/// registered a plan for counts for Microsoft.Capacity.
std::string_view registration_with(const World& world, const AzureSubscription& azure,
                                   std::string_view provider, Instant now, Instant delay);

/// The quota a subscription has by what it is for. Source: Azure offers, quota ids.
std::string_view quota_id(const World& world, const AzureSubscription& azure, Instant now);

}  // namespace pcsim
