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
inline constexpr const char* kBase = "E1";              // a legacy offer
inline constexpr const char* kAddon = "AC";             // its add-on
inline constexpr const char* kBigger = "E3";            // what the legacy offer can be moved to
inline constexpr const char* kSeats = "N:0001:A";       // seats for one to thirty-six months
inline constexpr const char* kTrial = "N:0002:A";       // the same, to try
inline constexpr const char* kSeatAddon = "NA:0001:A";  // at least 5 seats beside 10 of those
inline constexpr const char* kAttested = "T:0001:A";    // seats whose buyer has to attest something
inline constexpr const char* kMetered = "M:0001:A";     // a metered service of another publisher
inline constexpr const char* kSubscribed = "Q:0001:A";  // software by the year
inline constexpr const char* kSandboxSize = "R:0003:P";  // what the sandbox lets be reserved

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
