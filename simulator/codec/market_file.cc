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

constexpr std::size_t kFirstList = 6;
constexpr std::array<std::string_view, 10> kColumns{"iso2",
                                                    "name_en",
                                                    "name_fr",
                                                    "csp_region",
                                                    "currency",
                                                    "currency_symbol",
                                                    "reservations_seed000_2019",
                                                    "reservations_devdocs_2021",
                                                    "reservations_devdocs_2023_10",
                                                    "reservations_userdocs_2023_10"};

bool is_country_code(std::string_view text) {
  return text.size() == 2 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// Fills `market` from a line.
Failure read_market(const CsvFile& file, const CsvRow& row, Market& market) {
  market = {file.cell(row, "iso2"),
            file.cell(row, "name_en"),
            file.cell(row, "name_fr"),
            file.cell(row, "csp_region"),
            file.cell(row, "currency"),
            file.cell(row, "currency_symbol"),
            {}};
  if (!is_country_code(market.iso2)) {
    return DataFailure{"iso2", row.line, "must be two capital letters"};
  }
  if (market.currency.size() != 3) {
    return DataFailure{"currency", row.line, "must be a code of three letters"};
  }
  for (std::size_t list = 0; list < market.reservation_lists.size(); ++list) {
    const std::string_view column = kColumns.at(kFirstList + list);
    const std::string& flag = file.cell(row, column);
    if (flag != "0" && flag != "1") {
      return DataFailure{std::string{column}, row.line, "must be 0 or 1"};
    }
    market.reservation_lists.at(list) = flag == "1";
  }
  return std::nullopt;
}

}  // namespace

std::variant<MarketTable, DataFailure> read_markets(std::string_view csv) {
  auto parsed = CsvFile::parse(csv, kColumns);
  if (auto* failure = std::get_if<DataFailure>(&parsed)) {
    return std::move(*failure);
  }
  const auto& file = std::get<CsvFile>(parsed);
  std::vector<Market> markets;
  std::set<std::string> known;
  for (const CsvRow& row : file.rows()) {
    Market market;
    if (Failure failure = read_market(file, row, market)) {
      return *failure;
    }
    if (!known.insert(market.iso2).second) {
      return DataFailure{"iso2", row.line, market.iso2 + " appears twice"};
    }
    markets.push_back(std::move(market));
  }
  return MarketTable(std::move(markets));
}

}  // namespace pcsim
