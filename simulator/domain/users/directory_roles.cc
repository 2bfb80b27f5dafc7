#include "domain/users/directory_roles.h"

#include <algorithm>
#include <array>

#include "pcsim/text.h"

namespace pcsim {
namespace {

constexpr std::array<DirectoryRole, 20> kRoles{{
    {"9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3", "Application Administrator"},
    {"b0f54661-2d74-4c50-afa3-1ec803f12efe", "Billing Administrator"},
    {kCompanyAdministrator, "Company Administrator"},
    {"b1be1c3e-b65d-4f19-8427-f6fa0d97feb9", "Conditional Access Administrator"},
    {"44367163-eba1-44c3-98af-f5787879f96a", "CRM Service Administrator"},
    {"88d8e3e3-8f55-4a1e-953a-9b9898b8876b", "Directory Readers"},
    {"29232cdf-9323-42fd-ade2-1d097af3e4de", "Exchange Service Administrator"},
    {"95e79109-95c0-4d8e-aee3-d01accf2d47b", "Guest Inviter"},
    {"729827e3-9c14-49f7-bb1b-9608f156bbb8", "Helpdesk Administrator"},
    {"3a2c62db-5318-420d-8d74-23affee5d9d5", "Intune Service Administrator"},
    {"4d6ac14f-3453-41d0-bef9-a3e0c569773a", "License Administrator"},
    {"75941009-915a-4869-abe7-691bff18279e", "Lync Service Administrator"},
    {"790c1fb9-7f7d-4f88-86a1-ef1f95c05c1b", "Message Center Reader"},
    {"e8611ab8-c189-46e8-94e1-60213ab1f814", "Privileged Role Administrator"},
    {"4a5d8f65-41da-4de4-8968-e035b65339cf", "Reports Reader"},
    {"194ae4cb-b126-40b2-bd5b-6091b380977d", "Security Administrator"},
    {"5d6b6bb7-de71-4623-b4af-96380a352509", "Security Reader"},
    {"f023fd81-a637-4b56-95fd-791ac0226033", "Service Support Administrator"},
    {"f28a1f50-f6e7-4571-818b-6a12f2af6b6c", "SharePoint Service Administrator"},
    {"fe930be7-5e62-47db-91af-98c3a49a38b1", "User Account Administrator"},
}};

template <class Matches>
const DirectoryRole* first(Matches matches) {
  const auto* found = std::find_if(kRoles.begin(), kRoles.end(), matches);
  return found == kRoles.end() ? nullptr : found;
}

}  // namespace

std::span<const DirectoryRole> directory_roles() { return kRoles; }

const DirectoryRole* find_directory_role(std::string_view id) {
  return first([&](const DirectoryRole& role) { return equal_ignoring_case(role.id, id); });
}

const DirectoryRole* directory_role_named(std::string_view name) {
  return first([&](const DirectoryRole& role) { return role.name == name; });
}

bool has_directory_role(const User& user, std::string_view role_id) {
  return std::any_of(user.directory_roles.begin(), user.directory_roles.end(),
                     [&](const std::string& id) { return equal_ignoring_case(id, role_id); });
}

std::vector<const User*> members_of_role(const World& world, std::string_view tenant_id,
                                         std::string_view role_id) {
  std::vector<const User*> out;
  for (const auto& [id, user] : world.users) {
    if (equal_ignoring_case(user.tenant_id, tenant_id) && !user.soft_deleted &&
        has_directory_role(user, role_id)) {
      out.push_back(&user);
    }
  }
  return out;
}

}  // namespace pcsim
