#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "app/handlers.h"
#include "app/partner_center/commerce_scene.h"
#include "app/partner_center/requests.h"
#include "codec/partner_center/collection.h"
#include "codec/partner_center/subscription.h"
#include "codec/reference_data.h"
#include "domain/commerce/subscription.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

Result<const Subscription*> subscription_of(const Call& call) {
  const std::string& id = call.path.at("subscriptionId");
  const Subscription* found = find_subscription(call.world, customer_of(call).id, id, call.env.now);
  if (found == nullptr) {
    return Error{ErrorCode::SubscriptionNotFound, {id}, {}};
  }
  return found;
}

// Whether the query parameter is absent or names `value`.
bool matches(const Call& call, const char* parameter, const std::string& value) {
  const auto found = call.query.find(parameter);
  return found == call.query.end() || equal_ignoring_case(found->second, value);
}

}  // namespace

Result<Reply> handle_ListSubscriptions(const Call& call) {
  const Customer& customer = customer_of(call);
  auto items = nlohmann::ordered_json::array();
  for (const auto& [id, subscription] : call.world.subscriptions) {
    if (subscription.customer_id == customer.id && subscription.visible_from <= call.env.now &&
        matches(call, "order_id", subscription.order_id) &&
        matches(call, "mpn_id", subscription.partner_id)) {
      items.push_back(subscription_json(subscription, call.reference.catalogue, customer.market));
    }
  }
  std::string self = "/customers/" + customer.id + "/subscriptions";
  for (const char* parameter : {"order_id", "mpn_id"}) {
    if (const auto value = partner_center::query_value(call, parameter)) {
      self += self.find('?') == std::string::npos ? '?' : '&';
      self += std::string{parameter} + "=" + partner_center::encode_query(*value);
    }
  }
  return Reply{0, partner_center::collection(std::move(items), self).dump(), {}};
}

Result<Reply> handle_GetSubscription(const Call& call) {
  PCSIM_TRY(subscription, subscription_of(call));
  return Reply{
      0,
      subscription_json(*subscription, call.reference.catalogue, customer_of(call).market).dump(),
      {}};
}

Result<Reply> handle_ListAzureEntitlements(const Call& call) {
  PCSIM_TRY(subscription, subscription_of(call));
  auto items = nlohmann::ordered_json::array();
  for (const auto& [id, azure] : call.world.azure_subscriptions) {
    if (azure.plan_id == subscription->id) {
      items.push_back(azure_entitlement_json(azure));
    }
  }
  return Reply{0, partner_center::collection(std::move(items)).dump(), {}};
}

Result<Reply> handle_RegisterSubscription(const Call& call) {
  PCSIM_TRY(subscription, subscription_of(call));
  PCSIM_TRY(started, register_subscription(*call.world.subscriptions.edit(subscription->id),
                                           call.env.now, call.env.trace));
  static_cast<void>(started);
  Reply reply;
  reply.headers.add("Location", "/customers/" + subscription->customer_id + "/subscriptions/" +
                                    wire_id(*subscription) + "/registrationstatus");
  return reply;
}

Result<Reply> handle_GetRegistrationStatus(const Call& call) {
  PCSIM_TRY(subscription, subscription_of(call));
  const auto status = registration_status(*subscription, call.env.now, call.env.delay);
  return Reply{0, registration_json(*subscription, status).dump(), {}};
}

}  // namespace pcsim
