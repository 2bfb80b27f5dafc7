#pragma once

#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "codec/data_failure.h"
#include "domain/catalogue/price_list.h"

/// Readers of the files below `fixtures/prices/`. Each refuses a wrong line by column and reason.
namespace pcsim {

template <class Row>
using Rows = std::map<std::string, Row, std::less<>>;

std::variant<Rows<ReservedProduct>, DataFailure> read_reserved_products(std::string_view csv);
std::variant<Rows<ReservedSize>, DataFailure> read_reserved_sizes(
    std::string_view csv, const Rows<ReservedProduct>& products);
std::variant<Rows<std::string>, DataFailure> read_regions(std::string_view csv);
std::variant<Rows<Currency>, DataFailure> read_currencies(std::string_view csv);
std::variant<Rows<Tax>, DataFailure> read_taxes(std::string_view csv);

/// The rows point into `csv`; products, sizes and regions must be those of `tables`.
std::variant<std::vector<PriceRow>, DataFailure> read_price_rows(std::string_view csv,
                                                                 const PriceTables& tables);

}  // namespace pcsim
