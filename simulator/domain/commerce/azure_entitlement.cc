#include "domain/commerce/azure_entitlement.h"

#include <array>
#include <string>

#include "domain/commerce/azure_state.h"
#include "domain/commerce/lifecycle.h"
#include "domain/rules.h"
#include "pcsim/operation.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

struct Facts {
  const AzureSubscription& azure;
  const EntitlementCaller& caller;
  std::string_view reason;
  bool running;
};

struct Rule {
  std::string_view name;
  ErrorCode error;
  bool (*broken)(const Facts&);
  std::string (*argument)(const Facts&);
};

bool lacks_rights(const Facts& facts) {
  constexpr std::uint32_t kNeeded = kAdminAgent | kGlobalAdmin;
  return facts.caller.is_user && (facts.caller.roles & kNeeded) != kNeeded;
}

std::string id_of(const Facts& facts) { return facts.azure.id; }
std::string reason_of(const Facts& facts) { return std::string{facts.reason}; }

constexpr std::array kCancelRules{
    Rule{"global administrator and admin agent", ErrorCode::InsufficientPrivileges, lacks_rights,
         id_of},
    Rule{"reason to cancel known", ErrorCode::CancellationReasonInvalid,
         [](const Facts& facts) { return !equal_ignoring_case(facts.reason, "compromise"); },
         reason_of},
};
constexpr std::array kReactivateRules{
    Rule{"global administrator and admin agent to reactivate",
         ErrorCode::EntitlementReactivationNotAllowed, lacks_rights, id_of},
    Rule{"cancelled before", ErrorCode::EntitlementReactivationNotPossible,
         [](const Facts& facts) { return facts.running; }, id_of},
};

template <class Rules>
Result<Done> judge(const Rules& rules, const Facts& facts, Trace* trace) {
  if (const auto* rule = first_broken(rules, facts, trace)) {
    return Error{rule->error, {rule->argument(facts)}, {}};
  }
  return Done{};
}

}  // namespace

void list_entitlement_rules(std::vector<RuleRow>& out) {
  list_rules("Azure subscription of a plan, cancelled", kCancelRules, out);
  list_rules("Azure subscription of a plan, reactivated", kReactivateRules, out);
}

Result<const AzureSubscription*> find_entitlement(const World& world,
                                                  const Subscription& subscription,
                                                  std::string_view id, Instant now) {
  const AzureSubscription* found = world.azure_subscriptions.find(lower(id));
  if (found == nullptr || plan_of(*found, now) != subscription.id || !azure_exists(*found, now)) {
    return Error{ErrorCode::AzureEntitlementNotFound, {std::string{id}}, {}};
  }
  return found;
}

Result<Done> cancel_entitlement(AzureSubscription& azure, const EntitlementCaller& caller,
                                std::string_view reason, const Env& env) {
  const Facts facts{azure, caller, reason, azure_active(azure, env.now, env.delay)};
  PCSIM_TRY(allowed, judge(kCancelRules, facts, env.trace));
  if (!azure.cancelled) {
    azure.cancelled = env.now;
  }
  return allowed;
}

Result<Done> reactivate_entitlement(AzureSubscription& azure, const EntitlementCaller& caller,
                                    const Env& env) {
  const Facts facts{azure, caller, {}, azure_active(azure, env.now, env.delay)};
  PCSIM_TRY(allowed, judge(kReactivateRules, facts, env.trace));
  azure.active = true;
  azure.cancelled.reset();
  return allowed;
}

}  // namespace pcsim
