#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "app/arm/api_version.h"
#include "app/arm/scope_call.h"
#include "app/handlers.h"
#include "domain/commerce/azure_state.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using nlohmann::ordered_json;

/// A resource provider; those that every subscription has need no registration.
struct ProviderRow {
  std::string_view name;
  bool free;
  std::string_view types;  ///< resource types, separated by spaces
};

constexpr std::array kProviders{
    ProviderRow{"Microsoft.Authorization", true, "roleAssignments roleDefinitions permissions"},
    ProviderRow{"Microsoft.Billing", true, "billingAccounts billingProperty policies"},
    ProviderRow{"Microsoft.Capacity", false,
                "catalogs appliedReservations reservationOrders reservationOrders/reservations"},
    ProviderRow{"Microsoft.Compute", false, "virtualMachines"},
    ProviderRow{"Microsoft.Consumption", true, "reservationRecommendations"},
    ProviderRow{"Microsoft.Resources", true, "subscriptions tenants"},
    ProviderRow{"Microsoft.Sql", false, "servers/databases managedInstances"},
    ProviderRow{"Microsoft.Subscription", true, "aliases rename cancel enable"},
    ProviderRow{"Microsoft.Support", true,
                "services services/problemClassifications supportTickets"},
};

Result<const ProviderRow*> provider_of(const Call& call) {
  const std::string& name = call.path.at("namespace");
  const auto* row = std::find_if(kProviders.begin(), kProviders.end(), [&](const ProviderRow& one) {
    return equal_ignoring_case(one.name, name);
  });
  if (row == kProviders.end()) {
    return Error{ErrorCode::ArmInvalidResourceNamespace, {name}, {}};
  }
  return row;
}

std::string_view state_of(const Call& call, const AzureSubscription& row,
                          const ProviderRow& provider) {
  return provider.free
             ? "Registered"
             : registration_with(call.world, row, provider.name, call.env.now, call.env.delay);
}

Reply shown(const Call& call, const AzureSubscription& row, const ProviderRow& provider) {
  ordered_json out{
      {"id", "/subscriptions/" + row.id + "/providers/" + std::string{provider.name}},
      {"namespace", provider.name},
      {"registrationState", state_of(call, row, provider)},
      {"registrationPolicy", provider.free ? "RegistrationFree" : "RegistrationRequired"}};
  out["resourceTypes"] = ordered_json::array();
  for (const std::string_view type : split(provider.types, ' ')) {
    ordered_json one;
    one["resourceType"] = type;
    one["locations"] = ordered_json::array();
    one["apiVersions"] = ordered_json::array();
    for (const std::string_view version :
         api_versions("/providers/" + std::string{provider.name})) {
      one["apiVersions"].push_back(version);
    }
    out["resourceTypes"].push_back(std::move(one));
  }
  return Reply{0, out.dump(), {}};
}

}  // namespace

Result<Reply> handle_ArmGetProvider(const Call& call) {
  PCSIM_TRY(provider, provider_of(call));
  PCSIM_TRY(found, allowed_subscription(call, "Microsoft.Resources/subscriptions/providers/read"));
  return shown(call, *found, *provider);
}

Result<Reply> handle_ArmRegisterProvider(const Call& call) {
  PCSIM_TRY(provider, provider_of(call));
  PCSIM_TRY(found, allowed_subscription(call, std::string{provider->name} + "/register/action"));
  PCSIM_TRY(writable, check_writable(call, scope_of(call)));
  static_cast<void>(writable);
  const std::string id = found->id;
  if (state_of(call, *found, *provider) != "Registered") {
    call.world.azure_subscriptions.edit(id)->namespaces.emplace_back(provider->name);
  }
  return shown(call, *call.world.azure_subscriptions.find(id), *provider);
}

}  // namespace pcsim
