#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/reservations/booking.h"
#include "domain/support/tickets.h"
#include "domain/world.h"
#include "pcsim/ports.h"

/// What Microsoft does at the end of a ticket. Source: docs/reference/support.md#resolution.
namespace pcsim {

/// What a reservation is exchanged for; empty members stay as they were.
struct ExchangeTerms {
  std::string sku_name, location, term;
};

/// What resolving is to do beside closing the ticket.
struct Resolution {
  std::optional<std::int64_t> quantity{};   ///< units given back; all unless given
  std::optional<ExchangeTerms> exchange{};  ///< in place of a refund
  std::optional<std::int64_t> cores{};      ///< the vCPU quota asked for
};

/// Resolves the ticket under `key`: returns or exchanges the reservation it names, or raises its
/// subscription's quota, tells so in a message, and closes it. A sentence when it cannot be; an
/// empty one when it was.
std::string resolve_ticket(World& world, Env& env, const Shop& shop, const std::string& key,
                           const SupportTopic& topic, const Resolution& resolution);

}  // namespace pcsim
