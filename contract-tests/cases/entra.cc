#include <functional>
#include <nlohmann/json.hpp>
#include <vector>

#include "cases/sign_in.h"

namespace pcsim::contract {
namespace {

using nlohmann::json;
using enum OperationId;

class Entra : public Contract {};

constexpr OperationId kVersions[] = {TokenV1, TokenV2};

TEST_F(Entra, PasswordRefreshAndApplication) {
  const Client client = anonymous(universe);
  for (const OperationId operation : kVersions) {
    const Form fields = password_form(operation);
    const json signed_in = client.ok(token_ask(operation, fields, demo::kFabrikam));
    EXPECT_EQ(signed_in.at("expires_in").is_string(), !second(operation));
    client.ok(token_ask(operation, fields, "fabrikam.onmicrosoft.com"));
    client.ok(token_ask(operation, fields, "common"));
    Form refresh = fields;
    refresh["grant_type"] = "refresh_token";
    refresh["refresh_token"] = signed_in.at("refresh_token").get<std::string>();
    const json renewed = client.ok(token_ask(operation, refresh, demo::kFabrikam));
    EXPECT_TRUE(renewed.contains("refresh_token"));
    Form application = fields;
    application["grant_type"] = "client_credentials";
    const json alone = client.ok(token_ask(operation, application, demo::kFabrikam));
    EXPECT_FALSE(alone.contains("refresh_token"));
  }
}

TEST_F(Entra, ARequestIdInTheQueryIsPassedOver) {
  Ask ask = token_ask(TokenV2, password_form(TokenV2), demo::kFabrikam);
  ask.query = "client-request-id=" + new_guid();
  anonymous(universe).ok(ask);
}

TEST_F(Entra, TheSecretMayStandInTheHeader) {
  Form fields = password_form(TokenV1);
  fields["grant_type"] = "client_credentials";
  fields.erase("client_id");
  fields.erase("client_secret");
  Ask ask = token_ask(TokenV1, fields, demo::kFabrikam);
  // b0000001-0000-4000-8000-000000000001:fabrikam-secret
  ask.headers = {
      {"Authorization",
       "Basic YjAwMDAwMDEtMDAwMC00MDAwLTgwMDAtMDAwMDAwMDAwMDAxOmZhYnJpa2FtLXNlY3JldA=="}};
  anonymous(universe).ok(ask);
}

/// A change of the form that is refused.
struct Flaw {
  std::function<void(Form&)> change;
  ErrorCode error;
  const char* tenant = demo::kFabrikam;
};

std::vector<Flaw> flaws() {
  const auto set = [](const char* name, const char* value) {
    return [=](Form& fields) { fields[name] = value; };
  };
  const auto drop = [](const char* name) { return [=](Form& fields) { fields.erase(name); }; };
  return {
      {[](Form&) {}, ErrorCode::AadTenantNotFound, "nowhere.example"},
      {[](Form&) {}, ErrorCode::AadInvalidTenantIdentifier, "no-where"},
      {drop("grant_type"), ErrorCode::AadMissingParameter},
      {drop("client_id"), ErrorCode::AadMissingParameter},
      {drop("username"), ErrorCode::AadMissingParameter},
      {drop("resource"), ErrorCode::AadMissingParameter},
      {set("grant_type", "guess"), ErrorCode::AadUnsupportedGrantType},
      {set("client_id", demo::kNobody), ErrorCode::AadAppNotFound},
      {drop("client_secret"), ErrorCode::AadClientSecretMissing},
      {[](Form& fields) {
         fields.erase("client_secret");
         fields["client_assertion"] = "e30.e30.e30";
       },
       ErrorCode::AadInvalidClientAssertion},
      {set("client_secret", "wrong"), ErrorCode::AadInvalidClientSecret},
      {set("resource", "https://nothing.example"), ErrorCode::AadInvalidResource},
      {set("username", "nobody@nowhere.example"), ErrorCode::AadUserNotFound},
      {set("password", "wrong"), ErrorCode::AadInvalidCredentials},
      {set("grant_type", "client_credentials"), ErrorCode::AadTenantAmbiguous, "common"},
  };
}

/// Version 1 forms, said in the words of version 2.
Form translated(Form fields, OperationId operation) {
  const auto resource = fields.find("resource");
  if (second(operation) && resource != fields.end()) {
    fields["scope"] = resource->second + "/.default";
    fields.erase("resource");
  }
  return fields;
}

TEST_F(Entra, FlawedRequests) {
  const Client client = anonymous(universe);
  for (const OperationId operation : kVersions) {
    for (const Flaw& flaw : flaws()) {
      Form fields = password_form(TokenV1);
      flaw.change(fields);
      client.refused(token_ask(operation, translated(fields, operation), flaw.tenant), flaw.error);
    }
  }
}

TEST_F(Entra, ScopesOfVersionTwo) {
  Form fields = password_form(TokenV2);
  const Client client = anonymous(universe);
  fields["scope"] = "https://api.partnercenter.microsoft.com/user_impersonation offline_access";
  client.ok(token_ask(TokenV2, fields, demo::kFabrikam));
  fields["scope"] = "nonsense";
  client.refused(token_ask(TokenV2, fields, demo::kFabrikam), ErrorCode::AadInvalidScope);
}

TEST_F(Entra, RefreshTokensEnd) {
  for (const OperationId operation : kVersions) {
    Form fields = password_form(operation);
    const json signed_in = anonymous(universe).ok(token_ask(operation, fields, demo::kFabrikam));
    fields["grant_type"] = "refresh_token";
    fields["refresh_token"] = "nonsense";
    anonymous(universe).refused(token_ask(operation, fields, demo::kFabrikam),
                                ErrorCode::AadMalformedGrant);
    const json elsewhere = anonymous(universe).ok(
        token_ask(operation, password_form(operation, Who::Alice), demo::kContoso));
    fields["refresh_token"] = elsewhere.at("refresh_token").get<std::string>();
    anonymous(universe).refused(token_ask(operation, fields, demo::kFabrikam),
                                ErrorCode::AadGrantExpired);
    fields["refresh_token"] = signed_in.at("refresh_token").get<std::string>();
    universe.advance(91 * 86'400);
    anonymous(universe).refused(token_ask(operation, fields, demo::kFabrikam),
                                ErrorCode::AadRefreshTokenExpired);
  }
}

TEST_F(Entra, ATenantOfTwoUniversesIsAmbiguous) {
  for (const OperationId operation : kVersions) {
    for (const char* tenant : {demo::kFabrikam, "common"}) {
      Client{std::string{}, std::string{}}.refused(
          token_ask(operation, password_form(operation), tenant), ErrorCode::UniverseNotChosen);
    }
  }
  for (const OperationId operation : {AuthorizeV1, AuthorizeV2, SignInV1, SignInV2, DeviceCodeV1,
                                      DeviceCodeV2, DevicePage, DeviceSignIn}) {
    Client{std::string{}, std::string{}}.refused(
        {.operation = operation, .path = {{"tenant", "common"}}}, ErrorCode::UniverseNotChosen);
  }
}

TEST(EntraSwitches, AnApplicationWithoutServicePrincipalMayBeRefused) {
  Universe universe{{{"partner-app-at-customer", "refused"}}};
  for (const OperationId operation : kVersions) {
    Form fields = password_form(operation);
    fields["grant_type"] = "client_credentials";
    anonymous(universe).refused(token_ask(operation, fields, demo::kContoso),
                                ErrorCode::AadServicePrincipalMissing);
  }
}

TEST_F(Entra, TheLegacyExchange) {
  const Client legacy{universe, universe.token(Who::App, kGraphResource)};
  const json answer = legacy.ok({.operation = GenerateToken, .body = "grant_type=jwt_token"});
  Client{universe, answer.at("access_token").get<std::string>()}.ok({.operation = ListCustomers});
  legacy.refused({.operation = GenerateToken, .body = "grant_type=password"},
                 ErrorCode::InvalidRequestInput);
}

TEST_F(Entra, DelegatedAdministration) {
  EXPECT_NE(universe.delegated_token(demo::kContoso, kArmResource), "");
}

TEST_F(Entra, Metadata) {
  const Client client = anonymous(universe);
  for (const OperationId operation :
       {OpenIdConfigurationV1, OpenIdConfigurationV2, SigningKeysV1, SigningKeysV2}) {
    for (const char* tenant : {demo::kFabrikam, "fabrikam.onmicrosoft.com", "common"}) {
      client.ok({.operation = operation, .path = {{"tenant", tenant}}});
    }
    client.refused({.operation = operation, .path = {{"tenant", "nowhere.example"}}},
                   ErrorCode::AadTenantNotFoundDiscovery);
  }
}

TEST_F(Entra, InstancesAndRealms) {
  const Client client = anonymous(universe);
  for (const char* host : {"login.microsoftonline.com", "login.windows.net"}) {
    const std::string endpoint = std::string{"https://"} + host + "/common/oauth2/v2.0/authorize";
    const json found =
        client.ok({.operation = InstanceDiscovery,
                   .query = "api-version=1.1&authorization_endpoint=" + encode(endpoint)});
    EXPECT_FALSE(found.at("metadata").empty());
  }
  client.refused({.operation = InstanceDiscovery,
                  .query = "authorization_endpoint=" + encode("https://evil.example/common")},
                 ErrorCode::AadInvalidInstance);
  EXPECT_EQ(client.ok({.operation = UserRealm, .path = {{"upn", "admin@fabrikam.onmicrosoft.com"}}})
                .at("account_type"),
            "Managed");
  EXPECT_EQ(client.ok({.operation = UserRealm, .path = {{"upn", "a@nowhere.example"}}})
                .at("account_type"),
            "Unknown");
}

}  // namespace
}  // namespace pcsim::contract
