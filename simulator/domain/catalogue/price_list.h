#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/decimal.h"

namespace pcsim {

/// A row of the price list: a reservation of one size in one region for one term, or (without a
/// size) what one unit of a SKU of the catalogue costs. Prices are in US dollars.
struct PriceRow {
  std::string_view product, sku, availability, plan_availability, size, region, term;
  Decimal price{};                         ///< for the whole term
  std::optional<Decimal> pay_as_you_go{};  ///< of the same use without a reservation
  bool recorded = false;                   ///< seen in an answer of the real service, not invented

  /// How much less a reservation costs than the same use without one; nothing for the others.
  std::optional<Decimal> saving() const;
};

/// A product whose SKUs are the rows of the price list that name it.
struct ReservedProduct {
  std::string id, title, description, type, sub_type;
  std::vector<std::string> views{};
  std::string resource_type;  ///< what the resource manager calls the kind of reservation
  std::string sku_prefix;     ///< what the title of a SKU begins with there
};

/// A size of a reserved product: `cores` and `ram` are empty where they mean nothing.
struct ReservedSize {
  std::string product, cores, ram;
};

/// A billing currency: its units for one US dollar, and the digits behind its point.
struct Currency {
  Decimal rate = Decimal::of(1);
  int places = 2;
};

/// The tax a partner of a country pays, and whether its prices hold it already.
struct Tax {
  Decimal rate{};
  bool included = false;
};

/// What a price list is made of.
struct PriceTables {
  std::shared_ptr<const std::string> text{};  ///< what the rows point into; null: compiled in
  std::vector<PriceRow> rows{};
  /// Makes the rows when they are first needed, in place of `rows`.
  std::function<std::vector<PriceRow>(const PriceTables&)> later{};
  std::map<std::string, ReservedProduct, std::less<>> products{};  ///< by id in lower case
  std::map<std::string, ReservedSize, std::less<>> sizes{};        ///< by name in lower case
  std::map<std::string, std::string, std::less<>> regions{};       ///< titles by name in lower case
  std::map<std::string, Currency, std::less<>> currencies{};       ///< by code in lower case
  std::map<std::string, Tax, std::less<>> taxes{};                 ///< by country in lower case
};

/// Every price there is. Copies share the tables.
class PriceList {
 public:
  PriceList() = default;
  explicit PriceList(PriceTables tables);

  /// The tables but for the rows.
  const PriceTables& tables() const;
  /// Any thread may be the first to ask.
  std::span<const PriceRow> rows() const;

  /// A reservation by size, region and term (`P1Y`, `P3Y`), or null.
  const PriceRow* reservation(std::string_view size, std::string_view region,
                              std::string_view term) const;

  /// What a SKU costs, or null.
  const PriceRow* sku(std::string_view product, std::string_view sku) const;

  /// The product a size belongs to, or null.
  const ReservedProduct* product_of(std::string_view size) const;

  bool known_region(std::string_view region) const;

  /// How titles name a region: `US West` for `westus`; an unknown one keeps its name.
  std::string region_title(std::string_view region) const;

  /// What a SKU is called: size, region and term in words.
  std::string sku_title(std::string_view size, std::string_view region,
                        std::string_view term) const;

  /// What the resource manager calls a reservation: the kind before the title.
  std::string reservation_title(std::string_view size, std::string_view region,
                                std::string_view term) const;

  /// A billing currency; an unknown one is taken for the US dollar.
  Currency currency(std::string_view code) const;

  /// The tax of a partner's country; none where the list has no row.
  Tax tax(std::string_view country) const;

 private:
  struct Shared;
  std::shared_ptr<const Shared> shared_{};
};

}  // namespace pcsim
