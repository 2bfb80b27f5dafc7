#include "codec/price_files.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "codec/csv_file.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

/// Reads a small table: `fill` takes a line's cells and answers the failure, if any. The first
/// column is the key.
template <class Row, std::size_t N, class Fill>
std::variant<Rows<Row>, DataFailure> read_table(std::string_view csv,
                                                const std::array<std::string_view, N>& columns,
                                                const Fill& fill) {
  auto parsed = CsvFile::parse(csv, columns);
  if (auto* failure = std::get_if<DataFailure>(&parsed)) {
    return std::move(*failure);
  }
  const auto& file = std::get<CsvFile>(parsed);
  Rows<Row> rows;
  for (const CsvRow& line : file.rows()) {
    const auto cell = [&](std::size_t at) -> const std::string& {
      return file.cell(line, columns[at]);
    };
    const auto fail = [&](std::size_t at, std::string reason) {
      return Failure{DataFailure{std::string{columns[at]}, line.line, std::move(reason)}};
    };
    if (cell(0).empty()) {
      return *fail(0, "is empty");
    }
    Row row;
    if (Failure failure = fill(cell, fail, row)) {
      return *std::move(failure);
    }
    if (!rows.emplace(lower(cell(0)), std::move(row)).second) {
      return *fail(0, cell(0) + " appears twice");
    }
  }
  return rows;
}

std::optional<Decimal> amount(std::string_view text) {
  const auto value = Decimal::parse(text);
  return value && *value >= Decimal{} ? value : std::nullopt;
}

constexpr std::array<std::string_view, 10> kPriceColumns{
    "product", "sku",  "availability", "plan_availability", "size",
    "region",  "term", "price_usd",    "pay_as_you_go_usd", "origin"};
using Cells = std::array<std::string_view, kPriceColumns.size()>;

/// The cells of a line without quotes; false when there are more or fewer.
bool cut(std::string_view line, Cells& cells) {
  for (std::size_t at = 0; at < cells.size(); ++at) {
    const auto end = line.find(',');
    if ((end == std::string_view::npos) != (at + 1 == cells.size())) {
      return false;
    }
    cells[at] = line.substr(0, end);
    line.remove_prefix(end == std::string_view::npos ? line.size() : end + 1);
  }
  return true;
}

struct Wrong {
  std::size_t column;
  const char* reason;
};

/// What is wrong with a reservation's line.
std::optional<Wrong> check_reservation(const PriceRow& row, const PriceTables& tables) {
  const auto size = tables.sizes.find(lower(row.size));
  if (size == tables.sizes.end()) {
    return Wrong{4, "is not in sizes.csv"};
  }
  if (size->second.product != row.product) {
    return Wrong{0, "is not the product of the size in sizes.csv"};
  }
  if (tables.regions.count(lower(row.region)) == 0) {
    return Wrong{5, "is not in regions.csv"};
  }
  if (row.term != "P1Y" && row.term != "P3Y") {
    return Wrong{6, "must be P1Y or P3Y"};
  }
  if (row.availability.empty()) {
    return Wrong{2, "is empty"};
  }
  return row.pay_as_you_go ? std::nullopt : std::optional{Wrong{8, "must be an amount"}};
}

std::optional<Wrong> read_row(const Cells& cells, const PriceTables& tables, PriceRow& row) {
  row = {cells[0], cells[1], cells[2], cells[3], cells[4],
         cells[5], cells[6], {},       {},       cells[9] == "recorded"};
  if (row.product.empty() || row.sku.empty()) {
    return Wrong{row.product.empty() ? 0U : 1U, "is empty"};
  }
  const auto price = amount(cells[7]);
  if (!price) {
    return Wrong{7, "must be an amount"};
  }
  row.price = *price;
  row.pay_as_you_go = amount(cells[8]);
  if (!row.recorded && cells[9] != "invented") {
    return Wrong{9, "must be recorded or invented"};
  }
  return row.size.empty() ? std::nullopt : check_reservation(row, tables);
}

}  // namespace

