#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "domain/catalogue/price_list.h"
#include "domain/reservations/purchase.h"

namespace pcsim {

/// Reads a purchase request whose member names are lower-case; what is missing stays empty.
PurchaseRequest parse_purchase(const nlohmann::json& body);

/// Text equal for requests that buy the same thing; the display name does not matter.
std::string purchase_fingerprint(const PurchaseRequest& request);

/// The name of a purchase without one: what is bought and when, as the portal proposes it.
std::string default_display_name(Instant now);

/// What a purchase costs, in US dollars and in the billing currency.
struct Total {
  Decimal usd{}, billing{};
  std::string currency{"USD"};
  int places = 2;  ///< of the billing currency
};

/// What a price answer shows.
struct PriceAnswer {
  std::string order_id;
  PurchaseRequest request;
  std::string title;
  Total total{};
  bool tax_included = false;
  bool partner_managed = false;
  Instant now = 0;
};

std::string price_json(const PriceAnswer& answer);

/// A reservation order at `now`; `total` is used when `schedule` asks for payments.
struct OrderAnswer {
  std::vector<Reservation> reservations;
  std::string state;
  Instant now = 0;
  bool schedule = false;
  Total total{};
};

std::string order_json(const OrderAnswer& answer);

/// The list of an order's reservations.
std::string reservations_json(const std::vector<Reservation>& reservations, const PriceList& prices,
                              Instant now);

}  // namespace pcsim
