#pragma once

#include <cstddef>
#include <string>

#include "domain/rules.h"
#include "domain/world.h"
#include "pcsim/ports.h"
#include "pcsim/result.h"

/// Prices quoted by calculatePrice: each one authorises one purchase under its order id.
namespace pcsim {

/// How many quotes a world keeps; the oldest is forgotten first.
constexpr std::size_t kMaxQuotes = 1'000;

/// How long a quote authorises a purchase.
Instant quote_lifetime(const Switches& switches);

/// Keeps `quote`, forgetting those that have expired and, beyond the bound, the oldest.
void remember_quote(World& world, const Env& env, Quote quote);

/// Checks that a quote authorises the purchase `order_id` of `tenant_id` with the body that
/// `fingerprint` stands for. Errors: ArmReservationOrderIdAlreadyExists, ArmSessionTimedOut.
Result<Done> check_quote(const World& world, const Env& env, const std::string& order_id,
                         const std::string& tenant_id, const std::string& fingerprint);

/// Appends the rules of a quoted purchase.
void list_quote_rules(std::vector<RuleRow>& out);

}  // namespace pcsim
