#include "domain/commerce/azure_creation.h"

#include <algorithm>
#include <array>
#include <utility>

#include "domain/access/role_assignments.h"
#include "domain/commerce/azure_state.h"
#include "domain/commerce/lifecycle.h"
#include "domain/commerce/subscription.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

const Subscription* active_plan(const World& world, const Customer& customer, Instant now) {
  for (const auto& [id, row] : world.subscriptions) {
    if (row.customer_id == customer.id && row.azure_plan && row.visible_from <= now &&
        as_of(row, now).status == SubscriptionStatus::Active) {
      return &row;
    }
  }
  return nullptr;
}

struct CreationFacts {
  const World& world;
  const Customer& customer;
  const Subscription* plan;
};

struct CreationRule {
  std::string_view name;
  ErrorCode error;
  bool (*broken)(const CreationFacts&);
  std::vector<std::string> (*arguments)(const CreationFacts&);
};

constexpr std::array kCreationRules{
    CreationRule{"customer has an active Azure plan", ErrorCode::ArmAzurePlanMissing,
                 [](const CreationFacts& f) { return f.plan == nullptr; },
                 [](const CreationFacts& f) { return std::vector<std::string>{f.customer.id}; }},
    CreationRule{"fewer subscriptions than the limit", ErrorCode::ArmResourceLimitExceeded,
                 [](const CreationFacts& f) {
                   const auto& rows = f.world.azure_subscriptions;
                   return std::count_if(rows.begin(), rows.end(), [&](const auto& entry) {
                            return entry.second.customer_id == f.customer.id;
                          }) >= static_cast<std::ptrdiff_t>(kMaxSubscriptions);
                 },
                 [](const CreationFacts&) {
                   return std::vector<std::string>{std::to_string(kMaxSubscriptions),
                                                   "Microsoft.Subscription/subscriptions"};
                 }},
};

struct StateRule {
  std::string_view name;
  ErrorCode error;
  bool (*broken)(const AzureState&);
};

constexpr std::array kCancelRules{
    StateRule{"subscription runs", ErrorCode::ArmSubscriptionStateConflict,
              [](const AzureState& state) {
                return state != AzureState::Enabled && state != AzureState::PastDue;
              }},
};
constexpr std::array kEnableRules{
    StateRule{"subscription was cancelled", ErrorCode::ArmSubscriptionStateConflict,
              [](const AzureState& state) {
                return state != AzureState::Disabled && state != AzureState::Warned;
              }},
};

template <class Rules>
Result<Done> judge(const World& world, const Env& env, const std::string& id, const Rules& rules) {
  const AzureState state =
      azure_state(world, *world.azure_subscriptions.find(id), env.now, env.delay);
  if (const auto* rule = first_broken(rules, state, env.trace)) {
    return Error{rule->error, {id, std::string{azure_state_word(state)}}, {}};
  }
  return Done{};
}

/// The hexadecimal digits of an id in capitals.
std::string digits_of(const std::string& id) {
  std::string out;
  for (const char c : id) {
    if (c != '-') {
      out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
  }
  return out;
}

}  // namespace

void list_azure_creation_rules(std::vector<RuleRow>& out) {
  list_rules("New Azure subscription", kCreationRules, out);
  list_rules("Azure subscription cancelled", kCancelRules, out);
  list_rules("Azure subscription enabled", kEnableRules, out);
}

std::string alias_key(std::string_view tenant_id, std::string_view name) {
  return "alias|" + lower(tenant_id) + "|" + lower(name);
}

std::string creation_key(std::string_view operation_id) { return "order|" + lower(operation_id); }

std::string billing_account_name(const Partner& partner) {
  return partner.tenant_id + ":" + partner.admin_agents_group + "_2019-05-31";
}

std::string billing_profile_name(const Partner& partner) {
  const std::string digits = digits_of(partner.tenant_id);
  return digits.substr(0, 4) + "-" + digits.substr(4, 4) + "-" + digits.substr(8, 3) + "-" +
         digits.substr(digits.size() - 3);
}

std::optional<BillingScope> parse_billing_scope(std::string_view scope) {
  const std::string text = lower(scope);
  const auto parts = split(text, '/');
  // Before the first slash there is nothing, and a slash at the end is left out of account.
  const std::size_t size =
      parts.size() > 1 && parts.back().empty() ? parts.size() - 1 : parts.size();
  if (size != 7 || !parts[0].empty() || parts[1] != "providers" ||
      parts[2] != "microsoft.billing" || parts[3] != "billingaccounts" || parts[5] != "customers") {
    return std::nullopt;
  }
  return BillingScope{std::string{parts[4]}, std::string{parts[6]}};
}

Result<const AzureSubscription*> create_azure_subscription(World& world, Env& env,
                                                           const Customer& customer,
                                                           const WantedSubscription& wanted) {
  const CreationFacts facts{world, customer, active_plan(world, customer, env.now)};
  if (const CreationRule* rule = first_broken(kCreationRules, facts, env.trace)) {
    return Error{rule->error, rule->arguments(facts), {}};
  }
  AzureSubscription& row = add_azure_subscription(world, env, customer, facts.plan->id,
                                                  env.ids.guid(), wanted.display_name);
  row.workload = wanted.workload;
  row.reseller_id = wanted.reseller_id;
  row.created_by = wanted.created_by;
  row.created = env.now + env.delay;
  const std::string id = row.id;
  if (ManagementGroup* group = world.management_groups.edit(lower(wanted.management_group))) {
    group->subscriptions.push_back(id);
  }
  if (!wanted.owner_id.empty()) {
    assign_role(world, {env.ids.guid(), "/subscriptions/" + id, std::string{kOwnerRole},
                        wanted.owner_id, "User", env.now});
  }
  return world.azure_subscriptions.find(id);
}

Result<Done> cancel_azure_subscription(World& world, const Env& env, const std::string& id) {
  PCSIM_TRY(allowed, judge(world, env, id, kCancelRules));
  world.azure_subscriptions.edit(id)->cancelled = env.now;
  return allowed;
}

Result<Done> enable_azure_subscription(World& world, const Env& env, const std::string& id) {
  PCSIM_TRY(allowed, judge(world, env, id, kEnableRules));
  AzureSubscription& azure = *world.azure_subscriptions.edit(id);
  azure.active = true;
  azure.cancelled.reset();
  return allowed;
}

}  // namespace pcsim
