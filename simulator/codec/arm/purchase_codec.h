#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "domain/catalogue/price_list.h"
#include "domain/reservations/purchase.h"

namespace pcsim {

/// Reads a purchase request whose member names are lower-case; what is missing stays empty.
PurchaseRequest parse_purchase(const nlohmann::json& body);

/// The same in the words of a request, for answers that tell what was asked for.
nlohmann::ordered_json purchase_json(const PurchaseRequest& request);

/// The payments of a total: `start` is when the first is due.
struct Total;
nlohmann::ordered_json schedule_json(Instant start, Instant now, const Total& total,
                                     const std::string& term, const std::string& plan, bool bought);

/// An amount as answers carry it.
nlohmann::ordered_json money_json(const std::string& currency, Decimal amount);

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
  bool with_quote = false;  ///< versions of 2019 and 2020 tell quote, currency and request, too
};

std::string price_json(const PriceAnswer& answer);

}  // namespace pcsim
