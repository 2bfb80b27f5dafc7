#pragma once

#include <string>

#include "domain/world.h"
#include "pcsim/ports.h"

namespace pcsim {

/// Creates the Partner Center order that matches `reservation` and sets its `partner_order_id`. What
/// is billed to a subscription that the customer's partner does not sell has none.
void add_partner_order_for_reservation(World& world, Env& env, const Customer& customer,
                                       Reservation& reservation, const std::string& offer_id,
                                       const std::string& friendly_name,
                                       const std::string& currency_code,
                                       const std::string& currency_symbol);

}  // namespace pcsim
