#include "codec/market_file.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace pcsim {
namespace {

constexpr std::size_t kFirstList = 6;
constexpr std::array<std::string_view, 4> kLists{
    "reservations_seed000_2019", "reservations_devdocs_2021", "reservations_devdocs_2023_10",
    "reservations_userdocs_2023_10"};

// Cells of one line of RFC 4180 text without line ends in cells.
std::vector<std::string> cells_of(std::string_view line) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quoted && c == '"' && i + 1 < line.size() && line[i + 1] == '"') {
      cells.back() += '"';
      ++i;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      cells.emplace_back();
    } else if (c != '\r') {
      cells.back() += c;
    }
  }
  return cells;
}

}  // namespace

MarketTable read_markets(std::string_view csv) {
  std::vector<std::string> header;
  std::vector<Market> rows;
  while (!csv.empty()) {
    const auto end = std::min(csv.find('\n'), csv.size());
    auto cells = cells_of(csv.substr(0, end));
    csv.remove_prefix(std::min(end + 1, csv.size()));
    if (header.empty()) {
      header = std::move(cells);
      if (header.size() != kFirstList + kLists.size() ||
          !std::equal(kLists.begin(), kLists.end(), header.begin() + kFirstList)) {
        throw std::runtime_error("market table: unexpected columns");
      }
    } else if (cells.size() == header.size()) {
      Market market{cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], {}};
      for (std::size_t list = 0; list < kLists.size(); ++list) {
        market.reservation_lists.at(list) = cells[kFirstList + list] == "1";
      }
      rows.push_back(std::move(market));
    }
  }
  return MarketTable(std::move(rows));
}

}  // namespace pcsim
