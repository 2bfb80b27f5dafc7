#include "domain/commerce/product_upgrade.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "domain/commerce/lifecycle.h"
#include "domain/commerce/order.h"
#include "domain/rules.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using enum ErrorCode;
using Facts = UpgradeFacts;

/// How old a subscription has to be; the service names no time.
constexpr Instant kOldEnough = kDay;

bool latest_is(const Facts& facts, UpgradeState state) {
  return facts.latest != nullptr && state_of(*facts.latest, facts.now) == state;
}

std::vector<std::string> latest_id(const Facts& facts) { return {facts.latest->id}; }

template <class Predicate>
bool any(const Facts& facts, Predicate predicate) {
  return std::any_of(facts.sources.begin(), facts.sources.end(), predicate);
}

constexpr std::array kRules{
    ProductUpgradeRule{"no upgrade under way", OriginalUpgradeInProgress,
                       [](const Facts& facts) {
                         return latest_is(facts, UpgradeState::Pending) ||
                                latest_is(facts, UpgradeState::InProgress);
                       },
                       latest_id},
    ProductUpgradeRule{"not upgraded before", UpgradeAlreadyCompleted,
                       [](const Facts& facts) { return latest_is(facts, UpgradeState::Completed); },
                       latest_id},
    ProductUpgradeRule{
        "Azure subscriptions to move", UpgradeNoAzureSubscriptions,
        [](const Facts& facts) { return facts.sources.empty() && !facts.owns_plan; }},
    ProductUpgradeRule{"no plan yet", UpgradeNotProcessable,
                       [](const Facts& facts) { return facts.owns_plan; }},
    ProductUpgradeRule{"no shared services", UpgradePartnerSharedServicesNotAllowed,
                       [](const Facts& facts) {
                         return any(facts, [](const Subscription& one) {
                           return one.partner_shared_services;
                         });
                       }},
    ProductUpgradeRule{"none suspended", UpgradeSuspendedSubscriptions,
                       [](const Facts& facts) {
                         return any(facts, [](const Subscription& one) {
                           return one.status != SubscriptionStatus::Active;
                         });
                       }},
    ProductUpgradeRule{"none too recent", UpgradeSubscriptionsTooRecent,
                       [](const Facts& facts) {
                         return any(facts, [&](const Subscription& one) {
                           return facts.now < one.created + kOldEnough;
                         });
                       }},
    ProductUpgradeRule{"plan on sale", UpgradeCatalogItemNotFound,
                       [](const Facts& facts) { return !facts.plan_on_sale; }},
};

std::vector<Subscription> sources_of(const PurchaseScene& scene) {
  std::vector<Subscription> out;
  for (const auto& [id, one] : scene.world.subscriptions) {
    if (one.customer_id == scene.customer.id && is_microsoft_azure(one.offer_id) &&
        one.visible_from <= scene.env.now && one.status != SubscriptionStatus::Deleted) {
      out.push_back(as_of(one, scene.env.now));
    }
  }
  return out;
}

// The plan that takes a reseller's subscriptions; it shows when the upgrade completes.
std::string buy_plan(World& world, Env& env, const PurchaseScene& scene,
                     const std::string& reseller, Instant when) {
  PlacedLine line;
  line.purchase.catalog_item_id = kAzurePlanItem;
  line.purchase.partner_on_record = reseller;
  Order& order = place_order(world, env, scene, {line}, std::nullopt);
  order.completes = when;
  const std::string id = order.lines.front().subscription_id;
  world.subscriptions.edit(id)->visible_from = when;
  // The plan gets the customer's own Azure subscriptions and none beside them.
  std::vector<std::string> fresh;
  for (const auto& [azure_id, azure] : world.azure_subscriptions) {
    if (azure.plan_id == id) {
      fresh.push_back(azure_id);
    }
  }
  for (const std::string& one : fresh) {
    world.azure_subscriptions.erase(one);
  }
  return id;
}

void move_azure(World& world, const std::string& from, const std::string& to, Instant when) {
  std::vector<std::string> moving;
  for (const auto& [id, azure] : world.azure_subscriptions) {
    if (azure.plan_id == from) {
      moving.push_back(id);
    }
  }
  for (const std::string& id : moving) {
    AzureSubscription& azure = *world.azure_subscriptions.edit(id);
    azure.next_plan_id = to;
    azure.moves = when;
  }
}

}  // namespace

std::span<const ProductUpgradeRule> product_upgrade_rules() { return kRules; }

Result<Done> check_product_upgrade(const PurchaseScene& scene) {
  const std::vector<Subscription> sources = sources_of(scene);
  const OfferState* plan = offer_state(scene.world, kAzurePlanItem, scene.customer.market);
  const UpgradeFacts facts{sources, latest_upgrade(scene.world, scene.customer.id),
                           owns_azure_plan(scene.world, scene.customer),
                           scene.catalogue.item(kAzurePlanItem).availability != nullptr &&
                               (plan == nullptr || !plan->withdrawn),
                           scene.env.now};
  if (const auto* rule = first_broken(kRules, facts, scene.env.trace)) {
    return Error{rule->error,
                 rule->arguments == nullptr ? std::vector<std::string>{} : rule->arguments(facts),
                 {}};
  }
  return Done{};
}

ProductUpgrade& start_product_upgrade(World& world, Env& env, const PurchaseScene& scene) {
  ProductUpgrade upgrade;
  upgrade.id = env.ids.guid();
  upgrade.customer_id = scene.customer.id;
  upgrade.created = env.now;
  upgrade.begins = env.now + env.delay / 2;
  upgrade.completes = env.now + env.delay;
  std::map<std::string, std::string> plans;
  for (const Subscription& source : sources_of(scene)) {
    std::string& plan = plans[source.partner_id];
    if (plan.empty()) {
      plan = buy_plan(world, env, scene, source.partner_id, upgrade.completes);
    }
    move_azure(world, source.id, plan, upgrade.completes);
    Subscription& old = *world.subscriptions.edit(source.id);
    old.suspended = upgrade.completes;
    ++old.version;
    upgrade.lines.push_back({source.id, "AzureSubscription", plan, "Microsoft Azure plan"});
  }
  const std::string id = upgrade.id;
  return world.upgrades.put(id, std::move(upgrade));
}

Result<const ProductUpgrade*> find_product_upgrade(const World& world, const Customer& customer,
                                                   std::string_view id) {
  const ProductUpgrade* found = world.upgrades.find(lower(id));
  if (found == nullptr) {
    return UpgradeNotFound;
  }
  if (found->customer_id != customer.id) {
    const ProductUpgrade* own = latest_upgrade(world, customer.id);
    return Error{
        UpgradeCustomerMismatch, {customer.id, own == nullptr ? std::string{} : own->id}, {}};
  }
  return found;
}

}  // namespace pcsim
