#include "app/partner_center/order_prices.h"

#include <cmath>
#include <map>

#include "codec/arm/price_table.h"

namespace pcsim {
namespace {

// A reservation costs what the price list of Azure says, when it knows the size.
std::int64_t line_price(const Catalogue& catalogue, const OrderLine& line,
                        const Reservation* reservation) {
  const CatalogueItem item = catalogue.item(line.offer_id);
  const auto listed =
      reservation != nullptr
          ? reservation_price(reservation->sku_name, reservation->location, reservation->term)
      : item.sku != nullptr
          ? reservation_price(item.sku->arm_sku_name, item.sku->arm_region, item.sku->term)
          : Result<Cents>{ErrorCode::ArmCalculatePriceFailed};
  if (listed) {
    return *listed;
  }
  return item.sku == nullptr ? 0 : std::llround(item.sku->price_usd * 100);
}

}  // namespace

std::vector<std::int64_t> unit_prices(const World& world, const Catalogue& catalogue,
                                      const Order& order) {
  std::map<int, const Reservation*> reservations;
  for (const auto& [id, reservation] : world.reservations) {
    if (reservation.partner_order_id == order.id) {
      reservations[reservation.line_number] = &reservation;
    }
  }
  std::vector<std::int64_t> out;
  for (const OrderLine& line : order.lines) {
    const auto found = reservations.find(line.number);
    out.push_back(convert_from_usd(
        line_price(catalogue, line, found == reservations.end() ? nullptr : found->second),
        order.currency_code));
  }
  return out;
}

}  // namespace pcsim
