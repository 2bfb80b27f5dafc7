#pragma once

#include <array>
#include <map>
#include <string>

#include "domain/catalogue/price_list.h"
#include "domain/world.h"
#include "pcsim/ports.h"

/// How much of a customer's reservations its running machines use, hour by hour.
/// Source: docs/reference/reservations.md#use.
namespace pcsim {

/// How many records of running instances a world keeps.
constexpr std::size_t kMaxUsage = 1'000;

/// The days an aggregate looks back.
constexpr std::array<int, 3> kGrains{1, 7, 30};

/// Percent of the hours of each grain that were used; days before the benefit do not count.
struct Utilisation {
  std::array<Decimal, 3> percent{};
};

/// Sizes of one group stand in for each other by their ratio.
struct FlexibilityGroup {
  std::string name{};  ///< empty where a size stands for itself
  std::int64_t ratio = 1;
};

/// The group of a size: machines of one series, by their price.
FlexibilityGroup flexibility_of(const PriceList& prices, const std::string& sku);

/// The use of each of a customer's reservations, by id. Within an hour reservations of a narrower
/// scope come first.
std::map<std::string, Utilisation> utilisation(const World& world, const PriceList& prices,
                                               const std::string& customer_id, const Env& env);

}  // namespace pcsim
