#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/commerce/purchase.h"

/// From MS-AZR-0145P to the Azure plan. Source: docs/reference/commerce.md#product-upgrades.
namespace pcsim {

/// What the rules of an upgrade know of a customer.
struct UpgradeFacts {
  const std::vector<Subscription>& sources;  ///< its MS-AZR-0145P subscriptions as they stand
  const ProductUpgrade* latest;              ///< null when there was none
  bool owns_plan, plan_on_sale;
  Instant now;
};

/// One rule of an upgrade. `arguments` fill the error's text.
struct ProductUpgradeRule {
  std::string_view name;
  ErrorCode error;
  bool (*broken)(const UpgradeFacts&);
  std::vector<std::string> (*arguments)(const UpgradeFacts&) = nullptr;
};
std::span<const ProductUpgradeRule> product_upgrade_rules();

/// Whether the customer can be upgraded now.
Result<Done> check_product_upgrade(const PurchaseScene& scene);

/// Starts the upgrade; what it does happens when it completes.
ProductUpgrade& start_product_upgrade(World& world, Env& env, const PurchaseScene& scene);

/// The customer's upgrade of that id. Errors: 404 900106, 400 900111 when it is another's.
Result<const ProductUpgrade*> find_product_upgrade(const World& world, const Customer& customer,
                                                   std::string_view id);

}  // namespace pcsim
