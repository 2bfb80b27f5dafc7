#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "domain/catalogue/price_list.h"
#include "domain/reservations/booking.h"

/// What is on sale as reservations, as the resource manager lists it.
namespace pcsim {

/// One size in one region, with the prices of its terms as the caller sees them.
nlohmann::ordered_json catalog_item_json(const PriceList& prices, const PriceRow& one_year,
                                         const PriceRow* three_years, const PriceView& view,
                                         const std::string& currency, bool restricted);

}  // namespace pcsim
