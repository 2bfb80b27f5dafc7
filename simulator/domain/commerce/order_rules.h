#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "domain/commerce/purchase.h"

namespace pcsim {

/// What the rules of a whole order know.
struct OrderFacts {
  PartnerKind seller;
  bool agreement_accepted, buys_plan;
  bool attested;          ///< whether the seller attests the partner on record
  bool sells_in_country;  ///< whether the customer's market is of the seller's CSP region
  const Switches& switches;
  const PurchaseScene& scene;
  const Partner* reseller;  ///< of the customer; null when it has none
};

/// One rule of a whole order.
struct OrderRule {
  std::string_view name;
  ErrorCode error;
  bool (*broken)(const OrderFacts&);
  std::string_view source;
  std::vector<std::string> (*arguments)(const OrderFacts&) = nullptr;
};

/// Looked at before the lines' rules, and after them.
std::span<const OrderRule> rules_before_lines();
std::span<const OrderRule> rules_after_lines();

/// Whether the customer's acceptance of the Microsoft Customer Agreement is on record.
bool agreement_accepted(const World& world, const Customer& customer);

/// Refuses the lines as one order.
Result<Done> check_order(const PurchaseScene& scene, const std::vector<PurchaseLine>& lines,
                         std::optional<bool> attested);

}  // namespace pcsim
