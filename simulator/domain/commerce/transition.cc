#include "domain/commerce/transition.h"

#include <algorithm>
#include <array>
#include <utility>

#include "domain/rules.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using enum ErrorCode;
using Facts = TransitionFacts;

bool leads_to(const Product* from, const Product* target) {
  return from != nullptr && target != nullptr &&
         std::any_of(from->upgrades_to.begin(), from->upgrades_to.end(),
                     [&](const std::string& id) { return equal_ignoring_case(id, target->id); });
}

constexpr std::array kRules{
    TransitionRule{"delegated administration", UpgradeDelegatedAdminPermissionsDisabled,
                   [](const Facts& facts) {
                     return !facts.customer.delegated_access && !facts.customer.granular_access;
                   }},
    TransitionRule{"granular roles suffice", UpgradeInsufficientGranularAdminPermissions,
                   [](const Facts& facts) {
                     return !facts.customer.delegated_access && facts.customer.granular_access &&
                            facts.type == TransitionType::UpgradeWithLicenseTransfer;
                   }},
    TransitionRule{
        "source active", UpgradeSourceSubscriptionNotActive,
        [](const Facts& facts) { return facts.source.status != SubscriptionStatus::Active; },
        [](const Facts& facts) { return std::string{status_word(facts.source.status)}; }},
    TransitionRule{"source provisioned", UpgradeSubscriptionNotProvisioned,
                   [](const Facts& facts) {
                     return facts.source.provisioned && facts.now < *facts.source.provisioned;
                   }},
    TransitionRule{"nothing else changes the source", UpgradeConcurrencyConflicts,
                   [](const Facts& facts) {
                     return facts.source.changing_until && facts.now < *facts.source.changing_until;
                   }},
    TransitionRule{"there are ways up", UpgradeSubscriptionNoUpgradePaths,
                   [](const Facts& facts) {
                     return facts.from.product == nullptr ||
                            facts.from.product->upgrades_to.empty();
                   }},
    TransitionRule{"target exists", UpgradeSubscriptionTargetOfferNotFound,
                   [](const Facts& facts) {
                     return facts.target.availability == nullptr ||
                            !leads_to(facts.from.product, facts.target.product);
                   }},
    TransitionRule{"no add-ons", UpgradeSubscriptionAddOnsPresent,
                   [](const Facts& facts) { return facts.has_addons; }},
    TransitionRule{"target not owned already", UpgradeConflictingServiceTypes,
                   [](const Facts& facts) { return facts.owns_target; }},
    TransitionRule{"cycle of the target", UpgradeOfferBillingCycleNotSupported,
                   [](const Facts& facts) {
                     const Sku* sku = facts.target.sku;
                     return sku != nullptr &&
                            std::find(sku->billing_cycles.begin(), sku->billing_cycles.end(),
                                      facts.source.billing_cycle) == sku->billing_cycles.end();
                   }},
    TransitionRule{"a user moves licences", UpgradeUserContextRequired,
                   [](const Facts& facts) {
                     return !facts.by_user &&
                            facts.type == TransitionType::UpgradeWithLicenseTransfer;
                   }},
    TransitionRule{"target on sale with enough seats", UpgradeOther,
                   [](const Facts& facts) {
                     const Sku* sku = facts.target.sku;
                     return (facts.target_state != nullptr && facts.target_state->withdrawn) ||
                            (sku != nullptr && facts.quantity > sku->maximum_quantity);
                   }},
};

bool has_addons(const PurchaseScene& scene, const Subscription& row) {
  const auto& all = scene.world.subscriptions;
  return std::any_of(all.begin(), all.end(), [&](const auto& entry) {
    return entry.second.parent_id == row.id &&
           as_of(entry.second, scene.env.now).status == SubscriptionStatus::Active;
  });
}

bool owns_offer(const PurchaseScene& scene, const std::string& offer) {
  const auto& all = scene.world.subscriptions;
  return std::any_of(all.begin(), all.end(), [&](const auto& entry) {
    const Subscription& one = entry.second;
    return one.customer_id == scene.customer.id && equal_ignoring_case(one.offer_id, offer) &&
           as_of(one, scene.env.now).status == SubscriptionStatus::Active;
  });
}

// Every rule that is broken, unlike elsewhere: the answer lists all that stands in the way.
std::vector<TransitionProblem> problems_of(const TransitionFacts& facts, Trace* trace) {
  std::vector<TransitionProblem> out;
  for (const TransitionRule& rule : kRules) {
    const bool broken = rule.broken(facts);
    if (trace != nullptr) {
      trace->rules.push_back({rule.name, broken});
    }
    if (broken) {
      out.push_back({rule.error, rule.details == nullptr ? std::string{} : rule.details(facts)});
    }
  }
  return out;
}

}  // namespace

std::span<const TransitionRule> transition_rules() { return kRules; }

std::vector<TransitionProblem> check_transition(const PurchaseScene& scene, const Subscription& row,
                                                const TransitionWish& wish) {
  const TransitionFacts facts{
      .source = row,
      .from = scene.catalogue.item(row.offer_id),
      .target = scene.catalogue.item(wish.target),
      .target_state = offer_state(scene.world, wish.target, scene.customer.market),
      .customer = scene.customer,
      .type = wish.type,
      .by_user = wish.by_user,
      .has_addons = has_addons(scene, row),
      .owns_target = owns_offer(scene, wish.target),
      .quantity = wish.quantity > 0 ? wish.quantity : row.quantity,
      .now = scene.env.now};
  return problems_of(facts, scene.env.trace);
}

std::vector<Transition> transitions(const PurchaseScene& scene, const Subscription& row,
                                    bool by_user) {
  std::vector<Transition> out;
  const Product* from = scene.catalogue.item(row.offer_id).product;
  if (from == nullptr) {
    return out;
  }
  for (const std::string& id : from->upgrades_to) {
    const CatalogueItem target = scene.catalogue.item(id);
    if (target.availability != nullptr) {
      out.push_back(
          {target,
           check_transition(scene, row, {id, TransitionType::UpgradeOnly, row.quantity, by_user})});
    }
  }
  return out;
}

Subscription& transition(World& world, Env& env, const PurchaseScene& scene,
                         const Subscription& row, const TransitionWish& wish) {
  const CatalogueItem target = scene.catalogue.item(wish.target);
  Subscription moved = row;
  moved.id = env.ids.guid();
  moved.offer_id = target.availability->catalog_item_id;
  moved.offer_name = target.sku->title;
  moved.friendly_name = target.sku->title;
  moved.quantity = wish.quantity > 0 ? wish.quantity : row.quantity;
  moved.created = env.now;
  moved.visible_from = env.now;
  moved.term_started.reset();
  moved.version = 1;
  moved.updates = 0;
  Subscription& old = *world.subscriptions.edit(row.id);
  old.status = SubscriptionStatus::Deleted;
  ++old.version;
  const std::string id = moved.id;
  return world.subscriptions.put(id, std::move(moved));
}

}  // namespace pcsim
