#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "codec/json_writer.h"
#include "domain/catalogue/catalogue.h"
#include "domain/commerce/order.h"
#include "domain/decimal.h"

namespace pcsim {

/// An order as a caller sends it.
struct OrderDraft {
  std::vector<PlacedLine> lines{};
  std::optional<bool> partner_attested{};
};

/// Reads an order body; member names are in lower case.
OrderDraft read_order(const nlohmann::json& body);

/// The order at `now`. `unit_prices` are in its currency, one per line, and are shown when there
/// are any; the total is the sum of the lines.
void write_order(JsonPlace place, const Order& order, const Catalogue& catalogue, Instant now,
                 const std::vector<Decimal>& unit_prices = {});

/// The same, without prices, as a text.
std::string order_text(const Order& order, const Catalogue& catalogue, Instant now);

}  // namespace pcsim
