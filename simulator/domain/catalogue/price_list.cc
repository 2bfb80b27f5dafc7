#include "domain/catalogue/price_list.h"

#include <algorithm>
#include <mutex>
#include <utility>

#include "pcsim/text.h"

namespace pcsim {
namespace {

template <class Row>
const Row* find(const std::map<std::string, Row, std::less<>>& table, const std::string& key) {
  const auto found = table.find(key);
  return found == table.end() ? nullptr : &found->second;
}

}  // namespace

std::optional<Decimal> PriceRow::saving() const {
  return pay_as_you_go ? std::optional{*pay_as_you_go - price} : std::nullopt;
}

struct PriceList::Shared {
  explicit Shared(PriceTables all) : tables(std::move(all)) {}

  PriceTables tables;
  mutable std::once_flag made{};
  mutable std::vector<PriceRow> rows{};
};

PriceList::PriceList(PriceTables tables)
    : shared_(std::make_shared<const Shared>(std::move(tables))) {}

const PriceTables& PriceList::tables() const {
  static const PriceTables kNone;
  return shared_ ? shared_->tables : kNone;
}

std::span<const PriceRow> PriceList::rows() const {
  if (!shared_ || !shared_->tables.later) {
    return tables().rows;
  }
  std::call_once(shared_->made, [this] { shared_->rows = shared_->tables.later(shared_->tables); });
  return shared_->rows;
}

const PriceRow* PriceList::reservation(std::string_view size, std::string_view region,
                                       std::string_view term) const {
  const auto all = rows();
  const auto found = std::find_if(all.begin(), all.end(), [&](const PriceRow& row) {
    return !row.size.empty() && equal_ignoring_case(row.size, size) &&
           equal_ignoring_case(row.region, region) && equal_ignoring_case(row.term, term);
  });
  return found == all.end() ? nullptr : &*found;
}

const PriceRow* PriceList::sku(std::string_view product, std::string_view sku) const {
  const auto all = rows();
  const auto found = std::find_if(all.begin(), all.end(), [&](const PriceRow& row) {
    return equal_ignoring_case(row.product, product) && equal_ignoring_case(row.sku, sku);
  });
  return found == all.end() ? nullptr : &*found;
}

const ReservedProduct* PriceList::product_of(std::string_view size) const {
  const ReservedSize* found = find(tables().sizes, lower(size));
  return found == nullptr ? nullptr : find(tables().products, lower(found->product));
}

bool PriceList::known_region(std::string_view region) const {
  return find(tables().regions, lower(region)) != nullptr;
}

std::string PriceList::region_title(std::string_view region) const {
  const std::string* title = find(tables().regions, lower(region));
  return title == nullptr ? std::string{region} : *title;
}

std::string PriceList::sku_title(std::string_view size, std::string_view region,
                                 std::string_view term) const {
  return std::string{size} + ", " + region_title(region) +
         (equal_ignoring_case(term, "P3Y") ? ", 3 Years" : ", 1 Year");
}

std::string PriceList::reservation_title(std::string_view size, std::string_view region,
                                         std::string_view term) const {
  const ReservedProduct* product = product_of(size);
  return (product == nullptr ? std::string{"Reservation"} : product->sku_prefix) + ", " +
         sku_title(size, region, term);
}

Currency PriceList::currency(std::string_view code) const {
  const Currency* found = find(tables().currencies, lower(code));
  return found == nullptr ? Currency{} : *found;
}

Tax PriceList::tax(std::string_view country) const {
  const Tax* found = find(tables().taxes, lower(country));
  return found == nullptr ? Tax{} : *found;
}

}  // namespace pcsim
