#pragma once

#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "domain/commerce/order.h"
#include "domain/world.h"

namespace pcsim {

/// Reads the lines of a cart body; member names are in lower case.
std::vector<CartLine> read_cart_lines(const nlohmann::json& body);

/// Reads the provisioning context of a cart or order line.
ProvisioningContext read_provisioning(const nlohmann::json& line);
nlohmann::ordered_json provisioning_json(const ProvisioningContext& context);

nlohmann::ordered_json cart_json(const Cart& cart);

}  // namespace pcsim
