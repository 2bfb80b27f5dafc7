#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pcsim {

/// One country of the programme; `reservations` says whether reservations are sold there.
struct Market {
  std::string iso2, name_en, name_fr, csp_region, currency, currency_symbol;
  bool reservations = false;
};

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
