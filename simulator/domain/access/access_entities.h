#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/instant.h"

/// Role-based access of the resource manager. Source: docs/reference/arm.md.
namespace pcsim {

/// `id` is unique in a world, lower-case, and the key of its table.
struct RoleAssignment {
  std::string id, scope, role_definition_id, principal_id, principal_type;
  Instant created = 0;
  Instant updated = 0;  ///< 0 when it never was
  std::string created_by{}, updated_by{}, description{}, condition{}, condition_version{};
  std::string tenant_id{};  ///< of a scope above all subscriptions; else the scope tells
};

/// A role a tenant defined itself.
struct CustomRole {
  std::string id, tenant_id, name, description;
  std::vector<std::string> assignable_scopes{}, actions{}, not_actions{}, data_actions{},
      not_data_actions{};
  Instant created = 0, updated = 0;
  std::string created_by{}, updated_by{};
};

/// A group of subscriptions of a tenant; reservations may apply to one.
struct ManagementGroup {
  std::string id, tenant_id, name;
  std::vector<std::string> subscriptions{};
};

/// What a customer delegated to principals of another tenant (Azure Lighthouse).
struct Delegation {
  std::string id, subscription_id, managing_tenant_id, principal_id, role_definition_id;
};

/// How a subscription came to be asked for under a name; asking again answers the same.
struct SubscriptionAlias {
  std::string name, tenant_id, subscription_id, display_name, workload, billing_scope, reseller_id;
  Instant created = 0, succeeds = 0;
};

}  // namespace pcsim
