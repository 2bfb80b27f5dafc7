#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/commerce/lifecycle.h"
#include "domain/commerce/order.h"

namespace pcsim {

/// What a caller wants of an order.
struct OrderChange {
  std::string status{}, billing_cycle{};
  std::vector<PlacedLine> lines{};
  std::optional<bool> partner_attested{};
  bool etag_stale = false;
};

/// What a change is: the service tells it from the body.
enum class OrderChangeKind { None, Cancel, AddOn, BillingCycle };

/// Cancelling comes first, then a line for a parent subscription, then another cycle.
OrderChangeKind kind_of(const Order& order, const OrderChange& wanted);

/// What the rules of a cancellation know of one line.
struct CancelFacts {
  const Order& order;
  const OrderLine& line;
  Provision provision;
  bool microsoft, sandbox, sandbox_reservations;
  Instant now;
};

/// One rule of a line's cancellation. `arguments` fill the error's text.
struct CancelRule {
  std::string_view name;
  ErrorCode error;
  bool (*broken)(const CancelFacts&);
  std::string_view source;
  std::vector<std::string> (*arguments)(const CancelFacts&) = nullptr;
};
std::span<const CancelRule> cancel_rules();

/// What the rules of another billing cycle know of one line's subscription, settled by `as_of`.
struct CycleFacts {
  const Order& order;
  const Subscription& subscription;
  const CatalogueItem& item;
  const std::string& wanted;
};

/// One rule of another billing cycle.
struct CycleRule {
  std::string_view name;
  ErrorCode error;
  bool (*broken)(const CycleFacts&);
  std::string_view source;
};
std::span<const CycleRule> cycle_rules();

/// Changes the order: cancels lines, adds add-ons, or changes the billing cycle. Nothing is
/// changed when it is refused.
Result<Done> update_order(World& world, Env& env, const PurchaseScene& scene, const Order& order,
                          const OrderChange& wanted);

}  // namespace pcsim
