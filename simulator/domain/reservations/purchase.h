#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/decimal.h"
#include "domain/rules.h"
#include "domain/world.h"
#include "pcsim/error_code.h"
#include "pcsim/result.h"
#include "pcsim/trace.h"

namespace pcsim {

/// What a client asks to buy; ids are lower-case, words of enumerations in their published case.
struct PurchaseRequest {
  std::string sku, location, resource_type, billing_subscription_id;
  std::string term, billing_plan, display_name, scope_type;
  std::int64_t quantity = 0;                  ///< zero when it was missing or not a whole number
  std::vector<std::string> applied_scopes{};  ///< `/subscriptions/{id}[/resourcegroups/{name}]`
  bool billing_scope_valid = false;
  bool instance_flexibility = true;
  bool renew = false;
  std::string management_group{};  ///< id or name, for the scope ManagementGroup
  std::optional<Instant> review{};
};

/// The first rule of a purchase request that `request` breaks.
/// Source: Microsoft.Capacity ErrorResponseCode.
Result<Done> validate_purchase(const PurchaseRequest& request, Trace* trace = nullptr);

/// The subscription that a scope names or lies below; empty when it names none.
std::string subscription_of_scope(const std::string& scope);

/// The instalments of a total in whole units of `places`; their sum is the total.
std::vector<Decimal> instalments(Decimal total, int places, const std::string& term,
                                 const std::string& billing_plan);

/// Whether an order id was already spent on a purchase.
bool order_id_used(const World& world, const std::string& order_id);

/// Appends the rules of a purchase request.
void list_reservation_rules(std::vector<RuleRow>& out);

}  // namespace pcsim
