#include "domain/world.h"

namespace pcsim {

void World::freeze() {
  partners.freeze();
  applications.freeze();
  users.freeze();
  customers.freeze();
  agreements.freeze();
  carts.freeze();
  orders.freeze();
  subscriptions.freeze();
  azure_subscriptions.freeze();
  reservations.freeze();
  policies.freeze();
  role_assignments.freeze();
  audit.freeze();
  quotes.freeze();
}

}  // namespace pcsim
