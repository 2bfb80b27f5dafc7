#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "http/gateway_testing.h"

namespace pcsim {
namespace {

using namespace gateway_testing;
using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr const char* kDomain = "fabrikam.onmicrosoft.com";

struct Entra : testing::Test {
  Site site{};
  std::string v1 = std::string{"/"} + kDomain + "/oauth2/token";
  std::string v2 = std::string{"/"} + kDomain + "/oauth2/v2.0/token";

  Form app(const std::string& resource = kPartnerCenter) {
    Form form = application_of(kDomain);
    form.merge(Form{{"grant_type", "client_credentials"}, {"resource", resource}});
    return form;
  }
  Form user(const std::string& scope = std::string{kPartnerCenter} + "/.default") {
    Form form = application_of(kDomain);
    form.merge(Form{{"grant_type", "password"},
                    {"username", "admin@fabrikam.onmicrosoft.com"},
                    {"password", "Passw0rd!"},
                    {"scope", scope}});
    return form;
  }
};

TEST_F(Entra, AnswersOfBothVersionsHaveTheirShapes) {
  const Response first = site.post(v1, app());
  ASSERT_EQ(first.status, 200) << first.body;
  const json one = body_of(first);
  EXPECT_EQ(one.at("expires_in"), "3599");
  EXPECT_EQ(one.at("resource"), kPartnerCenter);
  EXPECT_EQ(one.at("not_before"), "1770000000");
  EXPECT_EQ(one.size(), 7U) << one;
  EXPECT_EQ(header(first, "Content-Type"), "application/json; charset=utf-8");
  EXPECT_EQ(header(first, "Pragma"), "no-cache");

  Form form = app();
  form.erase("resource");
  form["scope"] = std::string{kPartnerCenter} + "/.default";
  const json two = body_of(site.post(v2, form));
  EXPECT_EQ(two.at("expires_in"), 3599);
  EXPECT_EQ(two.size(), 4U) << two;

  const json signed_in = body_of(site.post(v2, user()));
  EXPECT_TRUE(signed_in.contains("refresh_token"));
  EXPECT_TRUE(signed_in.contains("client_info"));
  EXPECT_EQ(signed_in.at("scope"), std::string{kPartnerCenter} + "/user_impersonation");
  EXPECT_EQ(claims_of(signed_in.at("id_token")).at("ver"), "2.0");
}

TEST_F(Entra, ClaimsOfUsersAndApplications) {
  const json person = claims_of(body_of(site.post(v2, user())).at("access_token"));
  EXPECT_EQ(person.at("iss"), std::string{"https://sts.windows.net/"} + kFabrikam + "/");
  EXPECT_EQ(person.at("amr"), json({"pwd", "mfa"}));
  EXPECT_EQ(person.at("idtyp"), "user");
  EXPECT_EQ(person.at("scp"), "user_impersonation");
  EXPECT_EQ(person.at("appidacr"), "1");
  EXPECT_TRUE(person.contains("puid"));
  EXPECT_EQ(person.at("ver"), "1.0");
  const json alone = claims_of(body_of(site.post(v1, app())).at("access_token"));
  EXPECT_EQ(alone.at("idtyp"), "app");
  for (const char* absent : {"scp", "amr", "upn", "acr"}) {
    EXPECT_FALSE(alone.contains(absent)) << absent;
  }
}

TEST_F(Entra, TheAudienceMirrorsTheResource) {
  const auto audience = [&](const std::string& scope) {
    const json body = body_of(site.post(v2, user(scope)));
    return body.contains("access_token")
               ? claims_of(body.at("access_token")).at("aud").get<std::string>()
               : body.dump();
  };
  EXPECT_EQ(audience("https://management.azure.com/.default"), "https://management.azure.com");
  EXPECT_EQ(audience("openid profile offline_access https://management.core.windows.net//.default"),
            "https://management.core.windows.net/");
  EXPECT_EQ(audience("https://127.0.0.1:8443/.default"), "https://management.azure.com");
  EXPECT_EQ(audience("https://graph.windows.net/.default"), "https://graph.windows.net");
  const std::string token = site.token("alice@contoso.onmicrosoft.com", "https://127.0.0.1:8443");
  EXPECT_EQ(site.send("GET", "/subscriptions?api-version=2022-12-01", token).status, 200);
}

TEST_F(Entra, ARefreshAtACustomerActsOnItsBehalf) {
  const json claims = claims_of(site.on_behalf_token(kContoso, kManagement));
  EXPECT_EQ(claims.at("tid"), kContoso);
  EXPECT_EQ(claims.at("iss"), std::string{"https://sts.windows.net/"} + kContoso + "/");
  EXPECT_EQ(claims.at("idp"), std::string{"https://sts.windows.net/"} + kFabrikam + "/");
  EXPECT_EQ(claims.at("groups"), json::array({"a0000001-0000-4000-8000-000000000009"}));
  EXPECT_EQ(claims.at("amr"), json({"pwd", "mfa"}));
}

TEST_F(Entra, ARefreshWithoutAResourceIsForTheOneOfBefore) {
  const json first = site.sign_in("admin@fabrikam.onmicrosoft.com", kPartnerCenter);
  Form form = application_of(kDomain);
  form.merge(Form{{"grant_type", "refresh_token"},
                  {"refresh_token", first.at("refresh_token").get<std::string>()}});
  for (const std::string& path : {v1, v2}) {
    const json again = body_of(site.post(path, form));
    EXPECT_EQ(claims_of(again.at("access_token")).at("aud"), kPartnerCenter);
  }
}

struct Flaw {
  const char* name;
  const char* field;
  const char* value;  ///< null takes the field away
  int status;
  const char* error;
  int number;
};

const Flaw kFlaws[] = {
    {"grant", "grant_type", nullptr, 400, "invalid_request", 900144},
    {"client", "client_id", nullptr, 400, "invalid_request", 900144},
    {"user", "username", nullptr, 400, "invalid_request", 900144},
    {"scope", "scope", nullptr, 400, "invalid_request", 900144},
    {"unknown_grant", "grant_type", "guess", 400, "unsupported_grant_type", 70003},
    {"no_secret", "client_secret", nullptr, 401, "invalid_client", 7000218},
    {"wrong_secret", "client_secret", "x", 401, "invalid_client", 7000215},
    {"unknown_client", "client_id", "x", 400, "unauthorized_client", 700016},
    {"unknown_user", "username", "x@y.example", 400, "invalid_grant", 50034},
    {"wrong_password", "password", "x", 400, "invalid_grant", 50126},
    {"scope_without_resource", "scope", "nonsense", 400, "invalid_scope", 70011},
    {"unknown_scope", "scope", "https://management.azure.com/everything", 400, "invalid_scope",
     70011},
    {"two_resources", "scope",
     "https://management.azure.com/.default https://graph.windows.net/.default", 400,
     "invalid_scope", 70011},
    {"unknown_resource", "scope", "https://other.example/.default", 400, "invalid_resource",
     500011},
};

TEST_F(Entra, FlawedFormsHaveTheDocumentedNumbers) {
  for (const Flaw& flaw : kFlaws) {
    Form form = user();
    form.erase(flaw.field);
    if (flaw.value != nullptr) {
      form[flaw.field] = flaw.value;
    }
    const Response response = site.post(v2, form);
    const json body = body_of(response);
    EXPECT_EQ(response.status, flaw.status) << flaw.name;
    EXPECT_EQ(body.at("error"), flaw.error) << flaw.name;
    EXPECT_EQ(body.at("error_codes"), json::array({flaw.number})) << flaw.name;
    EXPECT_THAT(body.at("error_description"),
                StartsWith("AADSTS" + std::to_string(flaw.number) + ": "));
    EXPECT_THAT(body.at("error_description"), HasSubstr("\r\nCorrelation ID: "));
    EXPECT_EQ(body.at("timestamp"), "2026-02-02 02:40:00Z");
  }
}

TEST_F(Entra, TenantsThatThereAreNot) {
  const auto number = [&](const std::string& tenant) {
    return body_of(site.post("/" + tenant + "/oauth2/token", app())).at("error_codes").at(0);
  };
  EXPECT_EQ(number("nowhere.example"), 90002);
  EXPECT_EQ(number("0d3e0000-0000-4000-8000-000000000101"), 90002);
  EXPECT_EQ(number("no-where"), 900023);
  EXPECT_EQ(number("common"), 50059);
  EXPECT_EQ(number("consumers"), 700016);
  const Response discovery =
      site.send("GET", "/nowhere.example/v2.0/.well-known/openid-configuration", "");
  EXPECT_EQ(body_of(discovery).at("error"), "invalid_tenant");
}

TEST_F(Entra, RefreshTokensThatAreNotTaken) {
  const json first = site.sign_in("admin@fabrikam.onmicrosoft.com", kPartnerCenter);
  const auto number = [&](const std::string& token) {
    Form form = app();
    form["grant_type"] = "refresh_token";
    form["refresh_token"] = token;
    const json body = body_of(site.post(v1, form));
    return body.contains("error_codes") ? body.at("error_codes").at(0).get<int>() : 0;
  };
  EXPECT_EQ(number("nonsense"), 9002313);
  EXPECT_EQ(number(first.at("access_token")), 9002313);
  const json other = site.sign_in("alice@contoso.onmicrosoft.com", kManagement);
  EXPECT_EQ(number(other.at("refresh_token")), 70008);
  EXPECT_EQ(number(first.at("refresh_token")), 0);
  site.main().advance(91 * kDay);
  EXPECT_EQ(number(first.at("refresh_token")), 700082);
}

TEST_F(Entra, ClientsProveThemselvesAsTheyLike) {
  Form form = app();
  form.erase("client_id");
  form.erase("client_secret");
  Headers basic;
  // b0000001-0000-4000-8000-000000000001:fabrikam-secret
  basic.add("Authorization",
            "Basic YjAwMDAwMDEtMDAwMC00MDAwLTgwMDAtMDAwMDAwMDAwMDAxOmZhYnJpa2FtLXNlY3JldA==");
  EXPECT_EQ(site.post(v1, form, basic).status, 200);
  form = app();
  form.erase("client_secret");
  form["client_assertion"] = "x.y.z";
  EXPECT_EQ(body_of(site.post(v1, form)).at("error_codes").at(0), 700027);
  form = app();
  form["client_id"] = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";
  EXPECT_EQ(body_of(site.post(v1, form)).at("error_codes").at(0), 7000218);
}

TEST_F(Entra, OnlyFormsAreRead) {
  Headers headers;
  headers.add("Content-Type", "application/json");
  const Response response = site.send("POST", v1, "", encode(app()), headers);
  EXPECT_EQ(response.status, 400);
  EXPECT_THAT(body_of(response).at("error_description"),
              StartsWith("AADSTS900144: The request body must contain the following parameter: "
                         "'grant_type'."));
  Headers charset;
  charset.add("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
  EXPECT_EQ(site.send("POST", v1, "", encode(app()), charset).status, 200);
}

TEST_F(Entra, TheRequestIdOfTheClientComesBack) {
  const std::string id = "0b1ec700-0000-4000-8000-0000000000a1";
  EXPECT_EQ(header(site.post(v2 + "?client-request-id=" + id, user()), "client-request-id"), id);
  Headers headers;
  headers.add("client-request-id", id);
  EXPECT_EQ(header(site.post(v1, app(), headers), "client-request-id"), id);
  EXPECT_EQ(header(site.post(v1, app()), "client-request-id"), "");
}

TEST(EntraSwitches, APartnersApplicationAtACustomerMayBeRefused) {
  Switches switches;
  ASSERT_TRUE(switches.choose("partner-app-at-customer", "refused"));
  Site site{switches};
  Form form = application_of(kDomain);
  form.merge(Form{{"grant_type", "client_credentials"}, {"resource", kManagement}});
  const Response refused = site.post(std::string{"/"} + kContoso + "/oauth2/token", form);
  EXPECT_EQ(refused.status, 401);
  EXPECT_EQ(body_of(refused).at("error_codes").at(0), 7000229);
}

TEST(EntraSwitches, TheSecondFactorIsAskedForFromItsDayOn) {
  Switches switches;
  ASSERT_TRUE(switches.choose("user-mfa", "from-2026-04-01"));
  Site site{switches};
  const auto status = [&] {
    const std::string token = site.token("nomfa@fabrikam.onmicrosoft.com", kPartnerCenter);
    return site.send("GET", "/v1/customers", token).status;
  };
  EXPECT_EQ(status(), 200);
  site.main().advance(58 * kDay);
  EXPECT_NE(status(), 200);
}

TEST_F(Entra, TokensForOthersOpenNothing) {
  for (const char* resource :
       {"https://graph.microsoft.com", "api://b0000001-0000-4000-8000-000000000001"}) {
    const std::string token = site.token("admin@fabrikam.onmicrosoft.com", resource);
    EXPECT_NE(token, "");
    EXPECT_NE(site.send("GET", "/v1/customers", token).status, 200) << resource;
    EXPECT_EQ(site.send("GET", "/subscriptions?api-version=2022-12-01", token).status, 401);
  }
}

TEST_F(Entra, CodesOfTheSignInPageAreWorthTokensOnce) {
  const Form application = application_of(kDomain);
  const std::string page = std::string{"/"} + kDomain +
                           "/oauth2/v2.0/authorize?response_type=code&redirect_uri=http://localhost"
                           "&scope=https://api.partnercenter.microsoft.com/.default&client_id=" +
                           application.at("client_id");
  const Response answer =
      site.post(page, {{"username", "admin@fabrikam.onmicrosoft.com"}, {"password", "Passw0rd!"}});
  ASSERT_EQ(answer.status, 302) << answer.body;
  const std::string location = header(answer, "Location");
  const std::size_t code = location.find("code=") + 5;
  Form form = application;
  form.merge(Form{{"grant_type", "authorization_code"},
                  {"code", location.substr(code, location.find('&', code) - code)},
                  {"redirect_uri", "http://localhost"}});
  EXPECT_EQ(site.post(v2, form).status, 200);
  EXPECT_EQ(body_of(site.post(v2, form)).at("error_codes").at(0), 54005);
}

TEST_F(Entra, Metadata) {
  const std::string base = "https://127.0.0.1:8443/";
  const json one = body_of(
      site.send("GET", std::string{"/"} + kDomain + "/.well-known/openid-configuration", ""));
  EXPECT_EQ(one.at("issuer"), std::string{"https://sts.windows.net/"} + kFabrikam + "/");
  EXPECT_EQ(one.at("token_endpoint"), base + kFabrikam + "/oauth2/token");
  const json two = body_of(site.send("GET", "/common/v2.0/.well-known/openid-configuration", ""));
  EXPECT_EQ(two.at("issuer"), base + "{tenantid}/v2.0");
  EXPECT_EQ(two.at("jwks_uri"), base + "common/discovery/v2.0/keys");
  for (const char* path : {"/common/discovery/keys", "/common/discovery/v2.0/keys",
                           "/organizations/discovery/v2.0/keys"}) {
    EXPECT_EQ(site.send("GET", path, "").status, 200) << path;
  }
}

TEST_F(Entra, InstanceDiscovery) {
  const auto endpoint = [&](const std::string& query) {
    return body_of(site.send("GET", "/common/discovery/instance" + query, ""))
        .value("tenant_discovery_endpoint", "");
  };
  const std::string base = "https://127.0.0.1:8443/";
  EXPECT_EQ(endpoint(""), base + "common/v2.0/.well-known/openid-configuration");
  EXPECT_EQ(endpoint("?api-version=1.0&authorization_endpoint="
                     "https://login.windows.net/contoso.example/oauth2/authorize"),
            base + "contoso.example/.well-known/openid-configuration");
  EXPECT_EQ(endpoint("?api-version=1.1&authorization_endpoint="
                     "https%3A%2F%2F127.0.0.1%3A8443%2F~main%2Fcommon%2Foauth2%2Fv2.0%2Fauthorize"),
            base + "~main/common/v2.0/.well-known/openid-configuration");
  const Response evil = site.send(
      "GET", "/common/discovery/instance?authorization_endpoint=https://evil.example/common", "");
  EXPECT_EQ(body_of(evil).at("error"), "invalid_instance");
}

TEST_F(Entra, UserRealmInBothSpellings) {
  for (const char* path : {"/common/userrealm/admin@fabrikam.onmicrosoft.com?api-version=1.0",
                           "/common/UserRealm/admin%40fabrikam.onmicrosoft.com?api-version=1.0"}) {
    const json realm = body_of(site.send("GET", path, ""));
    EXPECT_EQ(realm.at("account_type"), "Managed") << path;
    EXPECT_EQ(realm.at("domain_name"), kDomain);
  }
}

}  // namespace
}  // namespace pcsim
