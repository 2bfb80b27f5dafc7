#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "app/arm/billing_call.h"
#include "app/audit.h"
#include "app/handlers.h"
#include "codec/arm/subscription_codec.h"
#include "domain/access/principals.h"
#include "domain/commerce/azure_creation.h"
#include "domain/customers/relationships.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using nlohmann::ordered_json;

Error invalid(const char* member) { return {ErrorCode::ArmInvalidRequestContent, {member}, {}}; }

std::string workload_of(const std::string& word) {
  for (const char* known : {"Production", "DevTest"}) {
    if (equal_ignoring_case(word, known)) {
      return known;
    }
  }
  return word.empty() ? "Production" : std::string{};
}

const SubscriptionAlias* alias_of(const Call& call) {
  return call.world.subscription_aliases.find(
      alias_key(call.principal.tenant_id, call.path.at("aliasName")));
}

Error no_alias(const Call& call) {
  return resource_not_found("Microsoft.Subscription/aliases/" + call.path.at("aliasName"));
}

/// The reseller of an indirect provider's customer: the one asked for, else the customer's own.
Result<std::string> reseller_of(const Call& call, const Partner& partner, const Customer& customer,
                                const std::string& asked) {
  const Partner* named = asked.empty() ? nullptr : partner_of_mpn(call.world, asked);
  if (!asked.empty()) {
    const bool resells =
        named != nullptr && std::any_of(named->providers.begin(), named->providers.end(),
                                        [&](const std::string& provider) {
                                          return equal_ignoring_case(provider, partner.domain);
                                        });
    return resells ? Result<std::string>{asked} : Result<std::string>{invalid("resellerId")};
  }
  for (const auto& [id, one] : call.world.partners) {
    if (!customer.reseller_key.empty() && equal_ignoring_case(one.domain, customer.reseller_key)) {
      return one.mpn_id;
    }
  }
  return std::string{};
}

/// A partner's billing scope, as the caller may use it.
struct Buyer {
  const Partner* partner;
  const Customer* customer;
};

Result<Buyer> buyer_of(const Call& call, const std::string& billing_scope) {
  const auto scope = parse_billing_scope(billing_scope);
  if (!scope) {
    return invalid("properties.billingScope");
  }
  const Partner* partner = partner_of_account(call.world, scope->account);
  if (partner == nullptr) {
    return resource_not_found("Microsoft.Billing/billingAccounts/" + scope->account);
  }
  if (!bills_for(call, *partner)) {
    return authorization_failed(
        actor_of(call), "Microsoft.Billing/billingAccounts/customers/createBillingRoleAssignment",
        billing_scope);
  }
  PCSIM_TRY(customer, billed_customer(call, *partner, scope->customer));
  return Buyer{partner, customer};
}

Result<std::string> buy(const Call& call, const Buyer& buyer, WantedSubscription wanted) {
  PCSIM_TRY(reseller, reseller_of(call, *buyer.partner, *buyer.customer, wanted.reseller_id));
  wanted.reseller_id = reseller;
  wanted.created_by = lower(call.principal.object_id);
  PCSIM_TRY(created, create_azure_subscription(call.world, call.env, *buyer.customer, wanted));
  record_audit(call, "azure_entitlement", "create_azure_entitlement", buyer.customer,
               {{"AzureEntitlementId", created->id}});
  return created->id;
}

/// A subscription for a customer of the caller's billing account.
Result<std::string> bought(const Call& call, const AliasRequest& asked,
                           const std::string& workload) {
  PCSIM_TRY(buyer, buyer_of(call, asked.billing_scope));
  if (asked.display_name.empty() || asked.display_name.size() > 64) {
    return invalid("properties.displayName");
  }
  if (!asked.tenant_id.empty() && lower(asked.tenant_id) != lower(buyer.customer->id)) {
    return invalid("properties.additionalProperties.subscriptionTenantId");
  }
  const std::string group = asked.management_group.substr(asked.management_group.rfind('/') + 1);
  const ManagementGroup* known = call.world.management_groups.find(lower(group));
  if (!group.empty() && (known == nullptr || lower(known->tenant_id) != buyer.customer->id)) {
    return invalid("properties.additionalProperties.managementGroupId");
  }
  if (!asked.owner_id.empty() &&
      principal_type(call.world, buyer.customer->id, asked.owner_id).empty()) {
    return invalid("properties.additionalProperties.subscriptionOwnerId");
  }
  return buy(call, buyer,
             {asked.display_name, workload, asked.reseller_id, {}, group, lower(asked.owner_id)});
}

/// A second name of a subscription that is there.
Result<std::string> named(const Call& call, const AliasRequest& asked) {
  const std::string id = lower(asked.subscription_id);
  PCSIM_TRY(allowed, allow(call, "Microsoft.Subscription/aliases/write", "/subscriptions/" + id));
  static_cast<void>(allowed);
  return id;
}

bool same_request(const SubscriptionAlias& alias, const AliasRequest& asked,
                  const std::string& workload) {
  return alias.workload == workload && lower(alias.billing_scope) == lower(asked.billing_scope) &&
         (asked.display_name.empty() || alias.display_name == asked.display_name) &&
         (asked.subscription_id.empty() || alias.subscription_id == lower(asked.subscription_id));
}

