#include "app/acts/acts.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "app/acts/commerce_acts.h"
#include "app/acts/intake_acts.h"
#include "app/acts/reservation_acts.h"
#include "app/acts/support_acts.h"
#include "app/audit.h"
#include "codec/reference_data.h"
#include "domain/agreements/partner_agreement.h"
#include "domain/customers/relationship_change.h"
#include "domain/identity/identity.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using Outcome = std::optional<ActRefusal>;

std::string text(const ActScene& scene, const char* name) {
  return scene.parameters.value(name, std::string{});
}

ActRefusal unknown(const char* what, const std::string& id) {
  return {404, "there is no " + std::string{what} + " '" + id + "' in this universe"};
}

const Customer* customer_of(const ActScene& scene) {
  return scene.world.customers.find(lower(text(scene, "customerId")));
}

const Partner* partner_of(const ActScene& scene, const char* name) {
  return scene.world.partners.find(lower(text(scene, name)));
}

// ---- The customer ----

Outcome sign_agreement(const ActScene& scene) {
  const auto* customer = customer_of(scene);
  if (customer == nullptr) {
    return unknown("customer", text(scene, "customerId"));
  }
  if (customer->direct_signed) {
    return ActRefusal{409, "the customer has signed already"};
  }
  scene.world.customers.edit(customer->id)->direct_signed = true;
  return std::nullopt;
}

Outcome accept_invitation(const ActScene& scene) {
  const auto* customer = customer_of(scene);
  const auto* partner = partner_of(scene, "partnerId");
  if (customer == nullptr) {
    return unknown("customer", text(scene, "customerId"));
  }
  if (partner == nullptr) {
    return unknown("partner", text(scene, "partnerId"));
  }
  const std::string reseller_id = text(scene, "resellerId");
  const auto* reseller = partner_of(scene, "resellerId");
  if (!reseller_id.empty() && reseller == nullptr) {
    return unknown("partner", reseller_id);
  }
  const Acceptance acceptance{*customer, *partner, reseller,
                              scene.parameters.value("delegatedAccess", false)};
  const auto refusal = accept_relationship(scene.world, acceptance, scene.env.trace);
  if (!refusal.empty()) {
    return ActRefusal{409, std::string{refusal}};
  }
  AuditRecord record;
  record.partner_key = partner_key_of(*partner);
  record.customer_id = customer->id;
  record.customer_name = customer->company_name;
  record.resource_type = "partner_customer_relationship";
  record.operation_type = "reseller_relationship_accepted_by_customer";
  append_audit(scene.world, scene.env.now, std::move(record));
  return std::nullopt;
}

// ---- Microsoft ----

constexpr std::array<std::pair<std::string_view, AccountStatus>, 6> kStatuses{{
    {"Allowed", AccountStatus::Allowed},
    {"UnderReview", AccountStatus::UnderReview},
    {"NotAllowed", AccountStatus::NotAllowed},
    {"Unknown", AccountStatus::Unknown},
    {"Not Ready", AccountStatus::NotReady},
    {"None", AccountStatus::None},
}};

Outcome vet_account(const ActScene& scene) {
  const auto* customer = customer_of(scene);
  if (customer == nullptr) {
    return unknown("customer", text(scene, "customerId"));
  }
  const auto word = text(scene, "status");
  const auto* row = std::find_if(kStatuses.begin(), kStatuses.end(),
                                 [&](const auto& known) { return known.first == word; });
  if (row == kStatuses.end()) {
    return ActRefusal{400,
                      "status must be Allowed, UnderReview, NotAllowed, Unknown, Not Ready "
                      "or None"};
  }
  Customer& vetted = *scene.world.customers.edit(customer->id);
  vetted.account_status = row->second;
  vetted.account_reviewed = scene.env.now;
  return std::nullopt;
}

Outcome lock_account(const ActScene& scene) {
  const auto* customer = customer_of(scene);
  if (customer == nullptr) {
    return unknown("customer", text(scene, "customerId"));
  }
  scene.world.customers.edit(customer->id)->locked = scene.parameters.value("locked", true);
  return std::nullopt;
}

Outcome change_programme(const ActScene& scene) {
  const auto* partner = partner_of(scene, "partnerId");
  if (partner == nullptr) {
    return unknown("partner", text(scene, "partnerId"));
  }
  scene.world.partners.edit(partner->tenant_id)->programme_active =
      scene.parameters.value("active", true);
  return std::nullopt;
}

Outcome ask_for_agreement(const ActScene& scene) {
  const auto* partner = partner_of(scene, "partnerId");
  if (partner == nullptr) {
    return unknown("partner", text(scene, "partnerId"));
  }
  Partner& asked = *scene.world.partners.edit(partner->tenant_id);
  asked.agreement_signed = false;
  asked.agreement_regions.clear();
  return std::nullopt;
}

// ---- Partners ----

bool is_region(const MarketTable& markets, const std::string& region) {
  return !region.empty() &&
         std::any_of(markets.rows().begin(), markets.rows().end(),
                     [&](const Market& market) { return market.csp_region == region; });
}

