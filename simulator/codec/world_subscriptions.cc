#include <array>
#include <optional>
#include <span>
#include <utility>

#include "codec/member_table.h"
#include "codec/world_sections.h"
#include "domain/commerce/lifecycle.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using namespace members;

using StatusChoice = std::pair<std::string_view, SubscriptionStatus>;
Refusal subscription_status(const LocatedJson& node, Subscription& target) {
  return choose(node, target.status,
                std::array{StatusChoice{"active", SubscriptionStatus::Active},
                           StatusChoice{"suspended", SubscriptionStatus::Suspended},
                           StatusChoice{"deleted", SubscriptionStatus::Deleted}});
}

const std::array kSubscription{
    guid<&Subscription::id>("id"),
    guid<&Subscription::customer_id>("customer_id"),
    text<&Subscription::offer_id>("offer_id"),
    text<&Subscription::offer_name>("offer_name"),
    text<&Subscription::friendly_name>("friendly_name", Need::Optional),
    text<&Subscription::order_id>("order_id", Need::Optional),
    number<&Subscription::quantity>("quantity", Need::Optional),
    Member<Subscription>{"status", false, subscription_status},
    instant<&Subscription::created>("created"),
    instant<&Subscription::visible_from>("visible_from", Need::Optional),
    instant<&Subscription::registration_requested>("registration_requested", Need::Optional),
    flag<&Subscription::azure_plan>("azure_plan", Need::Optional),
    text<&Subscription::partner_id>("partner_id", Need::Optional),
    text<&Subscription::parent_id>("parent_id", Need::Optional),
    text<&Subscription::billing_cycle>("billing_cycle", Need::Optional),
    text<&Subscription::term_duration>("term_duration", Need::Optional),
    number<&Subscription::version>("version", Need::Optional),
    flag<&Subscription::trial>("trial", Need::Optional),
    flag<&Subscription::activated>("activated", Need::Optional),
    flag<&Subscription::sync_complete>("sync_complete", Need::Optional),
    flag<&Subscription::mint_account>("mint_account", Need::Optional),
    flag<&Subscription::partner_shared_services>("partner_shared_services", Need::Optional),
    instant<&Subscription::suspended>("suspended", Need::Optional),
    instant<&Subscription::renewal_off>("renewal_off", Need::Optional),
    instant<&Subscription::quantity_changed>("quantity_changed", Need::Optional),
    instant<&Subscription::provisioned>("provisioned", Need::Optional),
    instant<&Subscription::changing_until>("changing_until", Need::Optional),
    instant<&Subscription::term_started>("term_started", Need::Optional),
    instant<&Subscription::term_ends>("term_ends", Need::Optional),
    number<&Subscription::updates>("updates", Need::Optional),
    text<&Subscription::next_charge_cycle>("next_charge_cycle", Need::Optional),
    text<&Subscription::promotion_id>("promotion_id", Need::Optional)};
const std::array kScheduledChange{
    text<&ScheduledChange::offer_id>("offer_id"),
    text<&ScheduledChange::billing_cycle>("billing_cycle"),
    text<&ScheduledChange::term_duration>("term_duration"),
    number<&ScheduledChange::quantity>("quantity"),
    instant<&ScheduledChange::custom_term_end>("custom_term_end", Need::Optional)};
const std::array kSupportContact{guid<&SupportContact::tenant_id>("tenant_id"),
                                 text<&SupportContact::mpn_id>("mpn_id"),
                                 text<&SupportContact::name>("name")};
const std::array kAzureSubscription{
    guid<&AzureSubscription::id>("id"),
    guid<&AzureSubscription::customer_id>("customer_id"),
    guid<&AzureSubscription::plan_id>("plan_id"),
    text<&AzureSubscription::friendly_name>("friendly_name"),
    flag<&AzureSubscription::active>("active", Need::Optional),
    number<&AzureSubscription::cores>("cores", Need::Optional),
    instant<&AzureSubscription::cancelled>("cancelled", Need::Optional),
    text<&AzureSubscription::next_plan_id>("next_plan_id", Need::Optional),
    instant<&AzureSubscription::moves>("moves", Need::Optional),
    text<&AzureSubscription::sold_by>("sold_by", Need::Optional)};

using UpdatesChoice = std::pair<std::string_view, OfferUpdates>;
Refusal offer_updates(const LocatedJson& node, OfferState& target) {
  return choose(node, target.updates,
                std::array{UpdatesChoice{"allowed", OfferUpdates::Allowed},
                           UpdatesChoice{"paused", OfferUpdates::Paused},
                           UpdatesChoice{"refused", OfferUpdates::Refused}});
}

Refusal offer_stock(const LocatedJson& node, OfferState& target) {
  if (node.kind != Kind::Integer || node.integer < 0) {
    return "must be a whole number from 0";
  }
  target.stock = node.integer;
  return std::nullopt;
}

const std::array kOfferState{lowered<&OfferState::item>("item"),
                             text<&OfferState::market>("market", Need::Optional),
                             flag<&OfferState::withdrawn>("withdrawn", Need::Optional),
                             Member<OfferState>{"stock", false, offer_stock},
                             Member<OfferState>{"updates", false, offer_updates}};

