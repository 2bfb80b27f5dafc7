#include "domain/commerce/azure_state.h"

#include <algorithm>

#include "domain/commerce/lifecycle.h"
#include "domain/commerce/subscription.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

constexpr Instant kKeptDays = 90;

AzureState state_under(SubscriptionStatus status) {
  switch (status) {
    case SubscriptionStatus::Active:
      return AzureState::Enabled;
    case SubscriptionStatus::Expired:
      return AzureState::PastDue;
    case SubscriptionStatus::Suspended:
    case SubscriptionStatus::Disabled:
      return AzureState::Disabled;
    case SubscriptionStatus::Deleted:
      return AzureState::Deleted;
  }
  return AzureState::Enabled;
}

}  // namespace

AzureState azure_state(const World& world, const AzureSubscription& azure, Instant now,
                       Instant delay) {
  if (azure.cancelled && now >= *azure.cancelled + kKeptDays * kDay) {
    return AzureState::Deleted;
  }
  const Subscription* plan = world.subscriptions.find(plan_of(azure, now));
  const AzureState under =
      plan == nullptr ? AzureState::Enabled : state_under(as_of(*plan, now).status);
  if (under != AzureState::Deleted && !azure_active(azure, now, delay)) {
    return AzureState::Disabled;
  }
  // Until a cancellation has its effect the subscription is warned of it.
  return under == AzureState::Enabled && azure.cancelled ? AzureState::Warned : under;
}

std::string_view azure_state_word(AzureState state) {
  switch (state) {
    case AzureState::Enabled:
      return "Enabled";
    case AzureState::Warned:
      return "Warned";
    case AzureState::PastDue:
      return "PastDue";
    case AzureState::Disabled:
      return "Disabled";
    case AzureState::Deleted:
      return "Deleted";
  }
  return {};
}

bool azure_exists(const AzureSubscription& azure, Instant now) {
  return !azure.created || *azure.created <= now;
}

std::string_view registration_with(const World& world, const AzureSubscription& azure,
                                   std::string_view provider, Instant now, Instant delay) {
  if (std::any_of(azure.namespaces.begin(), azure.namespaces.end(),
                  [&](const std::string& name) { return equal_ignoring_case(name, provider); })) {
    return "Registered";
  }
  const Subscription* plan = world.subscriptions.find(plan_of(azure, now));
  return equal_ignoring_case(provider, "Microsoft.Capacity") && plan != nullptr
             ? registration_status(*plan, now, delay)
             : "NotRegistered";
}

std::string_view quota_id(const World& world, const AzureSubscription& azure, Instant now) {
  const Subscription* plan = world.subscriptions.find(plan_of(azure, now));
  if (plan != nullptr && plan->partner_shared_services) {
    return "CSP_MG_2017-12-01";
  }
  return equal_ignoring_case(azure.workload, "DevTest") ? "CSPDEVTEST_2018-05-01"
                                                        : "CSP_2015-05-01";
}

}  // namespace pcsim
