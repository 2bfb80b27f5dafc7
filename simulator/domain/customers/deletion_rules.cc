#include "domain/customers/deletion_rules.h"

#include <array>

#include "domain/customers/holdings.h"
#include "domain/rules.h"

namespace pcsim {
namespace {

constexpr std::array<DeletionRule, 3> kRules{{
    {"sandbox_only", ErrorCode::OperationNotSupportedInEnvironment,
     [](const DeletionFacts& f) { return !f.partner.sandbox; }},
    {"deleted_without_reservations", ErrorCode::OrderNotCancellable,
     [](const DeletionFacts& f) { return holds_reservation(f.world, f.customer); }},
    {"deleted_without_software", ErrorCode::OrderNotCancellable,
     [](const DeletionFacts& f) { return holds_software(f.world, f.catalogue, f.customer); }},
}};

}  // namespace

std::span<const DeletionRule> deletion_rules() { return kRules; }

Result<Done> check_deletion(const DeletionFacts& facts, Trace* trace) {
  if (const auto* broken = first_broken(deletion_rules(), facts, trace)) {
    return broken->error;
  }
  return Done{};
}

}  // namespace pcsim
