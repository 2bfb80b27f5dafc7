#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "domain/catalogue/catalogue.h"
#include "domain/markets.h"
#include "domain/world.h"
#include "pcsim/error_code.h"
#include "pcsim/ports.h"
#include "pcsim/result.h"

namespace pcsim {

/// One thing a caller wants to buy, on a cart or an order.
struct PurchaseLine {
  std::string catalog_item_id{}, billing_cycle{}, currency_code{};
  std::int64_t quantity = 1;
  ProvisioningContext provisioning{};
};

/// What the purchase rules know of a line.
struct PurchaseFacts {
  const PurchaseLine& line;
  CatalogueItem item;
  const Market* market;
  const Subscription* subscription;  ///< of the provisioning context; null when unknown
  bool owns_plan, owns_microsoft_azure, plan_in_basket;
  Instant now, delay;
};

/// One rule: the error of a cart line, the error of an order, and when it is broken.
struct PurchaseRule {
  std::string_view name;
  ErrorCode line_error;
  ErrorCode order_error;
  bool (*broken)(const PurchaseFacts&);
  std::string_view source;
};

/// All purchase rules in the order they are applied.
std::span<const PurchaseRule> purchase_rules();

/// What a purchase is decided on.
struct PurchaseScene {
  const World& world;
  const Customer& customer;
  const Catalogue& catalogue;
  const MarketTable& markets;
  const Env& env;
};

/// The first rule `line` breaks; `plan_in_basket` when the plan is bought along with it.
const PurchaseRule* broken_rule(const PurchaseScene& scene, const PurchaseLine& line,
                                bool plan_in_basket);

/// The error an order with `line` is refused with.
std::optional<Error> order_error(const PurchaseScene& scene, const PurchaseLine& line,
                                 bool plan_in_basket);

bool is_azure_plan(std::string_view catalog_item_id);
bool is_microsoft_azure(std::string_view catalog_item_id);

/// Whether the customer's acceptance of the Microsoft Customer Agreement is on record.
bool agreement_accepted(const World& world, const Customer& customer);

/// Whether the customer has an undeleted Azure plan, or an undeleted MS-AZR-0145P subscription.
bool owns_azure_plan(const World& world, const Customer& customer);
bool owns_microsoft_azure(const World& world, const Customer& customer);

}  // namespace pcsim
