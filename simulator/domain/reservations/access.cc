#include "domain/reservations/access.h"

#include <algorithm>
#include <array>

#include "domain/rules.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

struct BuyerFacts {
  bool has_buying_role = false;
  bool permitted_or_agent = false;
};

struct BuyerRule {
  std::string_view name;
  bool (*broken)(const BuyerFacts&);
  bool about_role;  ///< otherwise about the partner's permission
};

constexpr std::array kBuyerRules{
    BuyerRule{"buyer-has-role", [](const BuyerFacts& f) { return !f.has_buying_role; }, true},
    BuyerRule{"partner-permits-customer", [](const BuyerFacts& f) { return !f.permitted_or_agent; },
              false},
};

/// What a missing permission of the partner may answer, beside AuthorizationFailed.
constexpr std::array kPermissionRefusals{
    ErrorCode::ArmForbidden, ErrorCode::ArmReservationOrderNotEnabled, ErrorCode::ArmBadRequest};

bool has_buying_role(const World& world, const Actor& actor, const std::string& scope) {
  return holds_role(world, actor, kOwnerRole, scope) ||
         holds_role(world, actor, kReservationPurchaserRole, scope);
}

}  // namespace

void list_buyer_rules(std::vector<RuleRow>& out) {
  list_rules("Buyer of a reservation", kBuyerRules, out);
}

bool acts_on_behalf(const World& world, const Actor& actor, const Customer& customer) {
  return std::any_of(world.partners.begin(), world.partners.end(), [&](const auto& entry) {
    const Partner& partner = entry.second;
    return equal_ignoring_case(partner.domain, customer.partner_key) &&
           !partner.admin_agents_group.empty() &&
           std::any_of(actor.groups.begin(), actor.groups.end(), [&](const std::string& group) {
             return equal_ignoring_case(group, partner.admin_agents_group);
           });
  });
}

bool self_service_allowed(const World& world, const Customer& customer) {
  return std::any_of(world.policies.begin(), world.policies.end(), [&](const auto& entry) {
    const SelfServePolicy& policy = entry.second;
    return equal_ignoring_case(policy.customer_id, customer.id) &&
           equal_ignoring_case(policy.partner_key, customer.partner_key) &&
           std::any_of(policy.permissions.begin(), policy.permissions.end(),
                       [](const SelfServePolicy::Permission& permission) {
                         return equal_ignoring_case(permission.resource,
                                                    "AzureReservedInstances") &&
                                equal_ignoring_case(permission.action, "Purchase");
                       });
  });
}

Result<AzureSubscription> subscription_of_caller(const World& world, const Actor& actor,
                                                 const std::string& subscription_id) {
  const AzureSubscription* found = world.azure_subscriptions.find(subscription_id);
  if (found == nullptr) {
    return Error{ErrorCode::ArmSubscriptionNotFound, {subscription_id}, {}};
  }
  if (!equal_ignoring_case(found->customer_id, actor.tenant_id) &&
      delegation_of(world, actor, subscription_id) == nullptr) {
    return Error{ErrorCode::ArmWrongIssuer, {actor.tenant_id, found->customer_id}, {}};
  }
  return *found;
}

Result<Done> may_purchase(const World& world, const Env& env, const Actor& actor,
                          const Customer& customer, const AzureSubscription& subscription) {
  const std::string scope = "/subscriptions/" + subscription.id;
  const bool permitted = self_service_allowed(world, customer);
  const bool agent = acts_on_behalf(world, actor, customer);
  const BuyerFacts facts{has_buying_role(world, actor, scope), permitted || agent};
  if (env.trace != nullptr) {
    env.trace->value("billing-scope", scope);
    env.trace->value("customer-purchase-permission", permitted ? "on" : "off");
    env.trace->value("acts-on-behalf", agent ? "yes" : "no");
  }
  const BuyerRule* rule = first_broken(kBuyerRules, facts, env.trace);
  if (rule == nullptr) {
    return Done{};
  }
  // The switch's words are codes on the wire; AuthorizationFailed is told like a missing role.
  const auto word = env.switches.chosen(Switch::CustomerPurchaseRefusal);
  for (const ErrorCode refusal : kPermissionRefusals) {
    if (!rule->about_role && word == error_row(refusal).code) {
      return Error{refusal, {subscription.id}, {}};
    }
  }
  const std::string action{env.switches.chosen(Switch::PurchaseAction)};
  return authorization_failed(actor, "Microsoft.Capacity/" + action, scope);
}

}  // namespace pcsim
