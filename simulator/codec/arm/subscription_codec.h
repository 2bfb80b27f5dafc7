#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "domain/commerce/azure_state.h"
#include "domain/world.h"

namespace pcsim {

/// An Azure subscription as the resource manager shows it.
struct SubscriptionView {
  const AzureSubscription* row;
  AzureState state = AzureState::Enabled;
  std::string quota{};
  std::vector<std::string> managing_tenants{};  ///< to which something was delegated
};

nlohmann::ordered_json subscription_json(const SubscriptionView& view);

/// A tenant the caller reaches: his own, one that invited him, or one he administers.
struct TenantView {
  std::string id, name, country, domain, category;
};

nlohmann::ordered_json tenant_json(const TenantView& view, bool ids_only);

nlohmann::ordered_json alias_json(const SubscriptionAlias& alias, Instant now);

/// What a request for a subscription alias asks for.
struct AliasRequest {
  std::string display_name, workload, billing_scope, subscription_id, reseller_id, management_group,
      tenant_id, owner_id;
};
AliasRequest parse_alias(const nlohmann::json& body);

/// `{"value": [...]}`.
std::string value_list(nlohmann::ordered_json values);

/// The text member `name`, which is in lower case as the bodies of requests are.
std::string member_text(const nlohmann::json& object, const char* name);

}  // namespace pcsim
