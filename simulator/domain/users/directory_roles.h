#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "domain/world.h"

namespace pcsim {

/// A role of a tenant's directory; its id is the same in every tenant.
/// Source: the public list of Microsoft Entra built-in roles.
struct DirectoryRole {
  std::string_view id, name;
};

/// The role whose last member keeps the tenant manageable.
constexpr std::string_view kCompanyAdministrator = "62e90394-69f5-4237-9190-012177145e10";

/// All roles, by name.
std::span<const DirectoryRole> directory_roles();

/// The role with this id, or null.
const DirectoryRole* find_directory_role(std::string_view id);

/// The role with this name, or null.
const DirectoryRole* directory_role_named(std::string_view name);

/// Whether `user` is in the role.
bool has_directory_role(const User& user, std::string_view role_id);

/// The active users of a tenant who are in the role, by id.
std::vector<const User*> members_of_role(const World& world, std::string_view tenant_id,
                                         std::string_view role_id);

}  // namespace pcsim
