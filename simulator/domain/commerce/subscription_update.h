#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/commerce/lifecycle.h"
#include "domain/commerce/purchase.h"

namespace pcsim {

/// What a caller wants of a subscription; members it did not send have no value.
struct SubscriptionChange {
  std::optional<std::string> friendly_name{}, partner_id{}, billing_cycle{}, term_duration{};
  std::optional<std::int64_t> quantity{};
  std::string status{};  ///< a documented word, or empty
  std::optional<bool> auto_renew{};
  std::optional<ScheduledChange> scheduled{};
  std::optional<std::string> next_charge_cycle{};
  bool etag_stale = false;
};

/// What the update rules know.
struct UpdateFacts {
  const Subscription& row;  ///< as it stands now
  const SubscriptionChange& wanted;
  SubscriptionKind kind;
  const CatalogueItem& item;
  const OfferState* offer;  ///< null when Microsoft said nothing
  CatalogueItem scheduled_item;
  PartnerKind seller;
  NamedPartner on_record;
  bool sandbox, parent_active, in_use, shares_end;
  Instant now;
};

/// One rule of an update. `arguments` fill the error's text.
struct UpdateRule {
  std::string_view name;
  ErrorCode error;
  bool (*broken)(const UpdateFacts&);
  std::string_view source;
  std::vector<std::string> (*arguments)(const UpdateFacts&) = nullptr;
};

/// All update rules, in two tables, in the order they are applied.
std::span<const UpdateRule> update_state_rules();
std::span<const UpdateRule> update_member_rules();

/// Refuses a change of `row`, which `as_of` answered.
Result<Done> check_update(const PurchaseScene& scene, const Subscription& row,
                          const SubscriptionChange& wanted);

/// Makes the change on the world's row of `row`, which `as_of` answered, and on its add-ons.
Subscription& apply_update(World& world, const PurchaseScene& scene, Subscription row,
                           const SubscriptionChange& wanted);

}  // namespace pcsim
