#include <nlohmann/json.hpp>
#include <optional>

#include "app/arm/scope_call.h"
#include "app/handlers.h"
#include "codec/arm/subscription_codec.h"
#include "domain/access/principals.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using nlohmann::ordered_json;

/// How a tenant is the caller's, if it is: `Home`, `ProjectedBy` an invitation, `ManagedBy` a
/// partner or a delegation.
std::optional<std::string> category(const Call& call, const std::string& tenant,
                                    const Customer* customer) {
  const Principal& principal = call.principal;
  const User* user = call.world.users.find(lower(principal.object_id));
  const std::string home = user != nullptr                 ? lower(user->tenant_id)
                           : principal.home_tenant.empty() ? lower(principal.tenant_id)
                                                           : lower(principal.home_tenant);
  if (tenant == home) {
    return "Home";
  }
  for (const auto& [id, one] : call.world.users) {
    const bool self = id == lower(principal.object_id) ||
                      equal_ignoring_case(one.user_principal_name, principal.user_principal_name);
    for (const GuestAccess& guest : one.guest_of) {
      if (self && principal.is_user && lower(guest.tenant_id) == tenant) {
        return "ProjectedBy";
      }
    }
  }
  const Partner* partner = call.world.partners.find(home);
  if (partner != nullptr && customer != nullptr && principal.is_user &&
      administers(*partner, *customer) && (principal.roles != 0 || !principal.groups.empty())) {
    return "ManagedBy";
  }
  return tenant == lower(principal.tenant_id) ? std::optional<std::string>{"ManagedBy"}
                                              : std::nullopt;
}

}  // namespace

Result<Reply> handle_ArmListTenants(const Call& call) {
  const bool ids_only = !since_version(call, "2020-01-01");
  ordered_json values = ordered_json::array();
  const auto add = [&](const TenantView& view) {
    if (!view.category.empty()) {
      values.push_back(tenant_json(view, ids_only));
    }
  };
  for (const auto& [id, partner] : call.world.partners) {
    add({partner.tenant_id, partner.company_name, partner.country, partner.domain,
         category(call, id, nullptr).value_or("")});
  }
  for (const auto& [id, customer] : call.world.customers) {
    add({customer.id, customer.company_name, customer.market, customer.domain,
         category(call, id, &customer).value_or("")});
  }
  return Reply{0, value_list(std::move(values)), {}};
}

}  // namespace pcsim
