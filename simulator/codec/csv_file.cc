#include "codec/csv_file.h"

#include <algorithm>
#include <utility>

namespace pcsim {
namespace {

std::vector<std::string> cells_of(std::string_view line, std::size_t expected) {
  std::vector<std::string> cells;
  cells.reserve(std::max<std::size_t>(expected, 1));
  cells.emplace_back();
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

std::variant<CsvFile, DataFailure> CsvFile::parse(std::string_view text,
                                                  std::span<const std::string_view> columns) {
  CsvFile out;
  for (int line = 1; !text.empty(); ++line) {
    const auto end = std::min(text.find('\n'), text.size());
    auto cells = cells_of(text.substr(0, end), out.header_.size());
    text.remove_prefix(std::min(end + 1, text.size()));
    if (cells.size() == 1 && cells.front().empty()) {
      continue;
    }
    if (out.header_.empty()) {
      out.header_ = std::move(cells);
    } else if (cells.size() != out.header_.size()) {
      return DataFailure{{},
                         line,
                         "has " + std::to_string(cells.size()) + " cells, the header " +
                             std::to_string(out.header_.size())};
    } else {
      out.rows_.push_back({line, std::move(cells)});
    }
  }
  for (const std::string_view column : columns) {
    if (std::find(out.header_.begin(), out.header_.end(), column) == out.header_.end()) {
      return DataFailure{std::string{column}, 1, "the header lacks this column"};
    }
  }
  return out;
}

const std::string& CsvFile::cell(const CsvRow& row, std::string_view column) const {
  static const std::string kNone;
  const auto found = std::find(header_.begin(), header_.end(), column);
  return found == header_.end() ? kNone
                                : row.cells[static_cast<std::size_t>(found - header_.begin())];
}

}  // namespace pcsim
