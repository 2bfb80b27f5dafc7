#include "cases/story.h"

#include <nlohmann/json.hpp>

namespace pcsim::contract {

using nlohmann::json;

Path customer_path(const std::string& customer) { return {{"customerId", customer}}; }

Path subscription_path(const std::string& customer, const std::string& subscription) {
  return {{"customerId", customer}, {"subscriptionId", subscription}};
}

json new_customer(const std::string& country) {
  static int count = 0;
  const std::string name = "moulin" + std::to_string(++count);
  return {{"companyProfile",
           {{"domain", name + ".onmicrosoft.com"},
            {"companyName", name},
            {"organizationRegistrationNumber", "0123456789"}}},
          {"billingProfile",
           {{"culture", "fr-FR"},
            {"email", "compta@" + name + ".example"},
            {"language", "fr"},
            {"companyName", name},
            {"defaultAddress",
             {{"firstName", "Ana"},
              {"lastName", "Petit"},
              {"addressLine1", "3 rue du Port"},
              {"addressLine2", "Fond de cour"},
              {"city", "Lyon"},
              {"state", "Rhone"},
              {"postalCode", "69002"},
              {"phoneNumber", "5550100"},
              {"country", country}}}}}};
}

std::string create_customer(const Client& client, const std::string& country) {
  const auto made =
      client.ok({.operation = OperationId::CreateCustomer, .body = new_customer(country).dump()});
  return made.value("id", "");
}

json agreement(const std::string& email) {
  return {
      {"primaryContact",
       {{"firstName", "Ana"}, {"lastName", "Petit"}, {"email", email}, {"phoneNumber", "5550100"}}},
      {"templateId", kCustomerAgreement},
      {"dateAgreed", "2024-03-02T00:00:00Z"},
      {"type", "MicrosoftCustomerAgreement"}};
}

void accept_agreement(const Client& client, const std::string& customer) {
  client.ok({.operation = OperationId::CreateAgreement,
             .path = customer_path(customer),
             .body = agreement().dump()});
}

json order_of(const std::string& item, const Billing& billing, int quantity) {
  json line{{"lineItemNumber", 0}, {"offerId", item}, {"quantity", quantity}};
  if (!billing.subscription.empty()) {
    line["provisioningContext"] = {
        {"subscriptionId", billing.subscription}, {"scope", billing.scope}, {"duration", "1Year"}};
  }
  return {{"lineItems", {line}},
          {"billingCycle", item == kMicrosoftAzure ? "monthly" : "one_time"}};
}

json cart_of(const std::string& item, const Billing& billing, int quantity) {
  json line{{"id", 0},
            {"catalogItemId", item},
            {"quantity", quantity},
            {"billingCycle", item == kMicrosoftAzure ? "monthly" : "one_time"}};
  if (!billing.subscription.empty()) {
    line["provisioningContext"] = {
        {"subscriptionId", billing.subscription}, {"scope", billing.scope}, {"duration", "1Year"}};
  }
  return {{"lineItems", {line}}};
}

std::string buy_plan(const Client& client, const std::string& customer) {
  client.ok({.operation = OperationId::CreateOrder,
             .path = customer_path(customer),
             .body = order_of(kAzurePlan).dump()});
  const auto list =
      client.ok({.operation = OperationId::ListSubscriptions, .path = customer_path(customer)});
  if (list.value("totalCount", 0) != 1) {
    ADD_FAILURE() << "a plan is no subscription: " << list.dump();
    return {};
  }
  return list.at("items").at(0).at("id").get<std::string>();
}

void register_subscription(const Client& client, const std::string& customer,
                           const std::string& subscription) {
  client.ok({.operation = OperationId::RegisterSubscription,
             .path = subscription_path(customer, subscription)});
}

Item reservation_item(const Client& client, bool legacy) {
  const std::string view = "country=FR&reservationScope=AzurePlan";
  const std::string plain = "country=FR";
  const std::string& query = legacy ? plain : view;
  const auto products = client.ok(
      {.operation = OperationId::ListProducts, .query = query + "&targetView=AzureReservationsVM"});
  Item out;
  out.product = products.at("items").at(0).at("id").get<std::string>();
  const auto skus = client.ok(
      {.operation = OperationId::ListSkus, .path = {{"productId", out.product}}, .query = query});
  out.sku = skus.at("items").at(0).at("id").get<std::string>();
  const auto found = client.ok({.operation = OperationId::ListAvailabilities,
                                .path = {{"productId", out.product}, {"skuId", out.sku}},
                                .query = query});
  out.availability = found.at("items").at(0).at("id").get<std::string>();
  out.catalogue_item = found.at("items").at(0).at("catalogItemId").get<std::string>();
  return out;
}

ReadyCustomer ready_customer(const Client& client, const std::string& country) {
  ReadyCustomer out;
  out.id = create_customer(client, country);
  accept_agreement(client, out.id);
  out.plan = buy_plan(client, out.id);
  register_subscription(client, out.id, out.plan);
  return out;
}

json purchase_of(const std::string& azure_subscription) {
  return {{"sku", {{"name", "Standard_B1s"}}},
          {"location", "westus"},
          {"properties",
           {{"reservedResourceType", "VirtualMachines"},
            {"billingScopeId", "/subscriptions/" + azure_subscription},
            {"term", "P1Y"},
            {"billingPlan", "Upfront"},
            {"quantity", 1},
            {"displayName", "Machines"},
            {"appliedScopeType", "Shared"}}}};
}

std::string quote(const Client& client, const std::string& azure_subscription) {
  const auto price = client.ok({.operation = OperationId::ArmCalculatePrice,
                                .query = kApiVersion,
                                .body = purchase_of(azure_subscription).dump()});
  return price.value(json::json_pointer{"/properties/reservationOrderId"}, "");
}

std::string purchase(const Client& client, const std::string& azure_subscription) {
  const std::string order = quote(client, azure_subscription);
  client.ok({.operation = OperationId::ArmPurchaseReservation,
             .path = {{"orderId", order}},
             .query = kApiVersion,
             .body = purchase_of(azure_subscription).dump()});
  return order;
}

}  // namespace pcsim::contract
