#include "domain/access/principals.h"

#include <algorithm>
#include <array>
#include <utility>

#include "pcsim/operation.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

constexpr std::array<std::pair<std::uint32_t, std::string Partner::*>, 3> kGroups{{
    {kAdminAgent, &Partner::admin_agents_group},
    {kHelpdeskAgent, &Partner::helpdesk_agents_group},
    {kSalesAgent, &Partner::sales_agents_group},
}};

bool is_group_of(const Partner& partner, std::string_view id) {
  return std::any_of(kGroups.begin(), kGroups.end(), [&](const auto& row) {
    return !(partner.*row.second).empty() && equal_ignoring_case(partner.*row.second, id);
  });
}

bool is_user_in(const User& user, std::string_view tenant_id, std::string_view id) {
  if (equal_ignoring_case(user.id, id)) {
    return !user.soft_deleted && equal_ignoring_case(user.tenant_id, tenant_id);
  }
  return std::any_of(user.guest_of.begin(), user.guest_of.end(), [&](const GuestAccess& guest) {
    return equal_ignoring_case(guest.object_id, id) &&
           equal_ignoring_case(guest.tenant_id, tenant_id);
  });
}

}  // namespace

bool administers(const Partner& partner, const Customer& customer) {
  return (customer.delegated_access || customer.granular_access) &&
         (equal_ignoring_case(partner.domain, customer.partner_key) ||
          equal_ignoring_case(partner.domain, customer.reseller_key));
}

std::string_view principal_type(const World& world, std::string_view tenant_id,
                                std::string_view principal_id) {
  const auto any = [](const auto& table, const auto& condition) {
    return std::any_of(table.begin(), table.end(),
                       [&](const auto& entry) { return condition(entry.second); });
  };
  if (any(world.users,
          [&](const User& user) { return is_user_in(user, tenant_id, principal_id); })) {
    return "User";
  }
  const auto is_service = [&](const auto& row) {
    return equal_ignoring_case(row.object_id, principal_id) &&
           equal_ignoring_case(row.tenant_id, tenant_id);
  };
  if (any(world.applications, is_service) || any(world.service_principals, is_service)) {
    return "ServicePrincipal";
  }
  const Customer* customer = world.customers.find(lower(tenant_id));
  for (const auto& [id, partner] : world.partners) {
    if (!is_group_of(partner, principal_id)) {
      continue;
    }
    if (equal_ignoring_case(partner.tenant_id, tenant_id)) {
      return "Group";
    }
    if (customer != nullptr && administers(partner, *customer)) {
      return "ForeignGroup";
    }
  }
  return {};
}

std::vector<std::string> groups_of(const World& world, std::string_view principal_id) {
  std::vector<std::string> out;
  const User* user = world.users.find(lower(principal_id));
  const Partner* partner = user == nullptr ? nullptr : world.partners.find(lower(user->tenant_id));
  if (partner == nullptr) {
    return out;
  }
  for (const auto& [role, group] : kGroups) {
    if ((user->roles & role) != 0 && !(partner->*group).empty()) {
      out.push_back(lower(partner->*group));
    }
  }
  return out;
}

}  // namespace pcsim
