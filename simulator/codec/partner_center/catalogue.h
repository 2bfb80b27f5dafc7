#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "codec/json_writer.h"
#include "domain/catalogue/catalogue.h"
#include "domain/markets.h"

namespace pcsim {

/// Wire forms of the catalogue; `query` is what self links end with, such as `?country=FR`.
nlohmann::ordered_json product_json(const Product& product, const std::string& query);
nlohmann::ordered_json sku_json(const Product& product, const Sku& sku, const std::string& query);
nlohmann::ordered_json availability_json(const Product& product, const Sku& sku,
                                         const Availability& availability, const Market& market);

/// The product's type with its sub-type.
nlohmann::ordered_json item_type_json(const Product& product);

/// Adds links to the product, the SKU and the availability of a catalogue item; an item that is
/// not there has none.
void add_item_links(const JsonObject& links, const CatalogueItem& item, const std::string& country);

/// One element of the inventory answer.
nlohmann::ordered_json inventory_json(const Product& product, const Sku& sku, bool restricted,
                                      const std::string& region);

}  // namespace pcsim
