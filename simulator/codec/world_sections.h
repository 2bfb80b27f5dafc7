#pragma once

#include <span>
#include <string>
#include <string_view>

#include "codec/data_failure.h"
#include "codec/located_json.h"
#include "domain/markets.h"
#include "domain/world.h"

namespace pcsim {

/// One member of a world file: an array of entities, and how it fills a world.
struct WorldSection {
  std::string_view name;
  Failure (*read)(const LocatedJson& node, const std::string& path, World& world);
};

/// Applications, users, and what tenants say about their sign-ins.
std::span<const WorldSection> identity_sections();

/// Partners, customers and what is agreed with them.
std::span<const WorldSection> party_sections();

/// Carts, orders and reservations, and the activity log.
std::span<const WorldSection> commerce_sections();

/// Subscriptions, and what Microsoft decides about offers, purchases and upgrades.
std::span<const WorldSection> subscription_sections();

/// Who may do what where, aliases of subscriptions, and support tickets.
std::span<const WorldSection> access_sections();

/// Reservations, what was given back for them, what uses them and what they are resold for.
std::span<const WorldSection> reservation_sections();

/// The first member of the file `root` that names something `world` or `markets` does not hold.
Failure broken_reference(const LocatedJson& root, const World& world, const MarketTable& markets);

}  // namespace pcsim
