#include "domain/world.h"

namespace pcsim {
namespace {

/// Gives every table and ledger of `world` to `use`.
template <class AnyWorld, class Use>
void each_table(AnyWorld& world, const Use& use) {
  use(world.partners);
  use(world.applications);
  use(world.users);
  use(world.customers);
  use(world.agreements);
  use(world.carts);
  use(world.orders);
  use(world.subscriptions);
  use(world.azure_subscriptions);
  use(world.reservations);
  use(world.policies);
  use(world.role_assignments);
  use(world.audit);
  use(world.quotes);
  use(world.offers);
  use(world.holds);
  use(world.upgrades);
  use(world.transfers);
}

}  // namespace

void World::freeze() {
  each_table(*this, [](auto& table) { table.freeze(); });
}

std::uint64_t World::writes() const {
  std::uint64_t out = 0;
  each_table(*this, [&](const auto& table) { out += table.writes(); });
  return out;
}

}  // namespace pcsim
