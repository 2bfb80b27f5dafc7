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

bool is_country_code(std::string_view text) {
  return text.size() == 2 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace

std::variant<MarketTable, DataFailure> read_markets(std::string_view csv,
                                                    std::string_view reservation_column) {
  const std::array<std::string_view, 7> columns{
      "iso2",     "name_en",         "name_fr",         "csp_region",
      "currency", "currency_symbol", reservation_column};
  auto parsed = CsvFile::parse(csv, columns);
  if (auto* failure = std::get_if<DataFailure>(&parsed)) {
    return std::move(*failure);
  }
  const auto& file = std::get<CsvFile>(parsed);
  std::vector<Market> markets;
  std::set<std::string> known;
  for (const CsvRow& row : file.rows()) {
    const std::string& flag = file.cell(row, reservation_column);
    Market market{file.cell(row, "iso2"),
                  file.cell(row, "name_en"),
                  file.cell(row, "name_fr"),
                  file.cell(row, "csp_region"),
                  file.cell(row, "currency"),
                  file.cell(row, "currency_symbol"),
                  flag == "1"};
    if (!is_country_code(market.iso2)) {
      return DataFailure{"iso2", row.line, "must be two capital letters"};
    }
    if (!known.insert(market.iso2).second) {
      return DataFailure{"iso2", row.line, market.iso2 + " appears twice"};
    }
    if (market.currency.size() != 3) {
      return DataFailure{"currency", row.line, "must be a code of three letters"};
    }
    if (flag != "0" && flag != "1") {
      return DataFailure{std::string{reservation_column}, row.line, "must be 0 or 1"};
    }
    markets.push_back(std::move(market));
  }
  return MarketTable(std::move(markets));
}

}  // namespace pcsim
