#include "codec/arm/billing_codec.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "codec/time.h"
#include "domain/commerce/azure_creation.h"
#include "domain/reservations/state.h"

namespace pcsim {
namespace {

using nlohmann::ordered_json;

std::string account_id(const Partner& partner) {
  return "/providers/Microsoft.Billing/billingAccounts/" + billing_account_name(partner);
}

std::string profile_id(const Partner& partner) {
  return account_id(partner) + "/billingProfiles/" + billing_profile_name(partner);
}

std::string customer_id(const Partner& partner, const Customer& customer, bool by_profile) {
  return (by_profile ? profile_id(partner) : account_id(partner)) + "/customers/" + customer.id;
}

std::string type_of(bool by_profile, const char* last) {
  return std::string{"Microsoft.Billing/billingAccounts/"} +
         (by_profile ? "billingProfiles/" : "") + "customers" + last;
}

ordered_json policy(const char* name, std::string value, const char* scope) {
  return ordered_json{{"name", name},
                      {"value", std::move(value)},
                      {"policyType", "UserControlled"},
                      {"scope", scope}};
}

ordered_json with(ordered_json head, ordered_json properties) {
  head["properties"] = std::move(properties);
  return head;
}

}  // namespace

ordered_json billing_account_json(const Partner& partner, const std::string& currency,
                                  bool profiles) {
  ordered_json properties{{"accountStatus", partner.programme_active ? "Active" : "Disabled"},
                          {"accountType", "Partner"},
                          {"agreementType", "MicrosoftPartnerAgreement"}};
  properties["billingRelationshipTypes"] = ordered_json::array(
      {partner.kind == PartnerKind::IndirectProvider ? "IndirectCustomer" : "DirectCustomer"});
  properties["displayName"] = partner.company_name;
  properties["hasReadAccess"] = true;
  properties["primaryBillingTenantId"] = partner.tenant_id;
  properties["soldTo"] =
      ordered_json{{"country", partner.country}, {"companyName", partner.company_name}};
  if (profiles) {
    ordered_json profile =
        with({{"id", profile_id(partner)},
              {"name", billing_profile_name(partner)},
              {"type", "Microsoft.Billing/billingAccounts/billingProfiles"}},
             ordered_json{{"displayName", partner.company_name}, {"currency", currency}});
    ordered_json all;
    all["hasMoreResults"] = false;
    all["value"] = ordered_json::array();
    all["value"].push_back(std::move(profile));
    properties["billingProfiles"] = std::move(all);
  }
  return with({{"id", account_id(partner)},
               {"name", billing_account_name(partner)},
               {"type", "Microsoft.Billing/billingAccounts"}},
              std::move(properties));
}

ordered_json billing_customer_json(const BillingCustomerView& view) {
  ordered_json properties{{"displayName", view.customer->company_name},
                          {"billingProfileId", profile_id(*view.partner)},
                          {"billingProfileDisplayName", view.partner->company_name},
                          {"systemId", view.customer->commerce_id},
                          {"status", view.customer->locked ? "Disabled" : "Active"}};
  if (view.plans) {
    properties["enabledAzurePlans"] = ordered_json::array();
    if (view.plan != nullptr) {
      properties["enabledAzurePlans"].push_back(
          ordered_json{{"productId", view.plan->offer_id.substr(0, view.plan->offer_id.find(':'))},
                       {"skuId", "0001"},
                       {"skuDescription", "Microsoft Azure Plan"}});
    }
  }
  if (view.resellers) {
    properties["resellers"] = ordered_json::array();
    for (const Partner* reseller : view.reselling) {
      properties["resellers"].push_back(
          ordered_json{{"resellerId", reseller->mpn_id}, {"description", reseller->company_name}});
    }
  }
  return with({{"id", customer_id(*view.partner, *view.customer, view.by_profile)},
               {"name", view.customer->id},
               {"type", type_of(view.by_profile, "")}},
              std::move(properties));
}

std::string view_charges_word(const Customer& customer) {
  return customer.view_charges.empty() ? "NotAllowed" : customer.view_charges;
}

ordered_json customer_policy_json(const CustomerPolicyView& view) {
  const std::string word = view_charges_word(*view.customer);
  ordered_json properties{{"viewCharges", word}};
  if (view.newer) {
    properties["provisioningState"] =
        view.now >= view.customer->policy_settles ? "Succeeded" : "Pending";
    properties["policies"] = ordered_json::array();
    properties["policies"].push_back(policy("ViewCharges", word, "Customer"));
  }
  return with(
      {{"id", customer_id(*view.partner, *view.customer, view.by_profile) + "/policies/default"},
       {"name", "default"},
       {"type", type_of(view.by_profile, "/policies")}},
      std::move(properties));
}

ordered_json billing_property_json(const BillingPropertyView& view) {
  const std::string id = "/subscriptions/" + view.azure->id;
  ordered_json properties{{"billingAccountAgreementType", "MicrosoftPartnerAgreement"},
                          {"billingAccountDisplayName", view.partner->company_name},
                          {"billingAccountId", account_id(*view.partner)},
                          {"billingProfileDisplayName", view.partner->company_name},
                          {"billingProfileId", profile_id(*view.partner)},
                          {"billingTenantId", view.partner->tenant_id},
                          {"customerDisplayName", view.customer->company_name},
                          {"customerId", customer_id(*view.partner, *view.customer, true)},
                          {"customerStatus", view.customer->locked ? "Suspended" : "Active"},
                          {"displayName", view.azure->friendly_name},
                          {"isAccountAdmin", view.account_admin},
                          {"skuId", view.sku},
                          {"skuDescription", view.sku_description},
                          {"subscriptionBillingStatus", view.status},
                          {"subscriptionBillingType", "UsageBased"},
                          {"subscriptionWorkloadType", view.azure->workload}};
  return with({{"id", id + "/providers/Microsoft.Billing/billingProperty/default"},
               {"name", "default"},
               {"type", "Microsoft.Billing/billingProperty"}},
              std::move(properties));
}

ordered_json subscription_policy_json(const Customer& customer, const AzureSubscription& azure,
                                      bool reservations_allowed) {
  ordered_json properties;
  properties["policies"] = ordered_json::array();
  properties["policies"].push_back(policy("ViewCharges", view_charges_word(customer), "Customer"));
  properties["policies"].push_back(
      policy("ReservationPurchases", reservations_allowed ? "Allowed" : "NotAllowed", "Customer"));
  return with(
      {{"id", "/subscriptions/" + azure.id + "/providers/Microsoft.Billing/policies/default"},
       {"name", "default"},
       {"type", "Microsoft.Billing/policies"}},
      std::move(properties));
}

ordered_json billed_reservation_json(const Partner& partner, const Reservation& row, Instant now) {
  const std::string state = provisioning_state(row, now);
  ordered_json properties{{"displayName", row.display_name}, {"appliedScopeType", row.scope_type}};
  if (!row.applied_scopes.empty()) {
    properties["appliedScopes"] = row.applied_scopes;
  }
  properties["quantity"] = row.quantity;
  properties["provisioningState"] = state;
  properties["displayProvisioningState"] = state;
  properties["reservedResourceType"] = row.resource_type;
  properties["term"] = row.term;
  properties["billingPlan"] = row.billing_plan;
  properties["billingScopeId"] = "/subscriptions/" + row.billing_subscription_id;
  properties["renew"] = row.renew;
  properties["purchaseDate"] = to_date(row.created);
  if (state == "Succeeded") {
    properties["effectiveDateTime"] = to_iso(row.succeeds);
    properties["expiryDate"] = to_date(add_months(row.succeeds, term_months(row.term)));
  }
  ordered_json head{{"id", account_id(partner) + "/reservationOrders/" + row.order_id +
                               "/reservations/" + row.reservation_id},
                    {"name", row.order_id + "/" + row.reservation_id},
                    {"type", "Microsoft.Billing/billingAccounts/reservations"},
                    {"location", row.location.empty() ? "global" : row.location}};
  head["sku"] = ordered_json{{"name", row.sku_name}};
  return with(std::move(head), std::move(properties));
}

}  // namespace pcsim
