#pragma once

#include <nlohmann/json_fwd.hpp>

#include "domain/commerce/order_update.h"

namespace pcsim {

/// Reads what a PATCH wants of `order`; member names are in lower case. `etag` is the one sent.
OrderChange read_order_change(const nlohmann::json& body, const Order& order,
                              const std::string& etag);

/// How far a line is provisioned.
nlohmann::ordered_json line_provisioning_json(const OrderLine& line, bool completed);

/// Where the customer activates what the line bought; in the sandbox nobody is there.
nlohmann::ordered_json activation_link_json(const OrderLine& line, bool sandbox);

}  // namespace pcsim
