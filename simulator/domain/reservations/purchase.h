#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "domain/world.h"
#include "pcsim/error_code.h"
#include "pcsim/result.h"

namespace pcsim {

/// What a client asks to buy; ids are lower-case.
struct PurchaseRequest {
  std::string sku, location, resource_type, billing_subscription_id;
  std::string term, billing_plan, display_name, scope_type;
  std::int64_t quantity = 0;  ///< zero when it was missing or not a whole number
  std::size_t applied_scopes = 0;
  bool billing_scope_valid = false;
};

/// The first rule of a purchase request that `request` breaks.
Result<Done> validate_purchase(const PurchaseRequest& request);

/// Money in hundredths of the currency's unit.
using Cents = std::int64_t;

/// The instalments of a total; their sum is the total.
std::vector<Cents> instalments(Cents total, const std::string& term,
                               const std::string& billing_plan);

/// How many months a term lasts.
int term_months(const std::string& term);

/// Provisioning state of a reservation at `now`.
std::string provisioning_state(const Reservation& reservation, Instant now);

/// Whether an order id was already spent on a purchase.
bool order_id_used(const World& world, const std::string& order_id);

/// Checks that `quote` authorises this purchase.
Result<Done> check_quote(const World& world, const std::string& order_id,
                         const std::string& customer_id, const std::string& fingerprint);

}  // namespace pcsim
