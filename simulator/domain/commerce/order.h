#pragma once

#include <string>
#include <vector>

#include "domain/commerce/purchase.h"

namespace pcsim {

/// A line of an order to place, already accepted by the purchase rules.
struct PlacedLine {
  PurchaseLine purchase;
  std::string friendly_name{}, term_duration{};
};

/// Whether the order has been carried out; it is immediately for Microsoft Azure offers.
bool completed(const Order& order, Instant now);

/// Whether the order holds the legacy Microsoft Azure offer.
bool legacy_order(const Order& order);

/// Refuses the lines as one order: agreement first, then each line's rules.
Result<Done> check_order(const PurchaseScene& scene, const std::vector<PurchaseLine>& lines);

/// Places one order and provisions what it buys.
Order& place_order(World& world, Env& env, const Customer& customer, const Catalogue& catalogue,
                   const Market& market, const std::vector<PlacedLine>& lines);

}  // namespace pcsim
