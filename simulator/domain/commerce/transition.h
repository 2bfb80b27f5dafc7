#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/commerce/lifecycle.h"
#include "domain/commerce/purchase.h"

/// Moving a subscription of a legacy offer to a bigger one, in place.
/// Source: docs/reference/commerce.md#transitions.
namespace pcsim {

/// Whether licences that users have follow.
enum class TransitionType { None, UpgradeOnly, UpgradeWithLicenseTransfer };

/// Why a subscription cannot be moved; `details` may be empty.
struct TransitionProblem {
  ErrorCode error;
  std::string details{};
};

/// What the rules of a transition know.
struct TransitionFacts {
  const Subscription& source;  ///< as it stands now
  CatalogueItem from, target;
  const OfferState* target_state;  ///< null when Microsoft said nothing
  const Customer& customer;
  TransitionType type;
  bool by_user, has_addons, owns_target;
  std::int64_t quantity;
  Instant now;
};

/// One rule of a transition. It is no refusal: its error stands in the answer.
struct TransitionRule {
  std::string_view name;
  ErrorCode error;
  bool (*broken)(const TransitionFacts&);
  std::string (*details)(const TransitionFacts&) = nullptr;
};
std::span<const TransitionRule> transition_rules();

/// What a caller asks for; `target` is an offer's id.
struct TransitionWish {
  std::string target;
  TransitionType type = TransitionType::UpgradeOnly;
  std::int64_t quantity = 0;
  bool by_user = false;
};

/// One offer the subscription could be moved to, and what stands against it.
struct Transition {
  CatalogueItem target;
  std::vector<TransitionProblem> problems;
};

/// All offers the subscription could be moved to.
std::vector<Transition> transitions(const PurchaseScene& scene, const Subscription& row,
                                    bool by_user);

/// What stands against the wish; nothing when it can be done.
std::vector<TransitionProblem> check_transition(const PurchaseScene& scene, const Subscription& row,
                                                const TransitionWish& wish);

/// Does it: a subscription of the target takes the place of `row`. Answers the new one.
Subscription& transition(World& world, Env& env, const PurchaseScene& scene,
                         const Subscription& row, const TransitionWish& wish);

}  // namespace pcsim
