#pragma once

#include <span>
#include <string>
#include <string_view>

#include "domain/world.h"
#include "pcsim/ports.h"

/// A customer's Azure subscription that comes under its plan from elsewhere.
/// Source: docs/reference/transfers.md#into-the-programme.
namespace pcsim {

/// What the rules know of a move out of the customer's own agreement with Microsoft.
struct Intake {
  const AzureSubscription& azure;
  const Subscription& plan;  ///< as it stands
};

/// One rule: what is wrong when it is broken.
struct IntakeRule {
  std::string_view name, refusal;
  bool (*broken)(const Intake&);
};
std::span<const IntakeRule> intake_rules();

/// What is wrong with it, or an empty text.
std::string_view check_intake(const Intake& intake, Trace* trace);

/// Puts the Azure subscription under the plan, whose partner bills and administers it from now on.
/// Reservations are no part of it: what was bought for it stays where it was bought.
void take_in(World& world, Env& env, const std::string& azure_id, const std::string& plan_id);

}  // namespace pcsim
