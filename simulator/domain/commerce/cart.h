#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/commerce/order.h"

namespace pcsim {

constexpr Instant kCartLife = 7 * kDay;

/// Fills groups, currencies and line errors of a cart's lines.
void assess_lines(const PurchaseScene& scene, std::vector<CartLine>& lines);

/// A new cart that holds `lines`.
Cart& create_cart(World& world, Env& env, const PurchaseScene& scene, std::string user_id,
                  std::vector<CartLine> lines);

/// The customer's cart, unless it is unknown or has expired.
Result<const Cart*> find_cart(const World& world, std::string_view customer_id, std::string_view id,
                              Instant now);

/// Replaces the lines of an open cart.
Result<Done> update_cart(Cart& cart, const PurchaseScene& scene, std::string user_id,
                         std::vector<CartLine> lines);

/// Orders what is in the cart, one order per group; an ordered cart stays as it is.
Result<Done> checkout(World& world, Env& env, const PurchaseScene& scene, Cart& cart);

}  // namespace pcsim
