#pragma once

#include <optional>
#include <string>

#include "domain/catalogue/catalogue.h"
#include "domain/commerce/line_prices.h"
#include "domain/markets.h"
#include "domain/reservations/purchase.h"
#include "domain/world.h"
#include "pcsim/ports.h"
#include "pcsim/result.h"

/// What a reservation costs, and how one is bought.
namespace pcsim {

/// What a booking looks things up in.
struct Shop {
  const Catalogue& catalogue;
  const MarketTable& markets;
};

/// What one unit costs for the whole term.
struct UnitPrice {
  Decimal usd{}, billing{};
  std::string currency{"USD"};
  int places = 2;  ///< of the billing currency
};

/// The currency a customer is billed in; US dollars without one.
std::string currency_of(const Shop& shop, const Customer* customer);

/// How the tenant of `customer` is shown prices: the Web Direct list, with the tax of its partner
/// where that is included.
PriceView view_of(const World& world, const Shop& shop, const Customer* customer);

/// What is asked for on the price list.
/// Errors: ArmInvalidLocationId, ArmCalculatePriceFailed, ArmProductUnavailable.
Result<const PriceRow*> listed_price(const Shop& shop, const PurchaseRequest& request);

/// The Web Direct price of a unit of `row` for `customer`.
UnitPrice unit_price(const World& world, const Shop& shop, const Customer* customer,
                     const PriceRow& row);

/// What a unit of a reservation is worth to a return: the lower of the price it was bought at and
/// the present one.
UnitPrice refund_price(const World& world, const Shop& shop, const Reservation& reservation);

/// What a unit of a reservation cost the partner, in the order's currency and without tax.
Decimal partner_price(const World& world, const Catalogue& catalogue,
                      const Reservation& reservation);

/// The price the partner asks of its customer for a unit; nothing when it set none. A price for
/// the customer comes before one for all.
std::optional<ResalePrice> resale_price(const World& world, const Reservation& reservation);

/// What keeps a purchase from being carried out: the state of the subscription, the quota of a
/// single scope, holds on the customer, and the stock of the offer. Errors:
/// ArmNonsupportedAccountId, ArmQuotaCheckFailed, ArmRiskCheckFailed, ArmPurchaseError, the Arm
/// errors of payments, ArmFulfillmentOutOfStockError, ArmProductUnavailable.
Result<Done> check_booking(const World& world, const Env& env, const Shop& shop,
                           const Customer& customer, const PurchaseRequest& request);

/// Stores a purchase under its order id, with the partner's order of it; it provides after the
/// universe's delay.
Reservation book_reservation(World& world, Env& env, const Shop& shop, const Customer& customer,
                             const PurchaseRequest& request, const std::string& order_id);

/// The purchase that buys what a reservation is once more.
PurchaseRequest same_again(const Reservation& reservation);

/// Appends the rules of what keeps a purchase from being carried out.
void list_booking_rules(std::vector<RuleRow>& out);

}  // namespace pcsim
