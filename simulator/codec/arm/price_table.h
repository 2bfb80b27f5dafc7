#pragma once

#include <optional>
#include <string>

#include "domain/reservations/purchase.h"

namespace pcsim {

/// Price of one instance over the whole term in US cents, or the error that refuses the product.
Result<Cents> reservation_price(const std::string& sku, const std::string& location,
                                const std::string& term);

/// How titles name a region: `US West` for `westus`; a region without a title keeps its name.
std::string location_title(const std::string& location);

/// US cents in another currency's hundredths; unknown currencies count as US dollars.
Cents convert_from_usd(Cents amount, const std::string& currency);

/// `product:sku:availability` that a Partner Center order names for a size.
std::string catalog_item_for(const std::string& sku, const std::string& term);

}  // namespace pcsim
