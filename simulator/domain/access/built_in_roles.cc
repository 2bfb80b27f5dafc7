#include "domain/access/built_in_roles.h"

#include <algorithm>
#include <array>

#include "domain/access/role_assignments.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

constexpr std::array kRoles{
    BuiltInRole{kOwnerRole, "Owner",
                "Grants full access to manage all resources, including the ability to assign "
                "roles in Azure RBAC.",
                "*"},
    BuiltInRole{"b24988ac-6180-42a0-ab88-20f7382dd24c", "Contributor",
                "Grants full access to manage all resources, but does not allow you to assign "
                "roles in Azure RBAC, manage assignments in Azure Blueprints, or share image "
                "galleries.",
                "*",
                "Microsoft.Authorization/*/Delete Microsoft.Authorization/*/Write "
                "Microsoft.Authorization/elevateAccess/Action "
                "Microsoft.Blueprint/blueprintAssignments/write "
                "Microsoft.Blueprint/blueprintAssignments/delete "
                "Microsoft.Compute/galleries/share/action Microsoft.Purview/consents/write "
                "Microsoft.Purview/consents/delete "
                "Microsoft.Resources/deploymentStacks/manageDenySetting/action "
                "Microsoft.Subscription/cancel/action Microsoft.Subscription/enable/action"},
    BuiltInRole{"acdd72a7-3385-48ef-bd42-f606fba81ae7", "Reader",
                "View all resources, but does not allow you to make any changes.", "*/read"},
    BuiltInRole{"18d7d88d-d35e-4fb5-a5c3-7773c20a72d9", "User Access Administrator",
                "Lets you manage user access to Azure resources.",
                "*/read Microsoft.Authorization/* Microsoft.Support/*"},
    BuiltInRole{"f58310d9-a9f6-439a-9e8d-f62e7b41a168", "Role Based Access Control Administrator",
                "Manage access to Azure resources by assigning roles using Azure RBAC. This role "
                "does not allow you to manage access using other ways, such as Azure Policy.",
                "Microsoft.Authorization/roleAssignments/write "
                "Microsoft.Authorization/roleAssignments/delete */read Microsoft.Support/*"},
    BuiltInRole{kReservationPurchaserRole, "Reservation Purchaser",
                "Lets you purchase reservations",
                "Microsoft.Authorization/roleAssignments/read Microsoft.Capacity/catalogs/read "
                "Microsoft.Capacity/register/action Microsoft.Compute/register/action "
                "Microsoft.Consumption/register/action "
                "Microsoft.Consumption/reservationRecommendationDetails/read "
                "Microsoft.Consumption/reservationRecommendations/read "
                "Microsoft.Resources/subscriptions/read "
                "Microsoft.Resources/subscriptions/resourceGroups/read "
                "Microsoft.SQL/register/action Microsoft.Support/supporttickets/write"},
    BuiltInRole{"a8889054-8d42-49c9-bc1c-52486c10e7cd", "Reservations Administrator",
                "Lets one read and manage all the reservations in a tenant",
                "Microsoft.Capacity/*/read Microsoft.Capacity/*/action Microsoft.Capacity/*/write "
                "Microsoft.Authorization/roleAssignments/read "
                "Microsoft.Authorization/roleDefinitions/read "
                "Microsoft.Authorization/roleAssignments/write "
                "Microsoft.Authorization/roleAssignments/delete",
                "", kCapacityScope},
    BuiltInRole{"582fc458-8989-419f-a480-75249bc5db7e", "Reservations Reader",
                "Lets one read all the reservations in a tenant",
                "Microsoft.Capacity/*/read Microsoft.Authorization/roleAssignments/read", "",
                kCapacityScope},
    BuiltInRole{"cfd33db0-3dd1-45e3-aa9d-cdbdf3b6f24e", "Support Request Contributor",
                "Lets you create and manage Support requests",
                "Microsoft.Authorization/*/read "
                "Microsoft.Resources/subscriptions/resourceGroups/read Microsoft.Support/*"},
};

bool any_matches(std::string_view patterns, std::string_view action) {
  if (patterns.empty()) {
    return false;
  }
  const auto list = split(patterns, ' ');
  return std::any_of(list.begin(), list.end(),
                     [&](std::string_view one) { return action_matches(one, action); });
}

}  // namespace

std::span<const BuiltInRole> built_in_roles() { return kRoles; }

const BuiltInRole* built_in_role(std::string_view id) {
  const auto* found = std::find_if(kRoles.begin(), kRoles.end(), [&](const BuiltInRole& role) {
    return equal_ignoring_case(role.id, id);
  });
  return found == kRoles.end() ? nullptr : found;
}

bool action_matches(std::string_view pattern, std::string_view action) {
  const std::string wanted = lower(pattern);
  const std::string given = lower(action);
  // The last star takes more whenever what follows it does not fit.
  std::size_t at = 0;
  std::size_t in = 0;
  std::size_t star = std::string::npos;
  std::size_t taken = 0;
  while (in < given.size()) {
    if (at < wanted.size() && wanted[at] == '*') {
      star = at++;
      taken = in;
    } else if (at < wanted.size() && wanted[at] == given[in]) {
      ++at;
      ++in;
    } else if (star != std::string::npos) {
      at = star + 1;
      in = ++taken;
    } else {
      return false;
    }
  }
  return wanted.find_first_not_of('*', at) == std::string::npos;
}

bool actions_allow(std::string_view actions, std::string_view not_actions,
                   std::string_view action) {
  return any_matches(actions, action) && !any_matches(not_actions, action);
}

}  // namespace pcsim
