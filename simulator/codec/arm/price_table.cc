#include "codec/arm/price_table.h"

#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <vector>

#include "pcsim/embedded.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

std::vector<std::vector<std::string>> rows_of(std::string_view path) {
  std::vector<std::vector<std::string>> rows;
  bool header = true;
  for (std::string_view line : split(embedded_file(path).value_or(""), '\n')) {
    if (!line.empty() && line.back() == '\r') {
      line.remove_suffix(1);
    }
    if (!header && !line.empty()) {
      std::vector<std::string> cells;
      for (const std::string_view cell : split(line, ',')) {
        cells.emplace_back(cell);
      }
      rows.push_back(std::move(cells));
    }
    header = false;
  }
  return rows;
}

struct Prices {
  std::map<std::string, Cents> by_key{};
  std::set<std::string> locations{};
};

std::string key_of(const std::string& sku, const std::string& location, const std::string& term) {
  return lower(sku + "|" + location + "|" + term);
}

const Prices& prices() {
  static const Prices table = [] {
    Prices out;
    for (const auto& row : rows_of("fixtures/prices/reservations_usd.csv")) {
      out.by_key[key_of(row.at(0), row.at(1), row.at(2))] =
          std::llround(std::stod(row.at(3)) * 100);
      out.locations.insert(lower(row.at(1)));
    }
    return out;
  }();
  return table;
}

const std::map<std::string, double>& rates() {
  static const std::map<std::string, double> table = [] {
    std::map<std::string, double> out;
    for (const auto& row : rows_of("fixtures/prices/rates.csv")) {
      out[row.at(0)] = std::stod(row.at(1));
    }
    return out;
  }();
  return table;
}

}  // namespace

Result<Cents> reservation_price(const std::string& sku, const std::string& location,
                                const std::string& term) {
  if (!prices().locations.contains(lower(location))) {
    return Error{ErrorCode::ArmInvalidLocationId, {location}, {}};
  }
  const auto found = prices().by_key.find(key_of(sku, location, term));
  if (found == prices().by_key.end()) {
    return Error{ErrorCode::ArmCalculatePriceFailed, {sku, location}, {}};
  }
  return found->second;
}

std::string location_title(const std::string& location) {
  for (const auto& row : rows_of("fixtures/prices/locations.csv")) {
    if (equal_ignoring_case(row.at(0), location)) {
      return row.at(1);
    }
  }
  return location;
}

Cents convert_from_usd(Cents amount, const std::string& currency) {
  const auto found = rates().find(currency);
  return found == rates().end() ? amount
                                : std::llround(static_cast<double>(amount) * found->second);
}

std::string catalog_item_for(const std::string& sku, const std::string& term) {
  for (const auto& row : rows_of("fixtures/prices/products.csv")) {
    if (lower(sku).starts_with(lower(row.at(0))) && row.at(1) == term) {
      return row.at(2);
    }
  }
  return {};
}

}  // namespace pcsim
