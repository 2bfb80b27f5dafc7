#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/commerce/order_rules.h"
#include "domain/commerce/purchase.h"

namespace pcsim {

/// A line of an order to place, already accepted by the purchase rules.
struct PlacedLine {
  PurchaseLine purchase;
  std::string friendly_name{}, renews_to{};
  int number = 0;
  std::optional<std::size_t> base{};  ///< place of the line an add-on is bought along with
};

/// Whether the order has been carried out; it is immediately for legacy offers.
bool completed(const Order& order, Instant now);

/// Whether the order holds legacy offers.
bool legacy_order(const Order& order);

/// Whether the order shows in the customer's list.
bool listed(const Order& order, const Env& env);

/// Refuses line numbers outside 0 to the count of lines; marks lines that repeat a number.
Result<Done> check_line_numbers(std::vector<PlacedLine>& lines);

/// Whether every line of the order is cancelled.
bool cancelled(const Order& order);

/// Adds accepted lines to an order and provisions what they buy.
void add_lines(World& world, Env& env, const PurchaseScene& scene, Order& order,
               const std::vector<PlacedLine>& lines);

/// Places one order and provisions what it buys.
Order& place_order(World& world, Env& env, const PurchaseScene& scene,
                   const std::vector<PlacedLine>& lines, std::optional<bool> attested);

}  // namespace pcsim
