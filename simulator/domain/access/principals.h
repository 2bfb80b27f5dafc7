#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/world.h"

/// Who can hold a role in a tenant's directory. Source: docs/reference/arm.md#principals.
namespace pcsim {

/// `User`, `Group`, `ServicePrincipal` or `ForeignGroup`; empty when the directory of `tenant_id`
/// does not know `principal_id`. A partner's groups are known where a relationship gives the
/// partner access.
std::string_view principal_type(const World& world, std::string_view tenant_id,
                                std::string_view principal_id);

/// The groups of agents that the principal is a member of, by its roles at its partner.
std::vector<std::string> groups_of(const World& world, std::string_view principal_id);

/// Whether the partner reaches the customer's tenant: it serves it, and has been given access.
bool administers(const Partner& partner, const Customer& customer);

}  // namespace pcsim
