#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

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

// Whether the query parameter is absent or names `value`.
bool matches(const Call& call, const char* parameter, const std::string& value) {
  const auto found = call.query.find(parameter);
  return found == call.query.end() || equal_ignoring_case(found->second, value);
}

std::string list_link(const Call& call, const Customer& customer) {
  std::string self = "/customers/" + customer.id + "/subscriptions";
  for (const char* parameter : {"order_id", "mpn_id", "offset", "size"}) {
    if (const auto value = partner_center::query_value(call, parameter)) {
      self += self.find('?') == std::string::npos ? '?' : '&';
      self += std::string{parameter} + "=" + partner_center::encode_query(*value);
    }
  }
  return self;
}

}  // namespace

Result<const Subscription*> subscription_of(const Call& call) {
  const std::string& id = call.path.at("subscriptionId");
  const Subscription* found = find_subscription(call.world, customer_of(call).id, id, call.env.now);
  if (found == nullptr) {
    return Error{ErrorCode::SubscriptionNotFound, {id}, {}};
  }
  return found;
}

std::string shown_subscription(const Call& call, const Subscription& subscription) {
  return json_text([&](JsonPlace place) {
    write_subscription(place, subscription, call.reference.catalogue, customer_of(call).market,
                       call.env.now);
  });
}

Result<Reply> handle_ListSubscriptions(const Call& call) {
  const Customer& customer = customer_of(call);
  PCSIM_TRY(offset, partner_center::query_number(call, "offset"));
  PCSIM_TRY(size, partner_center::query_number(call, "size"));
  std::vector<const Subscription*> found;
  for (const auto& [id, subscription] : call.world.subscriptions) {
    if (subscription.customer_id == customer.id && subscription.visible_from <= call.env.now &&
        matches(call, "order_id", subscription.order_id) &&
        matches(call, "mpn_id", subscription.partner_id)) {
      found.push_back(&subscription);
    }
  }
  const std::size_t first = std::min(offset, found.size());
  const std::size_t count = size == 0 ? found.size() - first : std::min(size, found.size() - first);
  return Reply{0,
               partner_center::collection(count, list_link(call, customer),
                                          [&](JsonPlace place, std::size_t at) {
                                            write_subscription(place, *found[first + at],
                                                               call.reference.catalogue,
                                                               customer.market, call.env.now);
                                          }),
               {}};
}

Result<Reply> handle_GetSubscription(const Call& call) {
  PCSIM_TRY(subscription, subscription_of(call));
  return Reply{0, shown_subscription(call, *subscription), {}};
}

Result<Reply> handle_RegisterSubscription(const Call& call) {
  PCSIM_TRY(subscription, subscription_of(call));
  Subscription row = *subscription;
  PCSIM_TRY(started, register_subscription(row, call.env.now, call.env.trace));
  static_cast<void>(started);
  *call.world.subscriptions.edit(row.id) = row;
  Reply reply;
  reply.headers.add("Location", "/customers/" + row.customer_id + "/subscriptions/" + wire_id(row) +
                                    "/registrationstatus");
  return reply;
}

Result<Reply> handle_GetRegistrationStatus(const Call& call) {
  PCSIM_TRY(subscription, subscription_of(call));
  const auto status = registration_status(*subscription, call.env.now, call.env.delay);
  return Reply{0, registration_json(*subscription, status).dump(), {}};
}

}  // namespace pcsim
