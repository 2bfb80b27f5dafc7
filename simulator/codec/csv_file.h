#pragma once

#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "codec/data_failure.h"

namespace pcsim {

/// One line of a CSV file after the header.
struct CsvRow {
  int line = 0;
  std::vector<std::string> cells{};
};

/// A table with a header line (RFC 4180, without line ends in cells).
class CsvFile {
 public:
  /// Every row has as many cells as the header, and the header names all of `columns`.
  static std::variant<CsvFile, DataFailure> parse(std::string_view text,
                                                  std::span<const std::string_view> columns);

  const std::vector<CsvRow>& rows() const { return rows_; }
  /// The cell of a column; empty when the header does not name it.
  const std::string& cell(const CsvRow& row, std::string_view column) const;

 private:
  std::vector<std::string> header_{};
  std::vector<CsvRow> rows_{};
};

}  // namespace pcsim
