#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/access/authorise.h"
#include "domain/access/role_assignments.h"
#include "domain/rules.h"
#include "domain/world.h"
#include "pcsim/ports.h"
#include "pcsim/result.h"

namespace pcsim {

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

/// What a caller wants with the reservations of an order.
enum class OrderRight {
  Read,
  Change,  ///< what the customer may do itself: name, flexibility, split, merge, archive
  Manage   ///< scope, renewal, return and exchange
};

/// Whether the caller may do `action` to the order of `reservation`: by a role on the order, or,
/// for people of the customer's partner, by a role on the subscription that pays. Only they
/// manage reservations; guests do not, whatever they are at home.
/// Errors: ArmAuthorizationFailed, ArmChangeForbidden.
Result<Done> may_act(const World& world, const Env& env, const Actor& actor,
                     const Reservation& reservation, OrderRight right, const std::string& action);

/// The scope of an order.
std::string order_scope(const std::string& order_id);

/// Appends the rules of who buys a reservation.
void list_buyer_rules(std::vector<RuleRow>& out);

}  // namespace pcsim
