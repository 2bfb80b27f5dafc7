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

struct ActFacts {
  bool role_held = false, manages = false, guest = false, of_partner = false, customers_may = false;
};

struct ActRule {
  std::string_view name;
  bool (*broken)(const ActFacts&);
  ErrorCode error;
};

constexpr std::array kActRules{
    ActRule{"order-role-held", [](const ActFacts& f) { return !f.role_held; },
            ErrorCode::ArmAuthorizationFailed},
    ActRule{"guests-manage-nothing", [](const ActFacts& f) { return f.manages && f.guest; },
            ErrorCode::ArmChangeForbidden},
    ActRule{"partner-manages-reservations",
            [](const ActFacts& f) { return f.manages && !f.of_partner && !f.customers_may; },
            ErrorCode::ArmChangeForbidden},
};

/// Whether the caller is one of the partner's people: by group, home, or account.
bool is_of(const World& world, const Actor& actor, const Partner& partner) {
  const auto member = [&](const std::string& group) {
    return !group.empty() &&
           std::any_of(actor.groups.begin(), actor.groups.end(),
                       [&](const std::string& own) { return equal_ignoring_case(own, group); });
  };
  const User* user = world.users.find(actor.object_id);
  return member(partner.admin_agents_group) || member(partner.sales_agents_group) ||
         member(partner.helpdesk_agents_group) ||
         (!partner.tenant_id.empty() &&
          (equal_ignoring_case(actor.home_tenant, partner.tenant_id) ||
           equal_ignoring_case(actor.tenant_id, partner.tenant_id) ||
           (user != nullptr && equal_ignoring_case(user->tenant_id, partner.tenant_id))));
}

bool of_partner(const World& world, const Actor& actor, const Customer* customer) {
  return customer != nullptr &&
         std::any_of(world.partners.begin(), world.partners.end(), [&](const auto& entry) {
           return equal_ignoring_case(entry.second.domain, customer->partner_key) &&
                  is_of(world, actor, entry.second);
         });
}

}  // namespace

void list_buyer_rules(std::vector<RuleRow>& out) {
  list_rules("Buyer of a reservation", kBuyerRules, out);
  list_rules("Reservation order, by who acts", kActRules, out);
}

std::string order_scope(const std::string& order_id) {
  return "/providers/Microsoft.Capacity/reservationOrders/" + order_id;
}

Result<Done> may_act(const World& world, const Env& env, const Actor& actor,
                     const Reservation& reservation, OrderRight right, const std::string& action) {
  const std::string scope = order_scope(reservation.order_id);
  ActFacts facts;
  facts.manages = right == OrderRight::Manage;
  facts.guest = actor.is_guest;
  facts.of_partner = of_partner(world, actor, world.customers.find(lower(reservation.customer_id)));
  facts.customers_may = env.switches.is({Switch::CustomerChanges, "allowed"});
  const bool on_order = authorise(world, actor, action, scope).has_value();
  const bool on_subscription =
      facts.of_partner &&
      authorise(world, actor, action, "/subscriptions/" + reservation.billing_subscription_id)
          .has_value();
  facts.role_held = on_order || on_subscription;
  if (env.trace != nullptr) {
    env.trace->value("of-the-partner", facts.of_partner ? "yes" : "no");
  }
  const ActRule* rule = first_broken(kActRules, facts, env.trace);
  if (rule == nullptr) {
    return Done{};
  }
  return rule->error == ErrorCode::ArmAuthorizationFailed
             ? authorization_failed(actor, action, scope)
             : Error{rule->error, {reservation.order_id}, {}};
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
