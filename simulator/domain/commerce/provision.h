#pragma once

#include "domain/catalogue/catalogue.h"
#include "domain/world.h"
#include "pcsim/ports.h"

namespace pcsim {

/// Gives `customer` what a line of `order` buys and notes the subscription on the line. It shows
/// when the order is completed; perpetual software leaves nothing beside the order.
void provision(World& world, Env& env, const Customer& customer, const Order& order,
               OrderLine& line, const CatalogueItem& item);

}  // namespace pcsim
