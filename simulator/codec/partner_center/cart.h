#pragma once

#include <nlohmann/json_fwd.hpp>

#include "domain/commerce/cart.h"
#include "domain/world.h"

namespace pcsim {

/// Reads a cart body; member names are in lower case.
CartDraft read_cart(const nlohmann::json& body);

nlohmann::ordered_json cart_json(const Cart& cart);

}  // namespace pcsim