Outcome sign_partner_agreement(const ActScene& scene) {
  const auto* partner = partner_of(scene, "partnerId");
  if (partner == nullptr) {
    return unknown("partner", text(scene, "partnerId"));
  }
  const auto& markets = scene.reference.markets;
  const auto own = csp_region_of(markets, partner->country);
  const auto region = scene.parameters.value("region", own);
  if (!is_region(markets, region)) {
    return ActRefusal{400, "there is no CSP region '" + region + "'"};
  }
  if (signed_agreement(*partner, region, markets)) {
    return ActRefusal{409, "the partner has signed for this region already"};
  }
  Partner& signing = *scene.world.partners.edit(partner->tenant_id);
  // An empty list stands for the own region, which stays signed beside the new one.
  if (signing.agreement_signed && signing.agreement_regions.empty()) {
    signing.agreement_regions.push_back(own);
  }
  signing.agreement_signed = true;
  signing.agreement_regions.push_back(region);
  return std::nullopt;
}

// ---- Administrators ----

Outcome revoke_sessions(const ActScene& scene) {
  const auto name = text(scene, "userPrincipalName");
  const User* user = find_user(scene.world, name);
  if (user == nullptr) {
    return unknown("user", name);
  }
  scene.world.users.edit(lower(user->id))->sessions_end = scene.env.now;
  return std::nullopt;
}

// ---- The table ----

constexpr ActParameter kCustomer{"customerId", ActType::Text, true, "tenant of the customer"};
constexpr ActParameter kPartner{"partnerId", ActType::Text, true, "tenant of the partner"};

constexpr std::array kOfCustomer{kCustomer};
constexpr std::array kOfPartner{kPartner};
constexpr std::array kAcceptance{
    kCustomer, kPartner,
    ActParameter{"resellerId", ActType::Text, false, "tenant of the reseller it buys through"},
    ActParameter{"delegatedAccess", ActType::Flag, false, "whether the partner administers it"}};
constexpr std::array kVetting{
    kCustomer, ActParameter{"status", ActType::Text, true,
                            "Allowed, UnderReview, NotAllowed, Unknown, Not Ready or None"}};
constexpr std::array kLocking{
    kCustomer, ActParameter{"locked", ActType::Flag, true, "whether nobody may buy for it"}};
constexpr std::array kProgramme{
    kPartner, ActParameter{"active", ActType::Flag, true, "whether its membership is active"}};
constexpr std::array kSigning{
    kPartner, ActParameter{"region", ActType::Text, false, "CSP region, its own unless given"}};

constexpr std::array kOffer{
    ActParameter{"item", ActType::Text, true, "product, product:sku, catalogue item or old offer"},
    ActParameter{"market", ActType::Text, false, "two letters, every market unless given"},
    ActParameter{"withdrawn", ActType::Flag, false, "whether it is no longer sold"},
    ActParameter{"stock", ActType::Text, false, "units that are left, as digits"},
    ActParameter{"updates", ActType::Text, false, "allowed, paused or refused"}};
constexpr std::array kHold{
    kCustomer, ActParameter{"item", ActType::Text, false, "catalogue item, any unless given"},
    ActParameter{"reason", ActType::Text, true, "none, or why it is held, as in a world file"}};
constexpr std::array kQuota{
    ActParameter{"azureSubscriptionId", ActType::Text, true, "the Azure subscription"},
    ActParameter{"cores", ActType::Text, true, "vCPU quota, as digits"}};
constexpr ActParameter kAzure{"azureSubscriptionId", ActType::Text, true, "the Azure subscription"};
constexpr std::array kElsewhere{
    kCustomer, ActParameter{"azureSubscriptionId", ActType::Text, true, "a new id for it"},
    ActParameter{"billedBy", ActType::Text, true,
                 "direct, enterprise or the domain of a partner who sells"},
    ActParameter{"ownerId", ActType::Text, false, "object id of a user who owns it"},
    ActParameter{"synchronised", ActType::Flag, false, "whether the systems behind have it"}};
constexpr std::array kReserving{
    kAzure, ActParameter{"ownerId", ActType::Text, false, "object id of a user who owns it"}};
constexpr std::array kIntake{
    kAzure, ActParameter{"planId", ActType::Text, true, "the customer's Azure plan"}};
constexpr std::array kActivation{
    ActParameter{"subscriptionId", ActType::Text, true, "the service's subscription"}};

constexpr std::array kTicket{
    ActParameter{"ticketId", ActType::Text, true, "the ticket's sixteen digits"},
    ActParameter{"quantity", ActType::Text, false, "units to return, as digits; all unless given"},
    ActParameter{"exchangeFor", ActType::Text, false, "SKU of the reservation taken in exchange"},
    ActParameter{"location", ActType::Text, false, "its region, the same unless given"},
    ActParameter{"term", ActType::Text, false, "its term, the same unless given"},
    ActParameter{"cores", ActType::Text, false, "vCPU quota, as the ticket asks unless given"}};

constexpr std::array kOfUser{
    ActParameter{"userPrincipalName", ActType::Text, true, "who has to sign in again"}};

