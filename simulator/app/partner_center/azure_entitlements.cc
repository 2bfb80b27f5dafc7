#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "app/audit.h"
#include "app/handlers.h"
#include "app/partner_center/commerce_scene.h"
#include "codec/partner_center/collection.h"
#include "codec/partner_center/subscription.h"
#include "domain/commerce/azure_entitlement.h"
#include "domain/commerce/azure_state.h"
#include "domain/commerce/lifecycle.h"

namespace pcsim {
namespace {

nlohmann::ordered_json shown(const Call& call, const AzureSubscription& azure) {
  return azure_entitlement_json(azure, azure_active(azure, call.env.now, call.env.delay),
                                plan_of(azure, call.env.now));
}

Result<const AzureSubscription*> entitlement_of(const Call& call) {
  PCSIM_TRY(subscription, subscription_of(call));
  return find_entitlement(call.world, *subscription, call.path.at("entitlementId"), call.env.now);
}

EntitlementCaller caller_of(const Call& call) {
  return {call.principal.is_user, call.principal.roles};
}

}  // namespace

Result<Reply> handle_ListAzureEntitlements(const Call& call) {
  PCSIM_TRY(subscription, subscription_of(call));
  auto items = nlohmann::ordered_json::array();
  for (const auto& [id, azure] : call.world.azure_subscriptions) {
    if (plan_of(azure, call.env.now) == subscription->id && azure_exists(azure, call.env.now)) {
      items.push_back(shown(call, azure));
    }
  }
  return Reply{0, partner_center::collection(items), {}};
}

Result<Reply> handle_GetAzureEntitlement(const Call& call) {
  PCSIM_TRY(azure, entitlement_of(call));
  return Reply{0, shown(call, *azure).dump(), {}};
}

// The page's table says POST where its text and the SDK say GET: both are answered.
Result<Reply> handle_PostAzureEntitlement(const Call& call) {
  return handle_GetAzureEntitlement(call);
}

Result<Reply> handle_CancelAzureEntitlement(const Call& call) {
  PCSIM_TRY(found, entitlement_of(call));
  if (!call.body.is_object() || call.body.empty()) {
    return ErrorCode::EntitlementCancellationContentRequired;
  }
  // The answer still shows what was: the cancellation takes a while.
  nlohmann::ordered_json before = shown(call, *found);
  AzureSubscription azure = *found;
  const std::string reason = partner_center::text_of(call.body, "cancellationreason");
  PCSIM_TRY(done, cancel_entitlement(azure, caller_of(call), reason, call.env));
  static_cast<void>(done);
  record_audit(call, "azure_entitlement", "undefined", &customer_of(call),
               {{"AzureEntitlementId", azure.id}}, before.dump());
  *call.world.azure_subscriptions.edit(azure.id) = azure;
  return Reply{0, before.dump(), {}};
}

Result<Reply> handle_ReactivateAzureEntitlement(const Call& call) {
  PCSIM_TRY(found, entitlement_of(call));
  AzureSubscription azure = *found;
  PCSIM_TRY(done, reactivate_entitlement(azure, caller_of(call), call.env));
  static_cast<void>(done);
  *call.world.azure_subscriptions.edit(azure.id) = azure;
  return Reply{};
}

}  // namespace pcsim