using HoldChoice = std::pair<std::string_view, HoldReason>;
Refusal hold_reason(const LocatedJson& node, TransactionHold& target) {
  return choose(node, target.reason,
                std::array{HoldChoice{"contact_support", HoldReason::ContactSupport},
                           HoldChoice{"partner_not_eligible", HoldReason::PartnerNotEligible},
                           HoldChoice{"credit_line", HoldReason::CreditLine},
                           HoldChoice{"credit_line_refused", HoldReason::CreditLineRefused},
                           HoldChoice{"customer_not_eligible", HoldReason::CustomerNotEligible},
                           HoldChoice{"order_not_eligible", HoldReason::OrderNotEligible},
                           HoldChoice{"risk", HoldReason::Risk},
                           HoldChoice{"tags_missing", HoldReason::TagsMissing},
                           HoldChoice{"credit_limit", HoldReason::CreditLimit},
                           HoldChoice{"subscription_limit", HoldReason::SubscriptionLimit}});
}

const std::array kHold{guid<&TransactionHold::customer_id>("customer_id"),
                       text<&TransactionHold::item>("item", Need::Optional),
                       Member<TransactionHold>{"reason", true, hold_reason}};

const std::array kUpgrade{guid<&ProductUpgrade::id>("id"),
                          guid<&ProductUpgrade::customer_id>("customer_id"),
                          instant<&ProductUpgrade::created>("created"),
                          instant<&ProductUpgrade::begins>("begins"),
                          instant<&ProductUpgrade::completes>("completes"),
                          text<&ProductUpgrade::failure>("failure", Need::Optional)};
const std::array kUpgradeLine{guid<&ProductUpgrade::Line::source_id>("source_id"),
                              text<&ProductUpgrade::Line::source_name>("source_name"),
                              text<&ProductUpgrade::Line::target_id>("target_id", Need::Optional),
                              text<&ProductUpgrade::Line::target_name>("target_name")};

Failure read_subscription(LocatedJson item, const std::string& where, World& world) {
  Subscription row{};
  const auto scheduled = take(item, "scheduled");
  const auto support = take(item, "support");
  if (Failure failure = read_object<Subscription>(item, where, kSubscription, row)) {
    return failure;
  }
  if (scheduled) {
    row.scheduled.emplace();
    if (Failure failure = read_object<ScheduledChange>(*scheduled, where + ".scheduled",
                                                       kScheduledChange, *row.scheduled)) {
      return failure;
    }
  }
  if (support) {
    row.support.emplace();
    if (Failure failure = read_object<SupportContact>(*support, where + ".support", kSupportContact,
                                                      *row.support)) {
      return failure;
    }
  }
  const std::string id = row.id;
  if (world.subscriptions.find(id) != nullptr) {
    return DataFailure{where, item.line, "its id " + id + " appears twice"};
  }
  world.subscriptions.put(id, std::move(row));
  return std::nullopt;
}

Failure read_offer(const LocatedJson& item, const std::string& where, World& world) {
  OfferState row{};
  if (Failure failure = read_object<OfferState>(item, where, kOfferState, row)) {
    return failure;
  }
  const std::string key = offer_key(row);
  if (world.offers.find(key) != nullptr) {
    return DataFailure{where, item.line, "its item appears twice in the same market"};
  }
  world.offers.put(key, std::move(row));
  return std::nullopt;
}

Failure read_hold(const LocatedJson& item, const std::string& where, World& world) {
  TransactionHold row{};
  if (Failure failure = read_object<TransactionHold>(item, where, kHold, row)) {
    return failure;
  }
  const std::string key = hold_key(row);
  world.holds.put(key, std::move(row));
  return std::nullopt;
}

Failure read_upgrade(LocatedJson item, const std::string& where, World& world) {
  ProductUpgrade row{};
  const auto lines = take(item, "lines");
  if (Failure failure = read_object<ProductUpgrade>(item, where, kUpgrade, row)) {
    return failure;
  }
  if (lines) {
    if (Failure failure = read_list(*lines, where + ".lines", kUpgradeLine, row.lines)) {
      return failure;
    }
  }
  const std::string id = row.id;
  world.upgrades.put(id, std::move(row));
  return std::nullopt;
}

constexpr std::array kSections{
    WorldSection{"subscriptions",
                 [](const LocatedJson& node, const std::string& path, World& world) {
                   return each(node, path, [&](const LocatedJson& item, const std::string& where) {
                     return read_subscription(item, where, world);
                   });
                 }},
    WorldSection{"azure_subscriptions",
                 [](const LocatedJson& node, const std::string& path, World& world) {
                   return read_rows(node, path, kAzureSubscription, world.azure_subscriptions,
                                    &AzureSubscription::id);
                 }},
    WorldSection{"offers",
                 [](const LocatedJson& node, const std::string& path, World& world) {
                   return each(node, path, [&](const LocatedJson& item, const std::string& where) {
                     return read_offer(item, where, world);
                   });
                 }},
    WorldSection{"holds",
                 [](const LocatedJson& node, const std::string& path, World& world) {
                   return each(node, path, [&](const LocatedJson& item, const std::string& where) {
                     return read_hold(item, where, world);
                   });
                 }},
    WorldSection{"upgrades", [](const LocatedJson& node, const std::string& path, World& world) {
                   return each(node, path, [&](const LocatedJson& item, const std::string& where) {
                     return read_upgrade(item, where, world);
                   });
                 }}};

}  // namespace

std::span<const WorldSection> subscription_sections() { return kSections; }

}  // namespace pcsim
