#pragma once

#include "domain/catalogue/catalogue.h"
#include "domain/world.h"

namespace pcsim {

/// Whether the customer has a reservation that nobody cancelled.
bool holds_reservation(const World& world, const Customer& customer);

/// Whether one of the customer's orders is of software.
bool holds_software(const World& world, const Catalogue& catalogue, const Customer& customer);

/// Whether one of the customer's subscriptions is active.
bool holds_active_subscription(const World& world, const Customer& customer);

/// Takes the customer's tenant away with everything in it; the activity log stays.
void erase_customer(World& world, const std::string& customer_id);

}  // namespace pcsim
