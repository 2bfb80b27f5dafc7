#pragma once

#include <span>
#include <string_view>

#include "domain/catalogue/catalogue.h"
#include "domain/world.h"
#include "pcsim/ports.h"
#include "pcsim/result.h"

namespace pcsim {

/// What the rules know of a deletion.
struct DeletionFacts {
  const World& world;
  const Catalogue& catalogue;
  const Partner& partner;
  const Customer& customer;
};

/// One rule of a deletion.
struct DeletionRule {
  std::string_view name;
  ErrorCode error;
  bool (*broken)(const DeletionFacts&);
};

/// The rules of a customer's deletion in their order.
/// Source: docs/reference/customers.md#deletion.
std::span<const DeletionRule> deletion_rules();

/// Judges a deletion by its rules.
Result<Done> check_deletion(const DeletionFacts& facts, Trace* trace);

}  // namespace pcsim