bool too_many_aliases(const Call& call) {
  const auto& rows = call.world.subscription_aliases;
  return std::count_if(rows.begin(), rows.end(), [&](const auto& entry) {
           return equal_ignoring_case(entry.second.tenant_id, call.principal.tenant_id);
         }) >= static_cast<std::ptrdiff_t>(kMaxAliases);
}

}  // namespace

Result<Reply> handle_ArmPutAlias(const Call& call) {
  const AliasRequest asked = parse_alias(call.body);
  const std::string workload = workload_of(asked.workload);
  if (workload.empty()) {
    return invalid("properties.workload");
  }
  const std::string& name = call.path.at("aliasName");
  if (const SubscriptionAlias* known = alias_of(call)) {
    return same_request(*known, asked, workload)
               ? Result<Reply>{Reply{200, alias_json(*known, call.env.now).dump(), {}}}
               : Result<Reply>{Error{ErrorCode::ArmAliasConflict, {name}, {}}};
  }
  if (too_many_aliases(call)) {
    return Error{ErrorCode::ArmResourceLimitExceeded,
                 {std::to_string(kMaxAliases), "Microsoft.Subscription/aliases"},
                 {}};
  }
  const bool buys = asked.subscription_id.empty();
  PCSIM_TRY(id, buys ? bought(call, asked, workload) : named(call, asked));
  const AzureSubscription& row = *call.world.azure_subscriptions.find(id);
  SubscriptionAlias alias{name,
                          lower(call.principal.tenant_id),
                          id,
                          asked.display_name.empty() ? row.friendly_name : asked.display_name,
                          workload,
                          asked.billing_scope,
                          row.reseller_id};
  alias.created = call.env.now;
  alias.succeeds = buys ? call.env.now + call.env.delay : call.env.now;
  const std::string key = alias_key(alias.tenant_id, name);
  const auto& stored = call.world.subscription_aliases.put(key, alias);
  // Without an address to follow, clients look at provisioningState.
  Reply reply{201, alias_json(stored, call.env.now).dump(), {}};
  reply.headers.add("Retry-After", retry_after(call.env.delay));
  return reply;
}

Result<Reply> handle_ArmGetAlias(const Call& call) {
  const SubscriptionAlias* alias = alias_of(call);
  if (alias == nullptr) {
    return no_alias(call);
  }
  return Reply{0, alias_json(*alias, call.env.now).dump(), {}};
}

Result<Reply> handle_ArmListAliases(const Call& call) {
  ordered_json values = ordered_json::array();
  const std::string prefix = alias_key(call.principal.tenant_id, "");
  for (const auto& [key, alias] : call.world.subscription_aliases) {
    if (key.starts_with(prefix)) {
      values.push_back(alias_json(alias, call.env.now));
    }
  }
  return Reply{0, value_list(std::move(values)), {}};
}

Result<Reply> handle_ArmDeleteAlias(const Call& call) {
  if (alias_of(call) == nullptr) {
    return Reply{204, {}, {}};
  }
  call.world.subscription_aliases.erase(
      alias_key(call.principal.tenant_id, call.path.at("aliasName")));
  return Reply{};
}

Result<Reply> handle_ArmCreateSubscription(const Call& call) {
  PCSIM_TRY(partner, allowed_account(call, "Microsoft.Subscription/createSubscription/action"));
  PCSIM_TRY(customer, billed_customer(call, *partner, call.path.at("customer")));
  const std::string sku = member_text(call.body, "skuid");
  const std::string name = member_text(call.body, "displayname");
  if (name.empty() || name.size() > 64) {
    return invalid("displayName");
  }
  if (!sku.empty() && !sku.ends_with("001") && !sku.ends_with("002")) {
    return invalid("skuId");
  }
  PCSIM_TRY(id, buy(call, {partner, customer},
                    {name, sku.ends_with("2") ? "DevTest" : "Production",
                     member_text(call.body, "resellerid")}));
  const std::string operation = call.env.ids.guid();
  SubscriptionAlias order{operation, lower(call.principal.tenant_id), id, name, "Production", {},
                          {}};
  order.created = call.env.now;
  order.succeeds = call.env.now + call.env.delay;
  call.world.subscription_aliases.put(creation_key(operation), order);
  Reply reply{202, {}, {}};
  reply.headers.add(
      "Location",
      address_of(call, "/providers/Microsoft.Subscription/subscriptionOperations/" + operation));
  reply.headers.add("Retry-After", retry_after(call.env.delay));
  return reply;
}

Result<Reply> handle_ArmGetSubscriptionOperation(const Call& call) {
  const std::string id = path_id(call, "operationId");
  const SubscriptionAlias* order = call.world.subscription_aliases.find(creation_key(id));
  if (order == nullptr || order->tenant_id != lower(call.principal.tenant_id)) {
    return resource_not_found("Microsoft.Subscription/subscriptionOperations/" + id);
  }
  if (call.env.now < order->succeeds) {
    Reply reply{202, {}, {}};
    reply.headers.add(
        "Location",
        address_of(call, "/providers/Microsoft.Subscription/subscriptionOperations/" + id));
    reply.headers.add("Retry-After", retry_after(call.env.delay));
    return reply;
  }
  return Reply{
      0, ordered_json{{"subscriptionLink", "/subscriptions/" + order->subscription_id}}.dump(), {}};
}

}  // namespace pcsim
