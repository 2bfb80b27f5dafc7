#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/arm/scope_call.h"
#include "app/handlers.h"
#include "codec/arm/subscription_codec.h"
#include "domain/commerce/azure_creation.h"
#include "domain/commerce/azure_state.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using nlohmann::ordered_json;

ordered_json shown(const Call& call, const AzureSubscription& row) {
  SubscriptionView view{&row, azure_state(call.world, row, call.env.now, call.env.delay),
                        std::string{quota_id(call.world, row, call.env.now)}};
  for (const auto& [id, delegation] : call.world.delegations) {
    auto& tenants = view.managing_tenants;
    if (lower(delegation.subscription_id) == row.id &&
        std::find(tenants.begin(), tenants.end(), delegation.managing_tenant_id) == tenants.end()) {
      tenants.push_back(delegation.managing_tenant_id);
    }
  }
  return subscription_json(view);
}

Reply changed(const std::string& id) {
  return Reply{0, ordered_json{{"subscriptionId", id}}.dump(), {}};
}

}  // namespace

Result<Reply> handle_ArmListSubscriptions(const Call& call) {
  const Actor actor = actor_of(call);
  ordered_json values = ordered_json::array();
  for (const auto& [id, row] : call.world.azure_subscriptions) {
    if (azure_exists(row, call.env.now) &&
        azure_state(call.world, row, call.env.now, call.env.delay) != AzureState::Deleted &&
        sees_scope(call.world, actor, "/subscriptions/" + id)) {
      values.push_back(shown(call, row));
    }
  }
  return Reply{0, value_list(std::move(values)), {}};
}

Result<Reply> handle_ArmGetSubscription(const Call& call) {
  PCSIM_TRY(found, allowed_subscription(call, "Microsoft.Resources/subscriptions/read"));
  return Reply{0, shown(call, *found).dump(), {}};
}

Result<Reply> handle_ArmRenameSubscription(const Call& call) {
  PCSIM_TRY(found, allowed_subscription(call, "Microsoft.Subscription/rename/action"));
  PCSIM_TRY(writable, check_writable(call, scope_of(call)));
  static_cast<void>(writable);
  const std::string name = member_text(call.body, "subscriptionname");
  if (name.empty() || name.size() > 64) {
    return Error{ErrorCode::ArmInvalidRequestContent, {"subscriptionName"}, {}};
  }
  const std::string id = found->id;
  call.world.azure_subscriptions.edit(id)->friendly_name = name;
  // Under MS-AZR-0145P the order's subscription is the Azure subscription.
  if (call.world.subscriptions.find(id) != nullptr) {
    call.world.subscriptions.edit(id)->friendly_name = name;
  }
  return changed(id);
}

Result<Reply> handle_ArmCancelSubscription(const Call& call) {
  PCSIM_TRY(found, allowed_subscription(call, "Microsoft.Subscription/cancel/action"));
  const std::string id = found->id;
  PCSIM_TRY(done, cancel_azure_subscription(call.world, call.env, id));
  static_cast<void>(done);
  return changed(id);
}

Result<Reply> handle_ArmEnableSubscription(const Call& call) {
  PCSIM_TRY(found, allowed_subscription(call, "Microsoft.Subscription/enable/action"));
  const std::string id = found->id;
  PCSIM_TRY(done, enable_azure_subscription(call.world, call.env, id));
  static_cast<void>(done);
  return changed(id);
}

}  // namespace pcsim
