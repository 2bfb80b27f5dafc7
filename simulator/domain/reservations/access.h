#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/access/role_assignments.h"
#include "domain/rules.h"
#include "domain/world.h"
#include "pcsim/ports.h"
#include "pcsim/result.h"

namespace pcsim {

/// A caller of the resource manager as role assignments know him; ids are lower-case.
struct Actor {
  std::string tenant_id, object_id, name;
  std::vector<std::string> groups{};

  /// Whether `principal_id` is this caller or one of his groups.
  bool is(std::string_view principal_id) const;
};

/// Whether `outer` is `inner` or one of its ancestors, without regard to case.
bool scope_covers(std::string_view outer, std::string_view inner);

/// Whether the caller holds any role at `scope` or above it.
bool has_role_at(const World& world, const Actor& actor, const std::string& scope);

/// Whether the caller holds a role at `scope`, above it or below it.
bool sees_scope(const World& world, const Actor& actor, const std::string& scope);

/// Whether the caller is an admin agent of the customer's billing partner.
bool acts_on_behalf(const World& world, const Actor& actor, const Customer& customer);

/// Whether the customer's billing partner lets it buy reservations itself.
bool self_service_allowed(const World& world, const Customer& customer);

/// The Azure subscription, when it exists and belongs to the caller's tenant.
Result<AzureSubscription> subscription_of_caller(const World& world, const Actor& actor,
                                                 const std::string& subscription_id);

/// Whether the caller may buy a reservation billed to `subscription`: Owner or Reservation
/// Purchaser there, and let by the partner unless he is its admin agent.
/// Errors: ArmAuthorizationFailed, and the one the switch
/// customer-purchase-refusal names.
Result<Done> may_purchase(const World& world, const Env& env, const Actor& actor,
                          const Customer& customer, const AzureSubscription& subscription);

/// Refusal naming the caller, the action and the scope.
Error authorization_failed(const Actor& actor, std::string action, std::string scope);

/// Appends the rules of who buys a reservation.
void list_buyer_rules(std::vector<RuleRow>& out);

}  // namespace pcsim
