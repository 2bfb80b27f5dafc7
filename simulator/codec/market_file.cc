#include <nlohmann/json.hpp>
#include "codec/market_file.h"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace pcsim {
namespace {

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

MarketTable read_markets(std::string_view csv, std::string_view reservation_column) {
  std::vector<std::string> header;
  std::vector<Market> rows;
  std::size_t flag = 0;
  while (!csv.empty()) {
    const auto end = std::min(csv.find('\n'), csv.size());
    auto cells = cells_of(csv.substr(0, end));
    csv.remove_prefix(std::min(end + 1, csv.size()));
    if (header.empty()) {
      header = std::move(cells);
      const auto column = std::find(header.begin(), header.end(), reservation_column);
      if (column == header.end()) {
        throw std::runtime_error("market table: column " + std::string(reservation_column));
      }
      flag = static_cast<std::size_t>(column - header.begin());
    } else if (cells.size() == header.size()) {
      rows.push_back({cells[0], cells[1], cells[2], cells[3], cells[4], cells[5],
                      cells[flag] == "1"});
    }
  }
  return MarketTable(std::move(rows));
}

}  // namespace pcsim
