#include "cases/story.h"

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string_view>

namespace pcsim::contract {

using nlohmann::json;

Path customer_path(const std::string& customer) { return {{"customerId", customer}}; }

Path subscription_path(const std::string& customer, const std::string& subscription) {
  return {{"customerId", customer}, {"subscriptionId", subscription}};
}

namespace {

/// What an address and a company of a country look like where France's would be refused.
struct CountryValues {
  std::string_view country, state, postal_code, number;
};

constexpr CountryValues kFrance{"FR", "Rhone", "69002", "0123456789"};
constexpr CountryValues kElsewhere[] = {
    {"AE", "Rhone", "69002", "100123456700003"}, {"AM", "Rhone", "69002", "01234567"},
    {"AT", "Rhone", "1010", "0123456789"},       {"AU", "NSW", "2000", "0123456789"},
    {"BE", "Rhone", "1000", "0123456789"},       {"BR", "SP", "01310-100", "01234567000189"},
    {"BY", "Rhone", "69002", "012345678"},       {"CA", "ON", "K1A 0B1", "0123456789"},
    {"CH", "Rhone", "8001", "0123456789"},       {"CZ", "Rhone", "110 00", "0123456789"},
    {"DK", "Rhone", "1050", "0123456789"},       {"GB", "Rhone", "SW1A 1AA", "0123456789"},
    {"GR", "Rhone", "105 57", "0123456789"},     {"HU", "Rhone", "1051", "01234567"},
    {"IN", "Rhone", "110001", "ABCDE1234F"},     {"JP", "Rhone", "100-0001", "0123456789"},
    {"KG", "Rhone", "69002", "01234567890123"},  {"KZ", "Rhone", "69002", "012345678901"},
    {"LU", "Rhone", "L-1009", "0123456789"},     {"MD", "Rhone", "69002", "0123456789012"},
    {"NL", "Rhone", "1012 AB", "0123456789"},    {"NO", "Rhone", "0150", "0123456789"},
    {"NZ", "Rhone", "6011", "0123456789"},       {"PL", "Rhone", "00-001", "0123456789"},
    {"PT", "Rhone", "1100-148", "0123456789"},   {"RO", "Rhone", "010011", "0123456789"},
    {"RU", "Rhone", "101000", "0123456789"},     {"SA", "Rhone", "69002", "300123456700003"},
    {"SE", "Rhone", "111 29", "0123456789"},     {"SG", "Rhone", "018956", "0123456789"},
    {"SK", "Rhone", "811 01", "0123456789"},     {"TH", "Rhone", "69002", "0123456789012"},
    {"TJ", "Rhone", "69002", "012345678"},       {"UA", "Rhone", "69002", "01234567"},
    {"US", "WA", "69002", "0123456789"},         {"UZ", "Rhone", "69002", "012345678"},
    {"VE", "Rhone", "69002", "J-01234567-8"},    {"ZA", "Rhone", "2000", "0123456789"},
};

const CountryValues& values_of(std::string_view country) {
  const auto* found = std::find_if(std::begin(kElsewhere), std::end(kElsewhere),
                                   [&](const auto& row) { return row.country == country; });
  return found == std::end(kElsewhere) ? kFrance : *found;
}

}  // namespace

json new_customer(const std::string& country) {
  const CountryValues& values = values_of(country);
  static int count = 0;
  const std::string name = "moulin" + std::to_string(++count);
  return {{"companyProfile",
           {{"domain", name + ".onmicrosoft.com"},
            {"companyName", name},
            {"organizationRegistrationNumber", values.number}}},
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
              {"state", values.state},
              {"postalCode", values.postal_code},
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

Client agent_for(Universe& universe, const std::string& customer) {
  return {universe, universe.delegated_token(customer, kArmResource)};
}

std::string Bought::path() const {
  return "/providers/Microsoft.Capacity/reservationOrders/" + order + "/reservations/" + id;
}

Path Bought::in_path() const { return {{"orderId", order}, {"reservationId", id}}; }

Bought buy_reservation(const Client& client, const json& body) {
  const auto price = client.ok(
      {.operation = OperationId::ArmCalculatePrice, .query = kApiVersion, .body = body.dump()});
  Bought out{price.value(json::json_pointer{"/properties/reservationOrderId"}, "")};
  client.ok({.operation = OperationId::ArmPurchaseReservation,
             .path = {{"orderId", out.order}},
             .query = kApiVersion,
             .body = body.dump()});
  const auto list = client.ok({.operation = OperationId::ArmListReservations,
                               .path = {{"orderId", out.order}},
                               .query = kApiVersion});
  out.id = list.at("value").at(0).at("name").get<std::string>();
  return out;
}

std::string purchase(const Client& client, const std::string& azure_subscription) {
  const std::string order = quote(client, azure_subscription);
  client.ok({.operation = OperationId::ArmPurchaseReservation,
             .path = {{"orderId", order}},
             .query = kApiVersion,
             .body = purchase_of(azure_subscription).dump()});
  return order;
}

json assignment_of(const std::string& role, const std::string& principal, const std::string& type) {
  return {{"properties",
           {{"roleDefinitionId", std::string{"/subscriptions/"} + demo::kContosoAzure +
                                     "/providers/Microsoft.Authorization/roleDefinitions/" + role},
            {"principalId", principal},
            {"principalType", type}}}};
}

json custom_role(const std::string& name) {
  const std::string scope = std::string{"/subscriptions/"} + demo::kContosoAzure;
  json permission{{"actions", json::array({"Microsoft.Support/*"})},
                  {"notActions", json::array({"*/delete"})}};
  json out;
  out["properties"] = {{"roleName", name}, {"description", "Opens tickets"}};
  out["properties"]["assignableScopes"] = json::array({scope});
  out["properties"]["permissions"] = json::array({permission});
  return out;
}

json new_ticket(const std::string& classification, const std::string& description) {
  const bool quota = classification == demo::kCoresClassification;
  const std::string service = std::string{"/providers/Microsoft.Support/services/"} +
                              (quota ? demo::kQuotaService : demo::kBillingService);
  json out{{"properties",
            {{"serviceId", service},
             {"problemClassificationId", service + "/problemClassifications/" + classification},
             {"severity", "minimal"},
             {"title", "A request"},
             {"description", description},
             {"advancedDiagnosticConsent", "no"},
             {"contactDetails",
              {{"firstName", "Alice"},
               {"lastName", "Martin"},
               {"preferredContactMethod", "email"},
               {"primaryEmailAddress", "alice@contoso.example"},
               {"preferredTimeZone", "Romance Standard Time"},
               {"country", "FRA"},
               {"preferredSupportLanguage", "fr-fr"}}}}}};
  if (quota) {
    json request{{"region", "westus"},
                 {"payload", R"({"SKU":"BS Series","NewLimit":64,"Type":"LowPriority"})"}};
    out["properties"]["quotaTicketDetails"] = {{"quotaChangeRequestVersion", "1.0"}};
    out["properties"]["quotaTicketDetails"]["quotaChangeRequests"] = json::array({request});
  }
  return out;
}

}  // namespace pcsim::contract
