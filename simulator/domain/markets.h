#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "pcsim/switches.h"

namespace pcsim {

/// One country of the programme. `reservation_lists` says, for each option of the switch
/// reservation-markets, whether that published list lets reservations be sold there.
struct Market {
  std::string iso2, name_en, name_fr, csp_region, currency, currency_symbol;
  std::array<bool, 4> reservation_lists{};
};

/// Whether reservations are sold in `market` by the chosen list.
bool sells_reservations(const Market& market, const Switches& switches);

/// All markets, sorted by code.
class MarketTable {
 public:
  explicit MarketTable(std::vector<Market> rows);
  /// The market of a two-letter code in any case; null when there is none.
  const Market* find(std::string_view iso2) const;
  const std::vector<Market>& rows() const { return rows_; }

 private:
  std::vector<Market> rows_;
};

}  // namespace pcsim