constexpr std::array kInstances{
    ActParameter{"azureSubscriptionId", ActType::Text, true, "the Azure subscription"},
    ActParameter{"resourceGroup", ActType::Text, false, "default unless given"},
    ActParameter{"skuName", ActType::Text, true, "size, such as Standard_B1s"},
    ActParameter{"location", ActType::Text, true, "region, such as westus"},
    ActParameter{"instances", ActType::Text, true, "how many, as digits; 0 stops them"}};
constexpr std::array kDiscount{
    kPartner, ActParameter{"discount", ActType::Text, true, "0.15 for 15 percent"}};
constexpr std::array kPrice{
    ActParameter{"customerId", ActType::Text, false, "tenant of the customer, all unless given"},
    ActParameter{"skuName", ActType::Text, true, "size, such as Standard_B1s"},
    ActParameter{"location", ActType::Text, true, "region, such as westus"},
    ActParameter{"term", ActType::Text, true, "P1Y or P3Y"},
    ActParameter{"currency", ActType::Text, true, "three letters"},
    ActParameter{"amount", ActType::Text, true, "for one unit, such as 70.00"}};

constexpr std::array<Act, 19> kActs{{
    {"customer-signs-agreement", kOfCustomer,
     "the customer accepts the Microsoft Customer Agreement in its admin center", sign_agreement},
    {"customer-accepts-relationship", kAcceptance,
     "the customer accepts the invitation of a partner who sells", accept_invitation},
    {"microsoft-vets-account", kVetting, "Microsoft decides on the customer's account",
     vet_account},
    {"microsoft-locks-account", kLocking, "Microsoft locks or unlocks the customer's account",
     lock_account},
    {"microsoft-changes-programme", kProgramme,
     "Microsoft ends or restores a partner's membership in the programme", change_programme},
    {"microsoft-asks-for-agreement", kOfPartner,
     "a new Microsoft Partner Agreement: the partner has not signed it", ask_for_agreement},
    {"partner-signs-agreement", kSigning, "the partner signs the Microsoft Partner Agreement",
     sign_partner_agreement},
    {"microsoft-changes-offer", kOffer,
     "Microsoft withdraws an offer, limits its stock or stops changes of its subscriptions",
     change_offer},
    {"microsoft-holds-purchases", kHold, "Microsoft keeps a customer from buying", hold_purchases},
    {"microsoft-changes-quota", kQuota, "Microsoft grants or takes vCPUs", change_quota},
    {"customer-activates-service", kActivation, "the customer activates a marketplace service",
     activate_service},
    {"customer-subscribes-elsewhere", kElsewhere,
     "the customer has an Azure subscription that its partner does not bill", subscribe_elsewhere},
    {"customer-reserves-elsewhere", kReserving,
     "a reservation is bought for such a subscription, outside of the programme",
     reserve_elsewhere},
    {"customer-moves-subscription", kIntake,
     "a direct or enterprise subscription moves under the customer's plan, its reservations stay",
     move_subscription},
    {"administrator-revokes-sessions", kOfUser,
     "an administrator ends a user's sessions: earlier refresh tokens are revoked",
     revoke_sessions},
    {"resolve_ticket", kTicket,
     "Microsoft resolves a support ticket: it returns or exchanges the reservation or raises the "
     "quota the ticket is about, and closes it",
     resolve_support_ticket},
    {"customer-runs-instances", kInstances,
     "machines of a size run from now on, in place of others", run_instances},
    {"microsoft-grants-discount", kDiscount,
     "reservations cost the partner less than the list says", grant_discount},
    {"partner-sets-price", kPrice, "what the partner asks of its customers for a reservation",
     set_resale_price},
}};

/// What is wrong with one parameter, or an empty text.
std::string problem_of(const Act& act, const std::string& name, const nlohmann::json& value) {
  const auto row =
      std::find_if(act.parameters.begin(), act.parameters.end(),
                   [&](const ActParameter& parameter) { return parameter.name == name; });
  if (row == act.parameters.end()) {
    return std::string{act.name} + " has no parameter '" + name + "'";
  }
  if (row->type == ActType::Text ? !value.is_string() : !value.is_boolean()) {
    return name + " must be " + (row->type == ActType::Text ? "a string" : "true or false");
  }
  return {};
}

std::string problem_of(const Act& act, const nlohmann::json& parameters) {
  if (!parameters.is_object()) {
    return "the body must be a JSON object with the parameters of the act";
  }
  for (const auto& [name, value] : parameters.items()) {
    if (auto problem = problem_of(act, name, value); !problem.empty()) {
      return problem;
    }
  }
  for (const ActParameter& parameter : act.parameters) {
    if (parameter.required && !parameters.contains(parameter.name)) {
      return std::string{parameter.name} + " is missing: " + std::string{parameter.meaning};
    }
  }
  return {};
}

}  // namespace

std::span<const Act> acts() { return kActs; }

std::optional<ActRefusal> perform_act(const Act& act, const ActScene& scene) {
  if (auto problem = problem_of(act, scene.parameters); !problem.empty()) {
    return ActRefusal{400, std::move(problem)};
  }
  return act.perform(scene);
}

}  // namespace pcsim
