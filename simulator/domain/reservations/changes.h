#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/reservations/booking.h"

/// Changes of a reservation that keeps being what was bought.
/// Source: docs/reference/reservations.md#changes.
namespace pcsim {

/// How many parts one split may make, and how many reservations one merge may take.
constexpr std::size_t kMaxParts = 100;

/// What an update asks for; what is missing stays.
struct ReservationChange {
  std::optional<std::string> scope_type{}, name{}, management_group{};
  std::optional<std::vector<std::string>> applied_scopes{};
  std::optional<bool> instance_flexibility{}, renew{};
  std::optional<PurchaseRequest> renewal{};
  std::string renewal_text{};  ///< the same in the words of its request
  std::optional<Instant> review{};

  bool rescopes() const { return scope_type || applied_scopes || management_group; }
  /// Whether only the partner makes it.
  bool managed() const { return rescopes() || renew || renewal; }
};

/// Applies a change. Errors: ArmOperationNotAllowedInState, ArmPatchValuesSameAsExisting,
/// ArmAppliedScopesSameAsExisting, ArmAppliedScopesNotAssociated, ArmMissingAppliedScopesForSingle,
/// ArmInvalidSingleAppliedScopesCount, ArmInvalidRequestContent, ArmBillingScopeIdCannotBeChanged,
/// and those of a purchase request for a renewal.
Result<Reservation> change_reservation(World& world, const Env& env, const Shop& shop,
                                       const std::string& reservation_id,
                                       const ReservationChange& change);

/// Splits a reservation into parts whose sum it is; the parts.
/// Errors: ArmOperationNotAllowedInState, ArmBadRequest.
Result<std::vector<Reservation>> split_reservation(World& world, Env& env,
                                                   const std::string& reservation_id,
                                                   const std::vector<std::int64_t>& quantities);

/// Merges reservations of one order that are alike; the whole.
/// Errors: ArmOperationNotAllowedInState, ArmBadRequest.
Result<Reservation> merge_reservations(World& world, Env& env,
                                       const std::vector<std::string>& reservation_ids);

/// Hides or shows a reservation that has ended. Errors: ArmOperationNotAllowedInState.
Result<Done> archive_reservation(World& world, const Env& env, const std::string& reservation_id,
                                 bool archived);

/// The reservations whose term has ended and that renew themselves, but have not yet.
std::vector<std::string> due_renewals(const World& world, Instant now);

/// Buys what renews a reservation, as of the end of its term.
void renew_reservation(World& world, Env& env, const Shop& shop, const std::string& reservation_id,
                       const PurchaseRequest& request);

/// Appends the rules of a change.
void list_change_rules(std::vector<RuleRow>& out);

}  // namespace pcsim
