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
  use(world.service_principals);
  use(world.access_policies);
  use(world.authorization_codes);
  use(world.device_codes);
  use(world.custom_roles);
  use(world.management_groups);
  use(world.delegations);
  use(world.subscription_aliases);
  use(world.refund_sessions);
  use(world.refunds);
  use(world.exchanges);
  use(world.usage);
  use(world.resale_prices);
  use(world.support_tickets);
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
