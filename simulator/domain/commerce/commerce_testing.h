#pragma once

#include <string>
#include <vector>

#include "domain/commerce/cart.h"
#include "domain/commerce/subscription.h"

namespace pcsim::testing_shop {

inline constexpr const char* kUnderPlan = "R:0001:P";  // 4 cores, 1 year
inline constexpr const char* kUnderMicrosoftAzure = "R:0001:L";
inline constexpr const char* kRestricted = "R:0002:P";  // a region without capacity
inline constexpr const char* kMonthly = "S:0001:A";     // a seat-based service
inline constexpr const char* kSoftware = "W:0001:A";
inline constexpr const char* kBase = "E1";   // a legacy offer
inline constexpr const char* kAddon = "AC";  // its add-on

/// Products of every kind.
Catalogue shop_catalogue();

/// A world with a direct partner, an indirect provider, its reseller, a reseller of nobody, and
/// one customer each of the direct partner and the provider.
struct Shop {
  Shop();

  World world{};
  IdSource ids{7};
  Switches switches{};
  Env env{100, ids, kSecond, switches, nullptr};
  Catalogue items = shop_catalogue();
  MarketTable markets;
  Customer customer{};
  std::string seller = "direct";  ///< key of the partner that sells

  PurchaseScene scene() const {
    return {world, customer, items, markets, env, world.partners.find(seller)};
  }
  /// Lets the provider sell to its customer.
  void sell_as_provider();
  /// Gives the customer a subscription `id` with an Azure subscription `<id>-azure`.
  void own(const std::string& id, std::string_view offer, bool is_registered = true);
  PurchaseLine reservation(const char* item = kUnderPlan, const char* subscription = "plan") const;
};

}  // namespace pcsim::testing_shop
