#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/rules.h"
#include "domain/world.h"
#include "pcsim/ports.h"
#include "pcsim/result.h"

/// Azure subscriptions that a partner adds to its customer's plan, under an alias or by the older
/// order. Source: docs/reference/arm.md#new-subscriptions.
namespace pcsim {

/// How many a customer may have, and how many aliases a tenant.
constexpr std::size_t kMaxSubscriptions = 200;
constexpr std::size_t kMaxAliases = 500;

/// What is asked for; `customer_id` is the one of the billing scope.
struct WantedSubscription {
  std::string display_name, workload{"Production"}, reseller_id{}, created_by{};
  std::string management_group{}, owner_id{};
};

/// Adds the subscription to the customer's plan; it shows when the delay has passed. Errors: 400
/// BadRequest without an active plan, 409 ResourceCountExceedsLimit.
Result<const AzureSubscription*> create_azure_subscription(World& world, Env& env,
                                                           const Customer& customer,
                                                           const WantedSubscription& wanted);

/// The key of an alias of a tenant, and of an order's operation.
std::string alias_key(std::string_view tenant_id, std::string_view name);
std::string creation_key(std::string_view operation_id);

/// The customers and account that a billing scope names, in any case: a billing account's customer.
struct BillingScope {
  std::string account, customer;
};
std::optional<BillingScope> parse_billing_scope(std::string_view scope);

/// The account of a partner, and the one profile it has. Source: docs/reference/arm.md#billing.
std::string billing_account_name(const Partner& partner);
std::string billing_profile_name(const Partner& partner);

/// Asks for a subscription's cancellation, and lets it run again. Error: 409 Conflict.
Result<Done> cancel_azure_subscription(World& world, const Env& env, const std::string& id);
Result<Done> enable_azure_subscription(World& world, const Env& env, const std::string& id);

/// Appends the rules of creation, cancellation and enabling.
void list_azure_creation_rules(std::vector<RuleRow>& out);

}  // namespace pcsim
