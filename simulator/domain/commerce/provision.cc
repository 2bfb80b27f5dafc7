#include "domain/commerce/provision.h"

#include <utility>

#include "domain/calendar.h"
#include "domain/commerce/lifecycle.h"
#include "domain/commerce/subscription.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

Subscription new_subscription(Env& env, const Customer& customer, const Order& order,
                              OrderLine& line, const CatalogueItem& item) {
  const bool plan = item.product->provision() == Provision::AzurePlan;
  Subscription bought;
  bought.id = env.ids.guid();
  bought.customer_id = customer.id;
  bought.offer_id = line.offer_id;
  bought.offer_name = plan ? "Azure plan" : item.sku->title;
  bought.friendly_name = line.friendly_name.empty() ? bought.offer_name : line.friendly_name;
  bought.order_id = order.id;
  bought.quantity = line.quantity;
  bought.created = env.now;
  bought.visible_from = order.completes;
  bought.azure_plan = plan;
  bought.partner_id = line.partner_on_record;
  bought.parent_id = line.parent_subscription_id;
  bought.billing_cycle = order.billing_cycle;
  bought.term_duration = line.term_duration;
  bought.promotion_id = line.promotion_id;
  bought.trial = item.sku->trial;
  if (item.sku->trial) {
    bought.renewal_off = env.now;
  }
  // Services of other publishers wait for their customer.
  bought.activated = item.product->microsoft;
  if (!line.custom_term_end.empty()) {
    bought.term_ends = parse_date(line.custom_term_end);
  }
  line.subscription_id = bought.id;
  return bought;
}

// The Azure subscription that pays: the one asked for, else the first active one of the plan.
std::string billing_subscription(const World& world, const Env& env,
                                 const ProvisioningContext& context) {
  if (!context.entitlement_id.empty()) {
    return lower(context.entitlement_id);
  }
  const std::string plan_id = lower(context.subscription_id);
  for (const auto& [id, azure] : world.azure_subscriptions) {
    if (plan_of(azure, env.now) == plan_id && azure_active(azure, env.now, env.delay)) {
      return id;
    }
  }
  return plan_id;
}

Reservation new_reservation(const World& world, Env& env, const Customer& customer,
                            const Order& order, const OrderLine& line, const CatalogueItem& item) {
  Reservation bought;
  bought.order_id = env.ids.guid();
  bought.reservation_id = env.ids.guid();
  bought.customer_id = customer.id;
  bought.partner_order_id = order.id;
  bought.product_id = item.product->id;
  bought.sku_id = item.sku->id;
  bought.line_number = line.number;
  bought.quantity = line.quantity;
  bought.scope_type = equal_ignoring_case(line.provisioning.scope, "single") ? "Single" : "Shared";
  bought.billing_subscription_id = billing_subscription(world, env, line.provisioning);
  bought.term = item.sku->term;
  bought.display_name = line.friendly_name;
  bought.sku_name = item.sku->arm_sku_name;
  bought.location = item.sku->arm_region;
  bought.artifact_group = env.ids.hex(32);
  bought.artifact_line = env.ids.guid();
  bought.created = env.now;
  bought.succeeds = env.now + env.delay;
  return bought;
}

}  // namespace

void provision(World& world, Env& env, const Customer& customer, const Order& order,
               OrderLine& line, const CatalogueItem& item) {
  const Provision kind = item.product->provision();
  if (kind == Provision::Reservation) {
    Reservation bought = new_reservation(world, env, customer, order, line, item);
    const std::string id = bought.reservation_id;
    world.reservations.put(id, std::move(bought));
    return;
  }
  if (kind == Provision::Software) {
    return;
  }
  Subscription bought = new_subscription(env, customer, order, line, item);
  if (kind != Provision::Licences) {
    const bool plan = kind == Provision::AzurePlan;
    add_azure_subscription(world, env, customer, bought.id, plan ? env.ids.guid() : bought.id,
                           plan ? "Microsoft Azure" : bought.friendly_name);
  }
  const std::string id = bought.id;
  world.subscriptions.put(id, std::move(bought));
}

}  // namespace pcsim
