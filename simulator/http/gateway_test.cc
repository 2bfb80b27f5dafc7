#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "http/gateway_testing.h"

namespace pcsim {
namespace {

using namespace gateway_testing;
using nlohmann::json;
using ::testing::HasSubstr;

const std::string kAdmin = "admin@fabrikam.onmicrosoft.com";
const std::string kNewCustomer =
    R"({"companyProfile":{"domain":"wideworld.onmicrosoft.com"},"billingProfile":{"culture":"fr-FR",)"
    R"("email":"a@litware.onmicrosoft.com","language":"fr","companyName":"Litware",)"
    R"("defaultAddress":{"country":"FR","city":"Paris","addressLine1":"1 rue","postalCode":"75002",)"
    R"("firstName":"A","lastName":"B","phoneNumber":"5550100"}}})";

std::size_t customers(Site& site, const std::string& token) {
  return body_of(site.send("GET", "/v1/customers", token)).at("items").size();
}

TEST(UniverseChoice, TheTokensUniverseWinsOverThePath) {
  Site site;
  site.add_universe("other");
  const std::string token = site.token(kAdmin, kPartnerCenter, "/~other");
  EXPECT_EQ(claims_of(token).at("pcsim_universe"), "other");
  const Response created = site.send("POST", "/v1/customers", token, kNewCustomer);
  ASSERT_EQ(created.status, 201) << created.body;
  const std::string main = site.token(kAdmin, kPartnerCenter, "/~main");
  EXPECT_EQ(customers(site, token), customers(site, main) + 1);
}

TEST(UniverseChoice, ByTheUserNameOfTheProxy) {
  Site site;
  site.add_universe("other");
  Form form = application_of("fabrikam.onmicrosoft.com");
  form.merge(Form{{"grant_type", "client_credentials"}, {"resource", kPartnerCenter}});
  Headers headers;
  headers.add("Proxy-Authorization", "Basic b3RoZXI6");  // other:
  const Response response =
      site.post(std::string{"/"} + kFabrikam + "/oauth2/token", form, headers);
  ASSERT_EQ(response.status, 200) << response.body;
  EXPECT_EQ(claims_of(body_of(response).at("access_token")).at("pcsim_universe"), "other");
}

TEST(UniverseChoice, ATenantThatSeveralHoldIsRefusedWithASentence) {
  Site site;
  site.add_universe("other");
  Form form = application_of("fabrikam.onmicrosoft.com");
  form.merge(Form{{"grant_type", "client_credentials"}, {"resource", kPartnerCenter}});
  for (const char* tenant : {kFabrikam, "fabrikam.onmicrosoft.com", "common"}) {
    const Response response = site.post(std::string{"/"} + tenant + "/oauth2/token", form);
    EXPECT_EQ(response.status, 400);
    EXPECT_THAT(body_of(response).at("error_description"),
                HasSubstr("put /~universe before the path"));
    EXPECT_THAT(body_of(response).at("error_description"), HasSubstr(tenant));
  }
  // What a tenant publishes of itself is the same everywhere.
  EXPECT_EQ(site.send("GET", std::string{"/"} + kFabrikam + "/.well-known/openid-configuration", "")
                .status,
            200);
}

TEST(UniverseChoice, ATenantThatOneHoldsFindsIt) {
  Site site;
  const auto other = site.add_universe("other");
  const std::string token = site.token(kAdmin, kPartnerCenter, "/~other");
  const Response created = site.send("POST", "/v1/customers", token, kNewCustomer);
  ASSERT_EQ(created.status, 201) << created.body;
  const json customer = body_of(created);
  const std::string tenant = customer.at("id");
  EXPECT_TRUE(other->holds_tenant(tenant));
  const Response answer = site.post("/" + tenant + "/oauth2/token", {});
  // Nobody lives there yet, but the tenant is known: the form is what is wrong.
  EXPECT_THAT(answer.body, HasSubstr("AADSTS900144"));
  EXPECT_EQ(other->journal({}).exchanges.back().operation, "TokenV1");
}

TEST(UniverseChoice, ATokenOfAVanishedUniverseIsRefused) {
  Site first;
  first.add_universe("gone");
  const std::string partner = first.token(kAdmin, kPartnerCenter, "/~gone");
  const std::string azure = first.token("alice@contoso.onmicrosoft.com", kManagement, "/~gone");
  Site second;
  const Response at_partner = second.send("GET", "/v1/customers", partner);
  EXPECT_EQ(at_partner.status, 401);
  EXPECT_EQ(body_of(at_partner).at("code"), 400);
  EXPECT_NE(header(at_partner, "WWW-Authenticate"), "");
  const Response at_azure = second.send("GET", "/subscriptions?api-version=2022-12-01", azure);
  EXPECT_EQ(at_azure.status, 401);
  EXPECT_EQ(body_of(at_azure).at("error").at("code"), "InvalidAuthenticationToken");
}

Headers request_id(const char* id) {
  Headers headers;
  headers.add("MS-RequestId", id);
  return headers;
}

TEST(Replay, TheSameBodyIsAnsweredAgainWithoutEffect) {
  Site site;
  const std::string token = site.token(kAdmin, kPartnerCenter);
  const Headers id = request_id("11111111-0000-4000-8000-000000000001");
  const Response first = site.send("POST", "/v1/customers", token, kNewCustomer, id);
  ASSERT_EQ(first.status, 201) << first.body;
  const std::size_t before = customers(site, token);
  const Response again = site.send("POST", "/v1/customers", token, kNewCustomer, id);
  EXPECT_EQ(again.status, 201);
  EXPECT_EQ(again.body, first.body);
  EXPECT_EQ(site.main().journal({}).exchanges.back().outcome, "replay");
  EXPECT_EQ(customers(site, token), before);
}

TEST(Replay, AnotherBodyRunsAndTheExchangeSaysSo) {
  Site site;
  const std::string token = site.token(kAdmin, kPartnerCenter);
  const Headers id = request_id("11111111-0000-4000-8000-000000000002");
  ASSERT_EQ(site.send("POST", "/v1/customers", token, kNewCustomer, id).status, 201);
  const std::size_t before = customers(site, token);
  std::string other = kNewCustomer;
  other.replace(other.find("wideworld"), 9, "widerworld");
  EXPECT_EQ(site.send("POST", "/v1/customers", token, other, id).status, 201);
  EXPECT_THAT(site.main().journal({}).exchanges.back().note, HasSubstr("another body"));
  EXPECT_EQ(customers(site, token), before + 1);
  // Another path with the same id is another call.
  EXPECT_NE(site.send("POST", std::string{"/v1/customers/"} + kContoso + "/carts", token, "{}", id)
                .status,
            201);
}

TEST(Exchanges, TellOperationRulesSchemaAndOutcome) {
  Site site;
  const std::string token = site.token(kAdmin, kPartnerCenter);
  ASSERT_EQ(site.send("POST", "/v1/customers", token, kNewCustomer).status, 201);
  const Exchange created = site.main().journal({}).exchanges.back();
  EXPECT_EQ(created.operation, "CreateCustomer");
  EXPECT_EQ(created.method, "POST");
  EXPECT_EQ(created.path, "/v1/customers");
  EXPECT_EQ(created.principal, kAdmin);
  EXPECT_EQ(created.schema, "valid");
  EXPECT_EQ(created.outcome, "success");
  EXPECT_EQ(created.status, 201);
  site.send("POST", "/v1/customers", token, "[]");
  EXPECT_EQ(site.main().journal({}).exchanges.back().outcome, "InvalidRequestInput");
  EXPECT_NE(site.main().journal({}).exchanges.back().schema, "valid");
  site.send("GET", "/v1/nowhere", token);
  EXPECT_EQ(site.main().journal({}).exchanges.back().operation, "");
  EXPECT_EQ(site.main().journal({}).exchanges.back().status, 404);
}

TEST(Bom, OnlyBeforeSuccessAndOnlyWhenTheSwitchSays) {
  const auto marked = [](const Response& response) {
    return response.body.rfind("\xEF\xBB\xBF", 0) == 0;
  };
  Site site;
  const std::string token = site.token(kAdmin, kPartnerCenter);
  EXPECT_TRUE(marked(site.send("GET", "/v1/customers", token)));
  EXPECT_FALSE(marked(site.send("GET", "/v1/customers/nonsense", token)));
  EXPECT_FALSE(marked(site.send("GET", "/subscriptions?api-version=2022-12-01",
                                site.token("alice@contoso.onmicrosoft.com", kManagement))));
  Switches never;
  ASSERT_TRUE(never.choose("bom", "never"));
  Site plain{never};
  EXPECT_FALSE(marked(plain.send("GET", "/v1/customers", plain.token(kAdmin, kPartnerCenter))));
}

TEST(Tokens, AreRefusedWhenExpiredForgedOrNotAccessTokens) {
  Site site;
  const json answer = site.sign_in(kAdmin, kPartnerCenter);
  const auto status = [&](const std::string& token) {
    return site.send("GET", "/v1/customers", token).status;
  };
  const std::string access = answer.at("access_token");
  EXPECT_EQ(status(access), 200);
  EXPECT_EQ(status(answer.at("id_token")), 401);
  EXPECT_EQ(status(answer.at("refresh_token")), 401);
  EXPECT_EQ(status("forged." + access), 401);
  EXPECT_EQ(status(""), 401);
  site.main().advance(3'601 * kSecond);
  const Response late = site.send("GET", "/v1/customers", access);
  EXPECT_EQ(late.status, 401);
  EXPECT_NE(header(late, "WWW-Authenticate"), "");
}

TEST(GenerateToken, ExchangesAnyTokenAndKeepsWhoCalls) {
  Site site;
  const std::string legacy =
      site.app_token("fabrikam.onmicrosoft.com", "https://graph.windows.net");
  EXPECT_EQ(site.send("GET", "/v1/customers", legacy).status, 401);
  Headers form;
  form.add("Content-Type", "application/x-www-form-urlencoded");
  const Response answer =
      site.send("POST", "/generatetoken", legacy, "grant_type=jwt_token&client_id=x", form);
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(body_of(answer).at("token_type"), "bearer");
  EXPECT_EQ(body_of(answer).at("expires_in"), 3600);
  const std::string token = body_of(answer).at("access_token");
  EXPECT_EQ(claims_of(token).at("idtyp"), "app");
  EXPECT_EQ(site.send("GET", "/v1/customers", token).status, 200);
  EXPECT_EQ(site.send("GET", "/v1/SelfServePolicy", token).status, 403);
  EXPECT_EQ(site.send("POST", "/generatetoken", legacy, "grant_type=password", form).status, 400);
  EXPECT_EQ(site.send("POST", "/generatetoken", "", "grant_type=jwt_token", form).status, 401);
  site.main().advance(3'601 * kSecond);
  EXPECT_EQ(site.send("POST", "/generatetoken", legacy, "grant_type=jwt_token", form).status, 401);
}

}  // namespace
}  // namespace pcsim
