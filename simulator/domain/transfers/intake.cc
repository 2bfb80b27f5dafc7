#include "domain/transfers/intake.h"

#include <array>

#include "domain/commerce/subscription.h"
#include "domain/rules.h"

namespace pcsim {
namespace {

constexpr std::array<IntakeRule, 4> kRules{{
    {"billed outside of the programme", "the subscription is in the programme already",
     [](const Intake& i) { return i.azure.billed_by.empty(); }},
    {"billed to the customer itself", "another partner bills it, who hands it over by a transfer",
     [](const Intake& i) {
       return i.azure.billed_by != "direct" && i.azure.billed_by != "enterprise";
     }},
    {"taken in under the customer's plan", "the subscription is no Azure plan of this customer",
     [](const Intake& i) {
       return !i.plan.azure_plan || i.plan.customer_id != i.azure.customer_id;
     }},
    {"taken in under an active plan", "the Azure plan is not active",
     [](const Intake& i) { return i.plan.status != SubscriptionStatus::Active; }},
}};

}  // namespace

std::span<const IntakeRule> intake_rules() { return kRules; }

std::string_view check_intake(const Intake& intake, Trace* trace) {
  const auto* broken = first_broken(intake_rules(), intake, trace);
  return broken == nullptr ? std::string_view{} : broken->refusal;
}

void take_in(World& world, Env& env, const std::string& azure_id, const std::string& plan_id) {
  AzureSubscription& azure = *world.azure_subscriptions.edit(azure_id);
  azure.billed_by.clear();
  azure.plan_id = plan_id;
  if (const Customer* customer = world.customers.find(azure.customer_id)) {
    grant_administration(world, env, *customer, azure_id);
  }
}

}  // namespace pcsim
