#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "domain/reservations/purchase.h"

namespace pcsim {

/// Reads a purchase request whose member names are lower-case; what is missing stays empty.
PurchaseRequest parse_purchase(const nlohmann::json& body);

/// Text equal for equal purchase bodies.
std::string purchase_fingerprint(const nlohmann::json& body);

/// What a price answer shows.
struct PriceAnswer {
  std::string order_id;
  PurchaseRequest request;
  Cents total = 0;            ///< US cents
  std::string currency{};     ///< billing currency
  bool partner_managed = false;
  Instant now = 0;
};

std::string price_json(const PriceAnswer& answer);

/// A reservation order at `now`; `total` in US cents is used when `schedule` asks for payments.
struct OrderAnswer {
  std::vector<Reservation> reservations;
  std::string state;
  Instant now = 0;
  bool schedule = false;
  Cents total = 0;
  std::string currency{};
};

std::string order_json(const OrderAnswer& answer);

/// The list of an order's reservations.
std::string reservations_json(const std::vector<Reservation>& reservations, Instant now);

/// The list of Azure subscriptions of a tenant.
std::string subscriptions_json(const std::vector<AzureSubscription>& subscriptions);

/// The list of role assignments seen from a subscription.
std::string role_assignments_json(const std::vector<RoleAssignment>& rows,
                                  const std::string& subscription_id);

}  // namespace pcsim
