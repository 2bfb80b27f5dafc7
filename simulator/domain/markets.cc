#include "domain/markets.h"

#include <algorithm>
#include <utility>

#include "pcsim/text.h"

namespace pcsim {

MarketTable::MarketTable(std::vector<Market> rows) : rows_(std::move(rows)) {
  std::sort(rows_.begin(), rows_.end(),
            [](const Market& left, const Market& right) { return left.iso2 < right.iso2; });
}

const Market* MarketTable::find(std::string_view iso2) const {
  const auto found = std::find_if(rows_.begin(), rows_.end(), [&](const Market& market) {
    return equal_ignoring_case(market.iso2, iso2);
  });
  return found == rows_.end() ? nullptr : &*found;
}

bool sells_reservations(const Market& market, const Switches& switches) {
  return market.reservation_lists.at(switches.position(Switch::ReservationMarkets));
}

}  // namespace pcsim
