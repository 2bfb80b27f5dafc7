#include "domain/commerce/subscription.h"

#include <array>

#include "domain/access/role_assignments.h"
#include "domain/commerce/lifecycle.h"
#include "domain/rules.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

const Partner* partner_of(const World& world, const Customer& customer) {
  for (const auto& [tenant, partner] : world.partners) {
    if (lower(partner.domain) == customer.partner_key) {
      return &partner;
    }
  }
  return nullptr;
}

/// A rule on what may be registered for reservations; it sees the subscription as it stands.
struct RegistrationRule {
  std::string_view name;
  ErrorCode error;
  bool (*broken)(const Subscription&);
};

constexpr std::array kRegistrationRules{
    RegistrationRule{
        "registers no deleted subscription", ErrorCode::InvalidSubscription,
        [](const Subscription& one) { return one.status == SubscriptionStatus::Deleted; }},
    RegistrationRule{"registers an Azure subscription", ErrorCode::InvalidAzureSubscription,
                     [](const Subscription& one) {
                       return !one.azure_plan && !equal_ignoring_case(one.offer_id, "MS-AZR-0145P");
                     }},
    RegistrationRule{
        "registers an active subscription", ErrorCode::SubscriptionNotActive,
        [](const Subscription& one) { return one.status != SubscriptionStatus::Active; }},
};

}  // namespace

void list_registration_rules(std::vector<RuleRow>& out) {
  list_rules("Registration for reservations", kRegistrationRules, out);
}

bool registered(const Subscription& subscription, Instant now, Instant delay) {
  return subscription.registration_requested && now >= *subscription.registration_requested + delay;
}

std::string_view registration_status(const Subscription& subscription, Instant now, Instant delay) {
  if (!subscription.registration_requested) {
    return "NotRegistered";
  }
  return registered(subscription, now, delay) ? "Registered" : "Registering";
}

const Subscription* find_subscription(const World& world, std::string_view customer_id,
                                      std::string_view id, Instant now) {
  const Subscription* found = world.subscriptions.find(lower(id));
  return found == nullptr || found->customer_id != customer_id || found->visible_from > now
             ? nullptr
             : found;
}

Result<Done> register_subscription(Subscription& subscription, Instant now, Trace* trace) {
  if (const auto* rule = first_broken(kRegistrationRules, as_of(subscription, now), trace)) {
    return rule->error;
  }
  if (!subscription.registration_requested) {
    subscription.registration_requested = now;
  }
  return Done{};
}

void grant_administration(World& world, Env& env, const Customer& customer,
                          const std::string& azure_id) {
  if (const Partner* partner = partner_of(world, customer)) {
    assign_role(world, {env.ids.guid(), "/subscriptions/" + azure_id, std::string(kOwnerRole),
                        partner->admin_agents_group, "ForeignGroup", env.now});
  }
}

AzureSubscription& add_azure_subscription(World& world, Env& env, const Customer& customer,
                                          const std::string& plan_id, const std::string& id,
                                          const std::string& friendly_name) {
  grant_administration(world, env, customer, id);
  return world.azure_subscriptions.put(id, {id, customer.id, plan_id, friendly_name, true});
}

}  // namespace pcsim
