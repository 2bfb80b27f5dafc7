#pragma once

#include <string_view>
#include <vector>

#include "domain/rules.h"
#include "domain/world.h"
#include "pcsim/ports.h"
#include "pcsim/result.h"

/// Cancelling and reactivating the Azure subscriptions of a plan.
/// Source: docs/reference/commerce.md#azure-entitlements.
namespace pcsim {

/// Who asks: both need a global administrator who is an admin agent too. Applications act with
/// what the administrator consented to.
struct EntitlementCaller {
  bool is_user = false;
  std::uint32_t roles = 0;
};

/// The Azure subscription `id` under `subscription`. Error: 404 800111.
Result<const AzureSubscription*> find_entitlement(const World& world,
                                                  const Subscription& subscription,
                                                  std::string_view id, Instant now);

/// Asks for its cancellation; it runs on for a while. Errors: 403 900308, 400 900307.
Result<Done> cancel_entitlement(AzureSubscription& azure, const EntitlementCaller& caller,
                                std::string_view reason, const Env& env);

/// Lets it run again. Errors: 403 900335, 400 900337 when it was not cancelled.
Result<Done> reactivate_entitlement(AzureSubscription& azure, const EntitlementCaller& caller,
                                    const Env& env);

/// Appends the rules of both.
void list_entitlement_rules(std::vector<RuleRow>& out);

}  // namespace pcsim
