#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "app/audit.h"
#include "app/handlers.h"
#include "app/partner_center/commerce_scene.h"
#include "codec/partner_center/collection.h"
#include "codec/partner_center/subscription.h"
#include "codec/partner_center/transition.h"
#include "codec/reference_data.h"
#include "domain/commerce/transition.h"

namespace pcsim {

Result<Reply> handle_ListUpgrades(const Call& call) {
  PCSIM_TRY(found, subscription_of(call));
  const Customer& customer = customer_of(call);
  const Subscription row = as_of(*found, call.env.now);
  auto items = nlohmann::ordered_json::array();
  for (const Transition& one : transitions(scene_of(call, customer), row, call.principal.is_user)) {
    items.push_back(upgrade_json(one, row, customer.market, call.env.locale));
  }
  return Reply{0, partner_center::collection(items), {}};
}

Result<Reply> handle_CreateUpgrade(const Call& call) {
  PCSIM_TRY(found, subscription_of(call));
  const Customer& customer = customer_of(call);
  const PurchaseScene scene = scene_of(call, customer);
  const Subscription row = as_of(*found, call.env.now);
  TransitionWish wish = read_transition_wish(call.body);
  wish.by_user = call.principal.is_user;
  const auto problems = check_transition(scene, row, wish);
  std::string target;
  if (problems.empty()) {
    const std::string before = shown_subscription(call, row);
    const Subscription& moved = transition(call.world, call.env, scene, row, wish);
    target = moved.id;
    record_audit(call, "subscription", "upgrade_subscription", &customer,
                 {{"SourceSubscriptionId", wire_id(row)}, {"TargetSubscriptionId", wire_id(moved)}},
                 shown_subscription(call, moved), before);
  }
  return Reply{
      0, upgrade_result_json(row, target, wish.type, problems, call.env.locale).dump(), {}};
}

}  // namespace pcsim
