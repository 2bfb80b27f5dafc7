#include "domain/reservations/access.h"

#include <algorithm>
#include <array>

#include "domain/rules.h"

namespace pcsim {
namespace {

char lowered(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same(std::string_view left, std::string_view right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](char a, char b) { return lowered(a) == lowered(b); });
}

/// Whether a role definition id, bare or as a full path, names `role`.
bool names_role(std::string_view definition, std::string_view role) {
  return definition.size() >= role.size() &&
         same(definition.substr(definition.size() - role.size()), role);
}

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
  return std::any_of(world.role_assignments.begin(), world.role_assignments.end(),
                     [&](const auto& entry) {
                       const RoleAssignment& row = entry.second;
                       return (names_role(row.role_definition_id, kOwnerRole) ||
                               names_role(row.role_definition_id, kReservationPurchaserRole)) &&
                              actor.is(row.principal_id) && scope_covers(row.scope, scope);
                     });
}

}  // namespace

void list_buyer_rules(std::vector<RuleRow>& out) {
  list_rules("Buyer of a reservation", kBuyerRules, out);
}

bool Actor::is(std::string_view principal_id) const {
  return same(principal_id, object_id) ||
         std::any_of(groups.begin(), groups.end(),
                     [&](const std::string& group) { return same(group, principal_id); });
}

bool scope_covers(std::string_view outer, std::string_view inner) {
  while (!outer.empty() && outer.back() == '/') {
    outer.remove_suffix(1);
  }
  return outer.size() <= inner.size() && same(outer, inner.substr(0, outer.size())) &&
         (outer.size() == inner.size() || inner[outer.size()] == '/');
}

bool has_role_at(const World& world, const Actor& actor, const std::string& scope) {
  return std::any_of(world.role_assignments.begin(), world.role_assignments.end(),
                     [&](const auto& entry) {
                       const RoleAssignment& row = entry.second;
                       return actor.is(row.principal_id) && scope_covers(row.scope, scope);
                     });
}

bool sees_scope(const World& world, const Actor& actor, const std::string& scope) {
  return std::any_of(world.role_assignments.begin(), world.role_assignments.end(),
                     [&](const auto& entry) {
                       const RoleAssignment& row = entry.second;
                       return actor.is(row.principal_id) &&
                              (scope_covers(row.scope, scope) || scope_covers(scope, row.scope));
                     });
}

bool acts_on_behalf(const World& world, const Actor& actor, const Customer& customer) {
  return std::any_of(world.partners.begin(), world.partners.end(), [&](const auto& entry) {
    const Partner& partner = entry.second;
    return same(partner.domain, customer.partner_key) && !partner.admin_agents_group.empty() &&
           std::any_of(actor.groups.begin(), actor.groups.end(), [&](const std::string& group) {
             return same(group, partner.admin_agents_group);
           });
  });
}

bool self_service_allowed(const World& world, const Customer& customer) {
  return std::any_of(world.policies.begin(), world.policies.end(), [&](const auto& entry) {
    const SelfServePolicy& policy = entry.second;
    return same(policy.customer_id, customer.id) &&
           same(policy.partner_key, customer.partner_key) &&
           std::any_of(policy.permissions.begin(), policy.permissions.end(),
                       [](const SelfServePolicy::Permission& permission) {
                         return same(permission.resource, "AzureReservedInstances") &&
                                same(permission.action, "Purchase");
                       });
  });
}

Result<AzureSubscription> subscription_of_caller(const World& world, const Actor& actor,
                                                 const std::string& subscription_id) {
  const AzureSubscription* found = world.azure_subscriptions.find(subscription_id);
  if (found == nullptr) {
    return Error{ErrorCode::ArmSubscriptionNotFound, {subscription_id}, {}};
  }
  if (!same(found->customer_id, actor.tenant_id)) {
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

Error authorization_failed(const Actor& actor, std::string action, std::string scope) {
  return Error{ErrorCode::ArmAuthorizationFailed,
               {actor.name, actor.object_id, std::move(action), std::move(scope)},
               {}};
}

}  // namespace pcsim
