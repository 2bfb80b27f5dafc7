#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/commerce/order.h"

namespace pcsim {

/// What a caller says of a cart.
struct CartDraft {
  std::vector<CartLine> lines{};
  std::optional<bool> partner_attested{};
};

/// Why a group of a cart became no order.
struct GroupError {
  std::string group;
  Error error;
};

/// Fills groups, cycles, currencies and line errors of a cart's lines and their add-ons.
void assess_lines(const PurchaseScene& scene, std::vector<CartLine>& lines);

/// A new cart.
Cart& create_cart(World& world, Env& env, const PurchaseScene& scene, std::string user_id,
                  CartDraft draft);

/// The customer's cart, unless it is unknown or has expired.
Result<const Cart*> find_cart(const World& world, std::string_view customer_id, std::string_view id,
                              Instant now);

/// Replaces the lines of a cart of which nothing is ordered yet; its expiration stays.
Result<Done> update_cart(Cart& cart, const PurchaseScene& scene, std::string user_id,
                         CartDraft draft);

/// Orders the groups of the cart that are not ordered yet. Groups that are refused come back,
/// unless all are: then the first one's error is the answer.
Result<std::vector<GroupError>> checkout(World& world, Env& env, const PurchaseScene& scene,
                                         Cart& cart);

}  // namespace pcsim