std::variant<Rows<ReservedProduct>, DataFailure> read_reserved_products(std::string_view csv) {
  constexpr std::array<std::string_view, 8> kColumns{"product",       "title",     "description",
                                                     "type",          "sub_type",  "views",
                                                     "resource_type", "sku_prefix"};
  return read_table<ReservedProduct>(
      csv, kColumns, [](const auto& cell, const auto& fail, ReservedProduct& row) {
        row = {cell(0), cell(1), cell(2), cell(3), cell(4), {}, cell(6), cell(7)};
        for (const std::string_view view : split(cell(5), ' ')) {
          row.views.emplace_back(view);
        }
        return cell(6).empty() ? fail(6, "is empty") : Failure{};
      });
}

std::variant<Rows<ReservedSize>, DataFailure> read_reserved_sizes(
    std::string_view csv, const Rows<ReservedProduct>& products) {
  constexpr std::array<std::string_view, 4> kColumns{"size", "product", "cores", "ram"};
  return read_table<ReservedSize>(
      csv, kColumns, [&](const auto& cell, const auto& fail, ReservedSize& row) {
        row = {cell(1), cell(2), cell(3)};
        const bool digits = cell(2).find_first_not_of("0123456789") == std::string::npos;
        return products.count(lower(cell(1))) == 0 ? fail(1, "is not in products.csv")
               : !digits || cell(2).size() > 6     ? fail(2, "must be digits or nothing")
                                                   : Failure{};
      });
}

std::variant<Rows<std::string>, DataFailure> read_regions(std::string_view csv) {
  constexpr std::array<std::string_view, 2> kColumns{"region", "title"};
  return read_table<std::string>(csv, kColumns,
                                 [](const auto& cell, const auto& fail, std::string& title) {
                                   title = cell(1);
                                   return title.empty() ? fail(1, "is empty") : Failure{};
                                 });
}

std::variant<Rows<Currency>, DataFailure> read_currencies(std::string_view csv) {
  constexpr std::array<std::string_view, 3> kColumns{"currency", "rate", "places"};
  return read_table<Currency>(csv, kColumns, [](const auto& cell, const auto& fail, Currency& row) {
    const auto rate = amount(cell(1));
    if (!rate || *rate == Decimal{}) {
      return fail(1, "must be a number above zero");
    }
    row = {*rate, cell(2) == "0" ? 0 : 2};
    return cell(2) == "0" || cell(2) == "2" ? Failure{} : fail(2, "must be 0 or 2");
  });
}

std::variant<Rows<Tax>, DataFailure> read_taxes(std::string_view csv) {
  constexpr std::array<std::string_view, 3> kColumns{"country", "rate", "included"};
  return read_table<Tax>(csv, kColumns, [](const auto& cell, const auto& fail, Tax& row) {
    const auto rate = amount(cell(1));
    if (!rate || *rate >= Decimal::of(1)) {
      return fail(1, "must be a share below 1");
    }
    row = {*rate, cell(2) == "1"};
    return cell(2) == "0" || cell(2) == "1" ? Failure{} : fail(2, "must be 0 or 1");
  });
}

// Thousands of lines are read at every start: their cells stay where they are.
std::variant<std::vector<PriceRow>, DataFailure> read_price_rows(std::string_view csv,
                                                                 const PriceTables& tables) {
  std::vector<PriceRow> rows;
  rows.reserve(static_cast<std::size_t>(std::count(csv.begin(), csv.end(), '\n')));
  for (int line = 1; !csv.empty(); ++line) {
    const auto end = std::min(csv.find('\n'), csv.size());
    std::string_view text = csv.substr(0, end);
    csv.remove_prefix(std::min(end + 1, csv.size()));
    if (!text.empty() && text.back() == '\r') {
      text.remove_suffix(1);
    }
    Cells cells{};
    if (text.empty()) {
      continue;
    }
    if (!cut(text, cells)) {
      return DataFailure{{}, line, "must have 10 cells without quotes"};
    }
    if (line == 1) {
      for (std::size_t at = 0; at < cells.size(); ++at) {
        if (cells[at] != kPriceColumns[at]) {
          return DataFailure{std::string{kPriceColumns[at]}, 1,
                             "column " + std::to_string(at + 1) + " must have this name"};
        }
      }
      continue;
    }
    PriceRow row;
    if (const auto wrong = read_row(cells, tables, row)) {
      return DataFailure{std::string{kPriceColumns[wrong->column]}, line, wrong->reason};
    }
    rows.push_back(row);
  }
  return rows;
}

}  // namespace pcsim
