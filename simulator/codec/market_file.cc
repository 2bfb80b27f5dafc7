#include "codec/market_file.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "codec/csv_file.h"

namespace pcsim {
namespace {

constexpr std::array<std::string_view, 4> kLists{
    "reservations_seed000_2019", "reservations_devdocs_2021", "reservations_devdocs_2023_10",
    "reservations_userdocs_2023_10"};

bool is_country_code(std::string_view text) {
  return text.size() == 2 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace

std::variant<MarketTable, DataFailure> read_markets(std::string_view csv) {
  std::vector<std::string_view> columns{"iso2",       "name_en",  "name_fr",
                                        "csp_region", "currency", "currency_symbol"};
  columns.insert(columns.end(), kLists.begin(), kLists.end());
  auto parsed = CsvFile::parse(csv, columns);
  if (auto* failure = std::get_if<DataFailure>(&parsed)) {
    return std::move(*failure);
  }
  const auto& file = std::get<CsvFile>(parsed);
  std::vector<Market> markets;
  std::set<std::string> known;
  for (const CsvRow& row : file.rows()) {
    Market market{file.cell(row, "iso2"),
                  file.cell(row, "name_en"),
                  file.cell(row, "name_fr"),
                  file.cell(row, "csp_region"),
                  file.cell(row, "currency"),
                  file.cell(row, "currency_symbol"),
                  {}};
    if (!is_country_code(market.iso2)) {
      return DataFailure{"iso2", row.line, "must be two capital letters"};
    }
    if (!known.insert(market.iso2).second) {
      return DataFailure{"iso2", row.line, market.iso2 + " appears twice"};
    }
    if (market.currency.size() != 3) {
      return DataFailure{"currency", row.line, "must be a code of three letters"};
    }
    for (std::size_t list = 0; list < kLists.size(); ++list) {
      const std::string& flag = file.cell(row, kLists.at(list));
      if (flag != "0" && flag != "1") {
        return DataFailure{std::string{kLists.at(list)}, row.line, "must be 0 or 1"};
      }
      market.reservation_lists.at(list) = flag == "1";
    }
    markets.push_back(std::move(market));
  }
  return MarketTable(std::move(markets));
}

}  // namespace pcsim
