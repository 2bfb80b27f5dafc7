#include "app/arm/scope_call.h"

#include <algorithm>
#include <utility>

#include "domain/commerce/azure_state.h"
#include "pcsim/text.h"

namespace pcsim {

std::string scope_of(const Call& call) {
  const auto given = call.path.find("scope");
  const auto id = call.path.find("subscriptionId");
  const std::string subscription =
      id == call.path.end() ? std::string{} : "/subscriptions/" + lower(id->second);
  if (given == call.path.end()) {
    return subscription;
  }
  return subscription.empty() ? given->second
                              : subscription + given->second.substr(subscription.size());
}

Result<Done> allow(const Call& call, std::string_view action, const std::string& scope) {
  const Actor actor = actor_of(call);
  if (const std::string id = subscription_in_scope(scope); !id.empty()) {
    PCSIM_TRY(found, subscription_of_caller(call.world, actor, id));
    if (!azure_exists(found, call.env.now)) {
      return Error{ErrorCode::ArmSubscriptionNotFound, {id}, {}};
    }
  }
  return authorise(call.world, actor, action, scope.empty() ? "/" : scope);
}

Result<const AzureSubscription*> allowed_subscription(const Call& call, std::string_view action) {
  PCSIM_TRY(allowed, allow(call, action, scope_of(call)));
  static_cast<void>(allowed);
  return call.world.azure_subscriptions.find(subscription_in_scope(scope_of(call)));
}

std::string directory_of(const Call& call, const std::string& scope) {
  const std::string tenant = tenant_of_scope(call.world, scope);
  return tenant.empty() ? lower(call.principal.tenant_id) : tenant;
}

Result<Done> check_writable(const Call& call, const std::string& scope) {
  const AzureSubscription* found =
      call.world.azure_subscriptions.find(subscription_in_scope(scope));
  if (found == nullptr) {
    return Done{};
  }
  const AzureState state = azure_state(call.world, *found, call.env.now, call.env.delay);
  if (state == AzureState::Disabled || state == AzureState::Deleted) {
    return Error{ErrorCode::ArmReadOnlyDisabledSubscription, {found->id}, {}};
  }
  return Done{};
}

Error resource_not_found(std::string name) {
  return {ErrorCode::ArmResourceNotFound, {std::move(name)}, {}};
}

bool since_version(const Call& call, std::string_view version) {
  return std::string_view{query_value(call, "api-version")}.substr(0, version.size()) >= version;
}

}  // namespace pcsim
