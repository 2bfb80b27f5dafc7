#pragma once

#include <string>
#include <vector>

#include "domain/catalogue/catalogue.h"
#include "domain/world.h"

namespace pcsim {

/// How a partner is shown prices: the billing currency, and the tax of the partner's own country,
/// whatever the customer's. Source: "Purchase Microsoft Azure reservations", before you begin.
struct PriceView {
  Currency currency{};
  Tax tax{};

  /// A price of the list as this partner sees it: converted, and with the tax where it is included.
  Decimal shown(Decimal usd) const;
  /// The same in US dollars.
  Decimal shown_usd(Decimal usd) const;
};

/// The view of the partner in `partner_country` on amounts in `currency_code`.
PriceView price_view(const PriceList& prices, const std::string& currency_code,
                     const std::string& partner_country);

/// The partner that `customer` is billed through, or null.
const Partner* billing_partner(const World& world, const Customer& customer);

/// What one unit of a line costs on the list, in US dollars; nothing where the list has no row.
/// Software has its own row and its own line: no reservation's price holds it.
Decimal list_price(const Catalogue& catalogue, const OrderLine& line);

/// The same for a partner: its reservations may cost less than the list says.
Decimal partner_list_price(const Catalogue& catalogue, const OrderLine& line,
                           const Partner* partner);

/// What one unit of each line of `order` costs the partner, in the order's currency.
std::vector<Decimal> unit_prices(const World& world, const Catalogue& catalogue,
                                 const Order& order);

}  // namespace pcsim
