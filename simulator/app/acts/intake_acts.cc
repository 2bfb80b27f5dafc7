#include "app/acts/intake_acts.h"

#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "codec/reference_data.h"
#include "domain/access/role_assignments.h"
#include "domain/commerce/lifecycle.h"
#include "domain/customers/relationships.h"
#include "domain/reservations/access.h"
#include "domain/transfers/intake.h"
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

/// Refuses an owner who is no user of the customer's tenant; without one nobody owns it.
Outcome wrong_owner(const ActScene& scene, const std::string& customer_id) {
  const std::string id = text(scene, "ownerId");
  const User* owner = scene.world.users.find(lower(id));
  return id.empty() || (owner != nullptr && lower(owner->tenant_id) == customer_id)
             ? Outcome{}
             : Outcome{unknown("user of the customer", id)};
}

void own(const ActScene& scene, const std::string& scope) {
  if (const std::string id = lower(text(scene, "ownerId")); !id.empty()) {
    assign_role(scene.world,
                {scene.env.ids.guid(), scope, std::string{kOwnerRole}, id, "User", scene.env.now});
  }
}

bool sells(const Partner* partner) {
  return partner != nullptr && partner->kind != PartnerKind::IndirectReseller;
}

}  // namespace

Outcome subscribe_elsewhere(const ActScene& scene) {
  const Customer* customer = scene.world.customers.find(lower(text(scene, "customerId")));
  if (customer == nullptr) {
    return unknown("customer", text(scene, "customerId"));
  }
  AzureSubscription azure;
  azure.id = lower(text(scene, "azureSubscriptionId"));
  azure.customer_id = customer->id;
  azure.billed_by = lower(text(scene, "billedBy"));
  azure.friendly_name = "Azure subscription 1";
  azure.sync_complete = scene.parameters.value("synchronised", true);
  if (!is_guid(azure.id)) {
    return ActRefusal{400, "azureSubscriptionId must be a GUID"};
  }
  if (scene.world.azure_subscriptions.find(azure.id) != nullptr) {
    return ActRefusal{409, "there is an Azure subscription of this id already"};
  }
  const bool own_agreement = azure.billed_by == "direct" || azure.billed_by == "enterprise";
  if (!own_agreement && !sells(partner_of_key(scene.world, azure.billed_by))) {
    return ActRefusal{400, "billedBy must be direct, enterprise or a selling partner's domain"};
  }
  if (azure.billed_by == lower(customer->partner_key)) {
    return ActRefusal{409, "the customer's own partner sells it under a plan or an offer"};
  }
  if (Outcome refused = wrong_owner(scene, customer->id)) {
    return refused;
  }
  own(scene, "/subscriptions/" + azure.id);
  const std::string id = azure.id;
  scene.world.azure_subscriptions.put(id, std::move(azure));
  return std::nullopt;
}

Outcome reserve_elsewhere(const ActScene& scene) {
  const std::string id = lower(text(scene, "azureSubscriptionId"));
  const AzureSubscription* azure = scene.world.azure_subscriptions.find(id);
  if (azure == nullptr) {
    return unknown("Azure subscription", id);
  }
  if (azure->billed_by.empty()) {
    return ActRefusal{409, "the customer's partner bills it and sells its reservations"};
  }
  if (Outcome refused = wrong_owner(scene, azure->customer_id)) {
    return refused;
  }
  const CatalogueItem item = scene.reference.catalogue.reservation("Standard_B1s", "eastus", "P1Y",
                                                                   ReservationScope::AzurePlan);
  if (item.sku == nullptr) {
    return ActRefusal{409, "the price list has no reservation to buy"};
  }
  Reservation bought;
  bought.order_id = scene.env.ids.guid();
  bought.reservation_id = scene.env.ids.guid();
  bought.customer_id = azure->customer_id;
  bought.product_id = item.product->id;
  bought.sku_id = item.sku->id;
  bought.sku_name = item.sku->arm_sku_name;
  bought.location = item.sku->arm_region;
  bought.term = item.sku->term;
  bought.quantity = 1;
  bought.display_name = item.sku->title;
  bought.scope_type = "Shared";
  bought.billing_subscription_id = id;
  bought.artifact_group = scene.env.ids.hex(32);
  bought.artifact_line = scene.env.ids.guid();
  bought.created = bought.succeeds = scene.env.now;
  bought.by_customer = true;
  bought.elsewhere = true;
  own(scene, "/providers/Microsoft.Capacity/reservationOrders/" + bought.order_id);
  const std::string key = bought.reservation_id;
  scene.world.reservations.put(key, std::move(bought));
  return std::nullopt;
}

Outcome move_subscription(const ActScene& scene) {
  const std::string id = lower(text(scene, "azureSubscriptionId"));
  const AzureSubscription* azure = scene.world.azure_subscriptions.find(id);
  if (azure == nullptr) {
    return unknown("Azure subscription", id);
  }
  const Subscription* found = scene.world.subscriptions.find(lower(text(scene, "planId")));
  if (found == nullptr || found->visible_from > scene.env.now) {
    return unknown("subscription", text(scene, "planId"));
  }
  const Subscription plan = as_of(*found, scene.env.now);
  const auto refusal = check_intake({*azure, plan}, scene.env.trace);
  if (!refusal.empty()) {
    return ActRefusal{409, std::string{refusal}};
  }
  take_in(scene.world, scene.env, id, plan.id);
  return std::nullopt;
}

}  // namespace pcsim
