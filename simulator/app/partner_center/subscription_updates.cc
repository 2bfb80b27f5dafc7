#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "app/audit.h"
#include "app/handlers.h"
#include "app/partner_center/commerce_scene.h"
#include "app/partner_center/requests.h"
#include "codec/partner_center/subscription.h"
#include "codec/partner_center/subscription_change.h"
#include "codec/reference_data.h"
#include "domain/commerce/subscription_update.h"
#include "domain/commerce/support_contact.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

std::string uri_of(const Subscription& subscription) {
  return "/customers/" + subscription.customer_id + "/subscriptions/" + wire_id(subscription);
}

}  // namespace

Result<Reply> handle_UpdateSubscription(const Call& call) {
  PCSIM_TRY(found, subscription_of(call));
  const Customer& customer = customer_of(call);
  const PurchaseScene scene = scene_of(call, customer);
  const Subscription row = as_of(*found, call.env.now);
  PCSIM_TRY(wanted, read_subscription_change(call.body, row, partner_center::sent_etag(call)));
  PCSIM_TRY(allowed, check_update(scene, row, wanted));
  static_cast<void>(allowed);
  const std::string before = shown_subscription(call, *found);
  const Subscription& changed = apply_update(call.world, scene, row, wanted);
  std::string after = shown_subscription(call, changed);
  record_audit(call, "subscription", "update_subscription", &customer,
               {{"SubscriptionId", wire_id(changed)},
                {"SubscriptionName", changed.friendly_name},
                {"Quantity", std::to_string(changed.quantity)}},
               after, before);
  if (call.env.switches.is({Switch::SubscriptionUpdate, "at-once"})) {
    return Reply{0, std::move(after), {}};
  }
  Reply reply;
  reply.status = 202;
  reply.headers.add("Location", uri_of(changed));
  return reply;
}

Result<Reply> handle_GetSubscriptionProvisioningStatus(const Call& call) {
  PCSIM_TRY(subscription, subscription_of(call));
  const Subscription row = as_of(*subscription, call.env.now);
  return Reply{0, provisioning_status_json(row, call.env.now).dump(), {}};
}

Result<Reply> handle_GetSupportContact(const Call& call) {
  PCSIM_TRY(subscription, subscription_of(call));
  PCSIM_TRY(partner, partner_center::require_partner(call));
  const SupportContact contact = support_of(*subscription, *partner);
  return Reply{
      0, support_contact_json(contact, uri_of(*subscription) + "/supportcontact").dump(), {}};
}

Result<Reply> handle_UpdateSupportContact(const Call& call) {
  PCSIM_TRY(subscription, subscription_of(call));
  PCSIM_TRY(partner, partner_center::require_partner(call));
  SupportContact contact = read_support_contact(call.body);
  PCSIM_TRY(allowed, check_support(call.world, *partner, contact, call.env.trace));
  static_cast<void>(allowed);
  Subscription& row = *call.world.subscriptions.edit(subscription->id);
  row.support = std::move(contact);
  return Reply{0, support_contact_json(*row.support, uri_of(row) + "/supportcontact").dump(), {}};
}

}  // namespace pcsim
