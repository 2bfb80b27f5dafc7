#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "http/gateway_testing.h"

namespace pcsim {
namespace {

using namespace gateway_testing;
using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::StartsWith;

const std::string kAlice = "alice@contoso.onmicrosoft.com";
const std::string kVersion = "?api-version=2022-11-01";
const std::string kQuote = "/providers/Microsoft.Capacity/calculatePrice" + kVersion;

json purchase(const std::string& subscription) {
  return {{"sku", {{"name", "Standard_B1s"}}},
          {"location", "westus"},
          {"properties",
           {{"reservedResourceType", "VirtualMachines"},
            {"billingScopeId", "/subscriptions/" + subscription},
            {"term", "P1Y"},
            {"billingPlan", "Monthly"},
            {"quantity", 2},
            {"displayName", "VM_RI_contoso"},
            {"appliedScopeType", "Shared"},
            {"appliedScopes", nullptr}}}};
}

std::string order_path(const std::string& order, const std::string& more = {}) {
  return "/providers/Microsoft.Capacity/reservationOrders/" + order + more + kVersion;
}

struct Arm : testing::Test {
  Site site{};
  std::string alice = site.token(kAlice, kManagement);

  json quote(const json& body) {
    const Response response = site.send("POST", kQuote, alice, body.dump());
    EXPECT_EQ(response.status, 200) << response.body;
    return body_of(response).at("properties");
  }
  Response buy(const std::string& token, const json& body, const std::string& order) {
    return site.send("PUT", order_path(order), token, body.dump());
  }
  std::string code(const Response& response) {
    return body_of(response).value("/error/code"_json_pointer, "");
  }
  std::string message(const Response& response) {
    return body_of(response).value("/error/message"_json_pointer, "");
  }
};

double cents(const json& money) { return std::round(money.at("amount").get<double>() * 100); }

TEST_F(Arm, AQuoteHasTheShapeOfTheContract) {
  const json price = quote(purchase(kContosoAzure));
  EXPECT_EQ(price.at("pricingCurrencyTotal"),
            json::parse(R"({"currencyCode":"USD","amount":126})"));
  EXPECT_EQ(price.at("billingCurrencyTotal"),
            json::parse(R"({"currencyCode":"EUR","amount":115.92})"));
  EXPECT_EQ(price.at("isBillingPartnerManaged"), true);
  EXPECT_EQ(price.at("skuTitle"), "Reserved VM Instance, Standard_B1s, US West, 1 Year");
  EXPECT_EQ(price.at("grandTotal"), 0.0);
  const json& rows = price.at("paymentSchedule");
  ASSERT_EQ(rows.size(), 12U);
  EXPECT_EQ(rows.at(0).at("billingCurrencyTotal").at("amount"), 9.66);
  EXPECT_EQ(rows.at(0).at("dueDate"), "2026-02-02");
  EXPECT_EQ(rows.at(1).at("dueDate"), "2026-03-02");
  EXPECT_FALSE(rows.at(1).contains("billingCurrencyTotal"));
  EXPECT_EQ(rows.at(1).at("status"), "Scheduled");
}

TEST_F(Arm, APartnerInBrazilIsQuotedWithItsTax) {
  EXPECT_EQ(quote(purchase(kContosoAzure)).at("isTaxIncluded"), false);
  site.main().access([](World& world, Env&, Universe&) {
    world.partners.edit("a0000001-0000-4000-8000-000000000001")->country = "BR";
    return 0;
  });
  const json price = quote(purchase(kContosoAzure));
  EXPECT_EQ(price.at("isTaxIncluded"), true);
  EXPECT_EQ(price.at("pricingCurrencyTotal").at("amount"), 143.96);
  EXPECT_EQ(price.at("billingCurrencyTotal").at("amount"), 132.44);
}

TEST_F(Arm, InstalmentsAddUpToTheTotalWhateverIsBought) {
  std::set<std::string> ids;
  for (const char* sku : {"Standard_B1ls", "Standard_B2s", "Standard_B4ms"}) {
    for (const char* term : {"P1Y", "P3Y"}) {
      for (const char* plan : {"Monthly", "Upfront"}) {
        for (const int quantity : {1, 7, 11}) {
          json body = purchase(kContosoAzure);
          body["sku"]["name"] = sku;
          body["properties"]["term"] = term;
          body["properties"]["billingPlan"] = plan;
          body["properties"]["quantity"] = std::to_string(quantity);
          const json price = quote(body);
          double sum = 0;
          for (const json& row : price.at("paymentSchedule")) {
            sum += cents(row.at("pricingCurrencyTotal"));
          }
          EXPECT_EQ(sum, cents(price.at("pricingCurrencyTotal"))) << body;
          const std::size_t months = std::string{term} == "P3Y" ? 36 : 12;
          EXPECT_EQ(price.at("paymentSchedule").size(),
                    std::string{plan} == "Monthly" ? months : 1);
          EXPECT_TRUE(ids.insert(price.at("reservationOrderId")).second);
        }
      }
    }
  }
}

TEST_F(Arm, APurchaseGoesFromCreatingToSucceeded) {
  const json body = purchase(kContosoAzure);
  const std::string order = quote(body).at("reservationOrderId");
  const Response accepted = buy(alice, body, order);
  ASSERT_EQ(accepted.status, 202) << accepted.body;
  EXPECT_EQ(header(accepted, "Location"), "https://127.0.0.1:8443" + order_path(order));
  EXPECT_EQ(header(accepted, "Retry-After"), "10");
  const auto state = [&] {
    const Response read = site.send("GET", order_path(order), alice);
    EXPECT_EQ(read.status, 200);
    return body_of(read).at("properties").at("provisioningState").get<std::string>();
  };
  EXPECT_EQ(state(), "Creating");
  site.main().advance(5 * kSecond);
  EXPECT_EQ(state(), "PendingCapacity");
  site.main().advance(5 * kSecond);
  EXPECT_EQ(state(), "Succeeded");

  const json read = body_of(site.send("GET", order_path(order) + "&$expand=schedule", alice));
  EXPECT_EQ(read.at("id"), "/providers/microsoft.capacity/reservationOrders/" + order);
  EXPECT_EQ(read.at("type"), "Microsoft.Capacity/reservationOrders");
  EXPECT_EQ(read.at("properties").at("originalQuantity"), 2);
  EXPECT_EQ(read.at("properties").at("expiryDate"), "2027-02-02");
  const json& plan = read.at("properties").at("planInformation");
  EXPECT_EQ(plan.at("transactions").size(), 12U);
  EXPECT_EQ(plan.at("transactions").at(0).at("status"), "Succeeded");
  EXPECT_EQ(plan.at("nextPaymentDueDate"), "2026-03-02");

  const json list = body_of(site.send("GET", order_path(order, "/reservations"), alice));
  ASSERT_EQ(list.at("value").size(), 1U);
  const json& properties = list.at("value").at(0).at("properties");
  EXPECT_EQ(properties.at("quantity"), 2);
  EXPECT_EQ(properties.at("userFriendlyAppliedScopeType"), "Shared");
  EXPECT_EQ(properties.at("billingScopeId"), std::string{"/subscriptions/"} + kContosoAzure);
}

TEST_F(Arm, APurchaseReachesPartnerCenterAndMakesItsBuyerOwner) {
  const json body = purchase(kContosoAzure);
  const std::string order = quote(body).at("reservationOrderId");
  ASSERT_EQ(buy(alice, body, order).status, 202);
  site.main().advance(kDay);
  const std::string partner = site.token("admin@fabrikam.onmicrosoft.com", kPartnerCenter);
  const std::string root = std::string{"/v1/customers/"} + kContoso;
  const json orders = body_of(site.send("GET", root + "/orders", partner));
  // The world holds an order for the plan.
  ASSERT_EQ(orders.at("items").size(), 2U);
  EXPECT_EQ(orders.at("items").at(1).at("lineItems").at(0).at("quantity"), 2);
  const json owned = body_of(site.send("GET", root + "/entitlements", partner));
  ASSERT_EQ(owned.at("items").size(), 1U);
  const json& artifact = owned.at("items").at(0).at("entitledArtifacts").at(0);
  EXPECT_EQ(artifact.at("resourceId"), order);
  const std::string link = artifact.at("link").at("uri");
  EXPECT_EQ(site.send("GET", "/v1" + link, partner).status, 200);
  const json audit = body_of(site.send("GET", "/v1/auditrecords?startDate=2026-02-02", partner));
  EXPECT_THAT(audit.dump(), HasSubstr(order));
  // The right to read the order comes from the purchase alone: bob has none.
  alice = site.token(kAlice, kManagement);
  EXPECT_EQ(site.send("GET", order_path(order), alice).status, 200);
  const Response bob =
      site.send("GET", order_path(order), site.token("bob@contoso.onmicrosoft.com", kManagement));
  EXPECT_EQ(bob.status, 403);
  EXPECT_THAT(message(bob), HasSubstr("'Microsoft.Capacity/reservationOrders/read'"));
}

TEST_F(Arm, WhoMayBuy) {
  const json body = purchase(kContosoAzure);
  const std::string order = quote(body).at("reservationOrderId");
  const Response bob = buy(site.token("bob@contoso.onmicrosoft.com", kManagement), body, order);
  EXPECT_EQ(bob.status, 403);
  EXPECT_EQ(header(bob, "x-ms-failure-cause"), "gateway");
  EXPECT_EQ(message(bob),
            "The client 'bob@contoso.onmicrosoft.com' with object id "
            "'e0000001-0000-4000-8000-000000000002' does not have authorization to perform action "
            "'Microsoft.Capacity/reservationOrders/write' over scope "
            "'/subscriptions/f0000001-0000-4000-8000-000000000002' or the scope is invalid. If "
            "access was recently granted, please refresh your credentials.");
  const Response app = buy(site.app_token("contoso.onmicrosoft.com", kManagement), body, order);
  EXPECT_EQ(app.status, 202) << app.body;

  const json off = purchase(kPermissionOffAzure);
  alice = site.token("alice@permissionoff.onmicrosoft.com", kManagement);
  const std::string refused = quote(off).at("reservationOrderId");
  EXPECT_EQ(code(buy(alice, off, refused)), "Forbidden");
  alice = site.on_behalf_token(kPermissionOff, kManagement);
  const Response agent = buy(alice, off, quote(off).at("reservationOrderId"));
  EXPECT_EQ(agent.status, 202) << agent.body;
}

TEST(ArmSwitches, NameTheRefusalAndWhatAQuoteChecks) {
  for (const char* word : {"Forbidden", "ReservationOrderNotEnabled", "BadRequest"}) {
    Switches switches;
    ASSERT_TRUE(switches.choose("customer-purchase-refusal", word));
    ASSERT_TRUE(switches.choose("calculate-price-checks", "full"));
    Site site{switches};
    const std::string token = site.token("alice@permissionoff.onmicrosoft.com", kManagement);
    const Response refused = site.send("POST", kQuote, token, purchase(kPermissionOffAzure).dump());
    EXPECT_EQ(body_of(refused).at("error").at("code"), word);
  }
}

TEST_F(Arm, AQuoteIsSpentOnceAndExpires) {
  const json body = purchase(kContosoAzure);
  const std::string order = quote(body).at("reservationOrderId");
  ASSERT_EQ(buy(alice, body, order).status, 202);
  const Response again = buy(alice, body, order);
  EXPECT_EQ(again.status, 409);
  EXPECT_EQ(code(again), "ReservationOrderIdAlreadyExists");
  const std::string late = quote(body).at("reservationOrderId");
  site.main().advance(3'600 * kSecond);
  const Response stale = buy(site.token(kAlice, kManagement), body, late);
  EXPECT_EQ(stale.status, 400);
  EXPECT_EQ(code(stale), "BadRequest");
  EXPECT_EQ(
      message(stale),
      "Session timed out - Call CalculatePrice again and provide the new Reservation Order ID "
      "for purchase");
  const Exchange exchange = site.main().journal({}).exchanges.back();
  EXPECT_EQ(exchange.trace.rules.back().rule, "quote-still-valid");
  EXPECT_TRUE(exchange.trace.rules.back().broken);
}

TEST_F(Arm, SpellingsThatMeanTheSameBuyTheSame) {
  json body = purchase(kContosoAzure);
  body["properties"]["billingScopeId"] = kContosoAzure;
  body["properties"].erase("displayName");
  const std::string order = quote(body).at("reservationOrderId");
  body["properties"]["quantity"] = "2";
  body["properties"]["billingScopeId"] = std::string{"/subscriptions/"} + kContosoAzure;
  ASSERT_EQ(buy(alice, body, order).status, 202);
  const json read = body_of(site.send("GET", order_path(order), alice));
  EXPECT_EQ(read.at("properties").at("displayName"), "VM_RI_02-02-2026_02-40");
  body["properties"]["quantity"] = 3;
  const std::string other = quote(purchase(kContosoAzure)).at("reservationOrderId");
  EXPECT_EQ(code(buy(alice, body, other)), "BadRequest");
}

struct Flaw {
  const char* pointer;
  json value;
  const char* code;
};

TEST_F(Arm, FlawsHaveTheirOwnCodes) {
  const Flaw flaws[] = {
      {"/properties/term", "P5Y", "UnsupportedReservationTerm"},
      {"/location", "atlantis", "InvalidLocationId"},
      {"/properties/appliedScopeType", "Single", "MissingAppliedScopesForSingle"},
      {"/properties/billingScopeId", "/subscriptions/x", "InvalidSubscriptionId"},
      {"/properties/quantity", "two", "InvalidRequestContent"},
      {"/properties/quantity", "-2", "InvalidRequestContent"},
      {"/sku/name", "Standard_Nothing", "CalculatePriceFailed"},
      {"/properties/reservedResourceType", "SqlDatabases", "CalculatePriceFailed"},
      {"/properties/appliedScopes",
       {std::string{"/subscriptions/"} + kAbroadAzure},
       "AppliedScopesNotAssociatedWithCommerceAccount"},
  };
  for (const Flaw& flaw : flaws) {
    json body = purchase(kContosoAzure);
    body[json::json_pointer{flaw.pointer}] = flaw.value;
    const Response response = site.send("POST", kQuote, alice, body.dump());
    EXPECT_EQ(response.status, 400) << flaw.pointer;
    EXPECT_EQ(code(response), flaw.code) << response.body;
  }
  json two = purchase(kContosoAzure);
  two["properties"]["appliedScopeType"] = "Single";
  two["properties"]["appliedScopes"] = {"/subscriptions/a", "/subscriptions/b"};
  EXPECT_EQ(code(site.send("POST", kQuote, alice, two.dump())), "InvalidSingleAppliedScopesCount");
  const std::string abroad = site.token("alice@unavailable.onmicrosoft.com", kManagement);
  EXPECT_EQ(code(site.send("POST", kQuote, abroad, purchase(kAbroadAzure).dump())),
            "NotSupportedCountry");
}

TEST_F(Arm, ASingleScopeMayBeAResourceGroup) {
  json body = purchase(kContosoAzure);
  body["properties"]["appliedScopeType"] = "Single";
  body["properties"]["appliedScopes"] = {std::string{"/subscriptions/"} + kContosoAzure +
                                         "/resourceGroups/web"};
  const std::string order = quote(body).at("reservationOrderId");
  ASSERT_EQ(buy(alice, body, order).status, 202);
  const json list = body_of(site.send("GET", order_path(order, "/reservations"), alice));
  const json& properties = list.at("value").at(0).at("properties");
  EXPECT_EQ(properties.at("userFriendlyAppliedScopeType"), "ResourceGroup");
  EXPECT_EQ(properties.at("appliedScopes").at(0),
            std::string{"/subscriptions/"} + kContosoAzure + "/resourcegroups/web");
}

TEST_F(Arm, VersionsOfTheApi) {
  const Response missing = site.send("GET", "/subscriptions", alice);
  EXPECT_EQ(code(missing), "MissingApiVersionParameter");
  EXPECT_EQ(message(missing),
            "The api-version query parameter (?api-version=) is required for all requests.");
  const Response unknown =
      site.send("POST", "/providers/Microsoft.Capacity/calculatePrice?api-version=2017-11-01",
                alice, purchase(kContosoAzure).dump());
  EXPECT_EQ(unknown.status, 400);
  EXPECT_EQ(code(unknown), "NoRegisteredProviderFound");
  EXPECT_THAT(message(unknown),
              StartsWith("No registered resource provider found for location 'global' and API "
                         "version '2017-11-01' for type 'calculatePrice'. The supported "
                         "api-versions are '2019-04-01, "));
  for (const char* version : {"2016-06-01", "2020-01-01", "2022-12-01"}) {
    EXPECT_EQ(site.send("GET", std::string{"/subscriptions?api-version="} + version, alice).status,
              200);
  }
}

TEST_F(Arm, TokensThatDoNotFitAreRefusedWithAChallenge) {
  const std::string path = std::string{"/subscriptions/"} + kPermissionOffAzure +
                           "/providers/Microsoft.Authorization/roleAssignments"
                           "?api-version=2022-04-01";
  const Response nobody = site.send("GET", path, "");
  EXPECT_EQ(nobody.status, 401);
  EXPECT_EQ(code(nobody), "AuthenticationFailed");
  EXPECT_THAT(header(nobody, "WWW-Authenticate"),
              StartsWith(std::string{"Bearer authorization_uri=\"https://127.0.0.1:8443/"} +
                         kPermissionOff + "\", error=\"invalid_token\""));
  const Response foreign = site.send("GET", path, alice);
  EXPECT_EQ(foreign.status, 401);
  EXPECT_EQ(code(foreign), "InvalidAuthenticationTokenTenant");
  EXPECT_THAT(message(foreign), HasSubstr(std::string{"'https://sts.windows.net/"} + kContoso));
  EXPECT_NE(header(foreign, "WWW-Authenticate"), "");
  const Response audience = site.send("GET", path, site.token(kAlice, kPartnerCenter));
  EXPECT_EQ(code(audience), "InvalidAuthenticationTokenAudience");
  // A partner's application alone has no service principal at the customer's.
  Form form = application_of("fabrikam.onmicrosoft.com");
  form.merge(Form{{"grant_type", "client_credentials"}, {"resource", kManagement}});
  const std::string without =
      body_of(site.post(std::string{"/"} + kContoso + "/oauth2/token", form)).at("access_token");
  const Response claims = site.send("GET", "/subscriptions?api-version=2022-12-01", without);
  EXPECT_THAT(message(claims), HasSubstr("'puid' or 'altsecid' or 'oid'"));
  site.main().advance(3'600 * kSecond);
  const Response expired = site.send("GET", path, alice);
  EXPECT_EQ(code(expired), "ExpiredAuthenticationToken");
  EXPECT_EQ(message(expired),
            "The access token expiry UTC time '2/2/2026 3:40:00 AM' is earlier than current UTC "
            "time '2/2/2026 3:40:00 AM'.");
}

TEST_F(Arm, HeadersOfEveryAnswer) {
  Headers headers;
  headers.add("x-ms-client-request-id", "abc");
  headers.add("x-ms-return-client-request-id", "true");
  headers.add("x-ms-correlation-request-id", "0b1ec700-0000-4000-8000-0000000000a1");
  const Response list =
      site.send("GET", "/subscriptions?api-version=2022-12-01", alice, {}, headers);
  EXPECT_EQ(header(list, "x-ms-client-request-id"), "abc");
  EXPECT_EQ(header(list, "x-ms-correlation-request-id"), "0b1ec700-0000-4000-8000-0000000000a1");
  EXPECT_EQ(header(list, "x-ms-ratelimit-remaining-tenant-reads"), "11999");
  EXPECT_THAT(header(list, "x-ms-routing-request-id"),
              MatchesRegex("[A-Z]+:20260202T024000Z:[0-9a-f-]+"));
  const json item = body_of(list).at("value").at(0);
  EXPECT_EQ(item.at("subscriptionPolicies").at("quotaId"), "CSP_2015-05-01");
  const Response roles = site.send("GET",
                                   std::string{"/subscriptions/"} + kContosoAzure +
                                       "/providers/Microsoft.Authorization/roleAssignments"
                                       "?api-version=2022-04-01&$filter=" +
                                       "principalId%20eq%20'a0000001-0000-4000-8000-000000000009'",
                                   alice);
  EXPECT_EQ(header(roles, "x-ms-ratelimit-remaining-subscription-reads"), "11999");
  ASSERT_EQ(body_of(roles).at("value").size(), 1U) << roles.body;
  EXPECT_EQ(body_of(roles).at("value").at(0).at("properties").at("principalType"), "ForeignGroup");
  const Response price = site.send("POST", kQuote, alice, purchase(kContosoAzure).dump());
  EXPECT_EQ(header(price, "x-ms-ratelimit-remaining-tenant-writes"), "1199");
}

}  // namespace
}  // namespace pcsim
