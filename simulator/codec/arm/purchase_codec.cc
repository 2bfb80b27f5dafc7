#include "codec/arm/purchase_codec.h"

#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "codec/arm/body_read.h"
#include "codec/time.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

/// `text` in the spelling of `words`, or as it is when it is none of them.
template <class Words>
std::string canonical(const std::string& text, const Words& words) {
  for (const char* word : words) {
    if (equal_ignoring_case(text, word)) {
      return word;
    }
  }
  return text;
}

// Source: Microsoft.Capacity ReservedResourceType.
constexpr std::array kResourceTypes{"VirtualMachines",
                                    "SqlDatabases",
                                    "SuseLinux",
                                    "CosmosDb",
                                    "RedHat",
                                    "SqlDataWarehouse",
                                    "VMwareCloudSimple",
                                    "RedHatOsa",
                                    "Databricks",
                                    "AppService",
                                    "ManagedDisk",
                                    "BlockBlob",
                                    "RedisCache",
                                    "AzureDataExplorer",
                                    "MySql",
                                    "MariaDb",
                                    "PostgreSql",
                                    "DedicatedHost",
                                    "SapHana",
                                    "SqlAzureHybridBenefit",
                                    "AVS",
                                    "DataFactory",
                                    "NetAppStorage",
                                    "AzureFiles",
                                    "SqlEdge",
                                    "VirtualMachineSoftware"};
constexpr std::array kTerms{"P1Y", "P3Y", "P5Y"};
constexpr std::array kBillingPlans{"Upfront", "Monthly"};
constexpr std::array kScopeTypes{"Shared", "Single", "ManagementGroup"};

std::string or_else(std::string text, const char* fallback) {
  return text.empty() ? std::string{fallback} : std::move(text);
}

}  // namespace

ordered_json money_json(const std::string& currency, Decimal amount) {
  return {{"currencyCode", currency}, {"amount", amount.nearest()}};
}

ordered_json schedule_json(Instant start, Instant now, const Total& total, const std::string& term,
                           const std::string& plan, bool bought) {
  ordered_json rows = ordered_json::array();
  const auto billing = instalments(total.billing, total.places, term, plan);
  int month = 0;
  for (const Decimal amount : instalments(total.usd, 2, term, plan)) {
    const Instant due = add_months(start, month);
    const bool paid = bought && due <= now;
    ordered_json row{{"dueDate", to_date(due)}};
    if (paid) {
      row["paymentDate"] = to_date(due);
    }
    row["pricingCurrencyTotal"] = money_json("USD", amount);
    if (month == 0) {
      row["billingCurrencyTotal"] = money_json(total.currency, billing.front());
    }
    row["status"] = paid ? "Succeeded" : "Scheduled";
    rows.push_back(std::move(row));
    ++month;
  }
  return rows;
}

PurchaseRequest parse_purchase(const json& body) {
  PurchaseRequest request;
  const json properties = child(body, "properties");
  request.sku = text_at(child(body, "sku"), "name");
  // Software plans belong to no region.
  request.location = or_else(text_at(body, "location"), "global");
  request.resource_type = canonical(
      or_else(text_at(properties, "reservedresourcetype"), "VirtualMachines"), kResourceTypes);
  request.billing_subscription_id = subscription_in(text_at(properties, "billingscopeid"));
  request.billing_scope_valid = is_guid(request.billing_subscription_id);
  request.term = canonical(text_at(properties, "term"), kTerms);
  request.billing_plan =
      canonical(or_else(text_at(properties, "billingplan"), "Upfront"), kBillingPlans);
  request.display_name = text_at(properties, "displayname");
  request.scope_type =
      canonical(or_else(text_at(properties, "appliedscopetype"), "Shared"), kScopeTypes);
  request.quantity = quantity_of(child(properties, "quantity"));
  request.applied_scopes = scopes_in(properties);
  request.management_group =
      text_at(child(properties, "appliedscopeproperties"), "managementgroupid");
  request.review = parse_instant(text_at(properties, "reviewdatetime"));
  const json renew = child(properties, "renew");
  request.renew = renew.is_boolean() && renew.get<bool>();
  request.instance_flexibility = !equal_ignoring_case(
      text_at(child(properties, "reservedresourceproperties"), "instanceflexibility"), "Off");
  return request;
}

std::string purchase_fingerprint(const PurchaseRequest& request) {
  return json{lower(request.sku),     lower(request.location),
              request.resource_type,  request.billing_subscription_id,
              request.term,           request.billing_plan,
              request.scope_type,     request.quantity,
              request.applied_scopes, request.instance_flexibility,
              request.renew,          lower(request.management_group)}
      .dump();
}

std::string default_display_name(Instant now) {
  const std::string text = to_iso(now);
  return "VM_RI_" + text.substr(5, 5) + "-" + text.substr(0, 4) + "_" + text.substr(11, 2) + "-" +
         text.substr(14, 2);
}

std::string price_json(const PriceAnswer& answer) {
  const PurchaseRequest& request = answer.request;
  ordered_json properties{
      {"billingCurrencyTotal", money_json(answer.total.currency, answer.total.billing)},
      {"netTotal", 0.0},
      {"taxTotal", 0.0},
      {"grandTotal", 0.0},
      {"isTaxIncluded", answer.tax_included},
      {"isBillingPartnerManaged", answer.partner_managed},
      {"reservationOrderId", answer.order_id},
      {"skuTitle", answer.title},
      {"skuDescription", request.sku},
      {"pricingCurrencyTotal", money_json("USD", answer.total.usd)},
      {"paymentSchedule", schedule_json(answer.now, answer.now, answer.total, request.term,
                                        request.billing_plan, false)}};
  if (answer.with_quote) {
    properties["currencyCode"] = answer.total.currency;
    properties["quoteId"] = answer.order_id;
    properties["purchaseRequest"] = purchase_json(request);
  }
  ordered_json out;
  out["properties"] = std::move(properties);
  return out.dump();
}

ordered_json purchase_json(const PurchaseRequest& request) {
  ordered_json properties{{"reservedResourceType", request.resource_type},
                          {"billingScopeId", "/subscriptions/" + request.billing_subscription_id},
                          {"term", request.term},
                          {"billingPlan", request.billing_plan},
                          {"quantity", request.quantity},
                          {"displayName", request.display_name},
                          {"appliedScopeType", request.scope_type}};
  if (!request.applied_scopes.empty()) {
    properties["appliedScopes"] = request.applied_scopes;
  }
  if (!request.management_group.empty()) {
    properties["appliedScopeProperties"] =
        ordered_json{{"managementGroupId", request.management_group}};
  }
  properties["renew"] = request.renew;
  properties["reservedResourceProperties"] =
      ordered_json{{"instanceFlexibility", request.instance_flexibility ? "On" : "Off"}};
  if (request.review) {
    properties["reviewDateTime"] = to_iso(*request.review);
  }
  ordered_json out;
  out["sku"] = ordered_json{{"name", request.sku}};
  out["location"] = request.location;
  out["properties"] = std::move(properties);
  return out;
}

}  // namespace pcsim
