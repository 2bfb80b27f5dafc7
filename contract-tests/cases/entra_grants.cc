// Grants of the token endpoint beyond the password: codes, devices, certificates, on behalf of.
#include <gmock/gmock.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "cases/sign_in.h"
#include "pcsim/embedded.h"

namespace pcsim::contract {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using enum OperationId;

constexpr const char* kCli = kAzureCli;
constexpr const char* kOnBehalfOf = "urn:ietf:params:oauth:grant-type:jwt-bearer";
/// RFC 7636, appendix B.
constexpr const char* kVerifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
constexpr const char* kChallenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// The operations of one version.
struct Version {
  OperationId token, sign_in, device;
};
constexpr Version kVersions[] = {{TokenV1, SignInV1, DeviceCodeV1},
                                 {TokenV2, SignInV2, DeviceCodeV2}};

class EntraGrants : public Contract {};

std::string base64url(const std::string& bytes) {
  std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');
  text.resize(static_cast<std::size_t>(EVP_EncodeBlock(
      reinterpret_cast<unsigned char*>(text.data()),
      reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()))));
  text.erase(text.find_last_not_of('=') + 1);
  for (char& c : text) {
    c = c == '+' ? '-' : c == '/' ? '_' : c;
  }
  return text;
}

/// Signs by the key of the demo world's applications.
std::string signed_by_demo(const std::string& text, bool pss) {
  const std::string pem{embedded_file("fixtures/worlds/demo_application.pem").value_or("")};
  const std::unique_ptr<BIO, decltype(&BIO_free)> source{
      BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), BIO_free};
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key{
      PEM_read_bio_PrivateKey(source.get(), nullptr, nullptr, nullptr), EVP_PKEY_free};
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(),
                                                                        EVP_MD_CTX_free};
  EVP_PKEY_CTX* padding = nullptr;
  EVP_DigestSignInit(context.get(), &padding, EVP_sha256(), nullptr, key.get());
  if (pss) {
    EVP_PKEY_CTX_set_rsa_padding(padding, RSA_PKCS1_PSS_PADDING);
    EVP_PKEY_CTX_set_rsa_pss_saltlen(padding, RSA_PSS_SALTLEN_DIGEST);
  }
  std::string signature(512, '\0');
  std::size_t size = signature.size();
  const auto* data = reinterpret_cast<const unsigned char*>(text.data());
  EXPECT_EQ(EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                           data, text.size()),
            1);
  signature.resize(size);
  return signature;
}

std::string assertion(const json& claims, const char* algorithm = "RS256") {
  const std::string text =
      base64url(json{{"alg", algorithm}, {"typ", "JWT"}}.dump()) + "." + base64url(claims.dump());
  return text + "." + base64url(signed_by_demo(text, std::string{algorithm} == "PS256"));
}

/// The universe's time in seconds, as its tokens tell.
std::int64_t now_of(const Client& client) {
  const json answer = client.ok(token_ask(TokenV1, password_form(TokenV1)));
  return claims_of(answer.at("access_token")).at("iat").get<std::int64_t>();
}

Form certificate_form(OperationId operation, const std::string& proof) {
  Form out{{"grant_type", "client_credentials"},
           {"client_id", credentials_of(Who::App).client},
           {"client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"},
           {"client_assertion", proof}};
  ask_for(operation, kPartnerCenterResource, out);
  return out;
}

json assertion_claims(const Client& client) {
  const std::int64_t now = now_of(client);
  const std::string id = credentials_of(Who::App).client;
  return {{"aud", std::string{"https://login.microsoftonline.com/"} + demo::kFabrikam +
                      "/oauth2/v2.0/token"},
          {"iss", id},
          {"sub", id},
          {"jti", new_guid()},
          {"nbf", now},
          {"exp", now + 600}};
}

TEST_F(EntraGrants, ACertificateProvesTheApplication) {
  const Client client = anonymous(universe);
  for (const Version& version : kVersions) {
    for (const char* algorithm : {"RS256", "PS256"}) {
      const json answer = client.ok(token_ask(
          version.token,
          certificate_form(version.token, assertion(assertion_claims(client), algorithm))));
      EXPECT_EQ(claims_of(answer.at("access_token")).at("appidacr"), "2");
    }
  }
}

TEST_F(EntraGrants, AssertionsThatProveNothing) {
  const Client client = anonymous(universe);
  const json good = assertion_claims(client);
  const auto changed = [&](const char* name, const json& value) {
    json claims = good;
    claims[name] = value;
    return assertion(claims);
  };
  std::string tampered = assertion(good);
  tampered[tampered.size() - 10] = tampered[tampered.size() - 10] == 'A' ? 'B' : 'A';
  const std::pair<std::string, ErrorCode> cases[] = {
      {tampered, ErrorCode::AadInvalidClientAssertion},
      {"nonsense", ErrorCode::AadInvalidClientAssertion},
      {changed("sub", demo::kNobody), ErrorCode::AadAssertionOtherClient},
      {changed("iss", demo::kNobody), ErrorCode::AadAssertionOtherClient},
      {changed("aud", "https://evil.example/common/oauth2/v2.0/token"),
       ErrorCode::AadAssertionAudience},
      {changed("aud", std::string{"https://login.microsoftonline.com/"} + demo::kContoso +
                          "/oauth2/token"),
       ErrorCode::AadAssertionAudience},
      {changed("exp", good.at("nbf").get<std::int64_t>() - 301), ErrorCode::AadAssertionExpired},
      {changed("nbf", good.at("nbf").get<std::int64_t>() + 900), ErrorCode::AadAssertionExpired}};
  for (const Version& version : kVersions) {
    for (const auto& [proof, error] : cases) {
      client.refused(token_ask(version.token, certificate_form(version.token, proof)), error);
    }
  }
}

Form code_form(OperationId operation, const std::string& code) {
  const Credentials with = credentials_of(Who::App);
  Form out{{"grant_type", "authorization_code"},
           {"client_id", with.client},
           {"client_secret", with.secret},
           {"code", code},
           {"redirect_uri", "http://localhost"}};
  ask_for(operation, kPartnerCenterResource, out);
  return out;
}

TEST_F(EntraGrants, ACodeIsWorthTokensOnce) {
  const Client client = anonymous(universe);
  for (const Version& version : kVersions) {
    Form query = authorize_fields(version.sign_in);
    query["nonce"] = "n-1";
    const Form fields =
        code_form(version.token, code_of(client, version.sign_in, query, fabrikam("admin")));
    Form elsewhere = fields;
    elsewhere["redirect_uri"] = "https://localhost:3000/auth";
    client.refused(token_ask(version.token, elsewhere), ErrorCode::AadReplyAddressChanged);
    const json answer = client.ok(token_ask(version.token, fields));
    EXPECT_EQ(claims_of(answer.at("id_token")).at("nonce"), "n-1");
    EXPECT_EQ(claims_of(answer.at("access_token")).at("upn"), fabrikam("admin"));
    client.refused(token_ask(version.token, fields), ErrorCode::AadCodeAlreadyRedeemed);
    Form nobody = fields;
    nobody["code"] = "nonsense";
    client.refused(token_ask(version.token, nobody), ErrorCode::AadMalformedGrant);
  }
}

TEST_F(EntraGrants, CodesEndAfterTenMinutes) {
  const Client client = anonymous(universe);
  for (const Version& version : kVersions) {
    const std::string code =
        code_of(client, version.sign_in, authorize_fields(version.sign_in), fabrikam("admin"));
    universe.advance(601);
    client.refused(token_ask(version.token, code_form(version.token, code)),
                   ErrorCode::AadGrantExpired);
  }
}

TEST_F(EntraGrants, TheVerifierHasToFitTheChallenge) {
  const Client client = anonymous(universe);
  for (const Version& version : kVersions) {
    for (const char* method : {"S256", "plain"}) {
      const bool hashed = std::string{method} == "S256";
      Form query = authorize_fields(version.sign_in);
      query["code_challenge"] = hashed ? kChallenge : kVerifier;
      query["code_challenge_method"] = method;
      Form fields =
          code_form(version.token, code_of(client, version.sign_in, query, fabrikam("admin")));
      client.refused(token_ask(version.token, fields), ErrorCode::AadCodeVerifierMissing);
      fields["code_verifier"] = std::string{kVerifier} + "x";
      client.refused(token_ask(version.token, fields), ErrorCode::AadCodeVerifierMismatch);
      fields["code_verifier"] = kVerifier;
      client.ok(token_ask(version.token, fields));
    }
  }
}

/// A device code that waits for its user.
json device_code(const Client& client, OperationId operation, const char* tenant = "common") {
  Form fields{{"client_id", kCli}};
  ask_for(operation, kPartnerCenterResource, fields);
  return client.ok({.operation = operation, .path = {{"tenant", tenant}}, .body = form(fields)});
}

Ask device_poll(OperationId operation, const json& code, const char* tenant = "common") {
  return token_ask(
      operation,
      {{"grant_type",
        second(operation) ? "urn:ietf:params:oauth:grant-type:device_code" : "device_code"},
       {"client_id", kCli},
       {second(operation) ? "device_code" : "code", code.at("device_code").get<std::string>()},
       {"resource", kPartnerCenterResource}},
      tenant);
}

Ask device_sign_in(const std::string& code, const std::string& user,
                   const std::string& action = "approve") {
  return {.operation = DeviceSignIn,
          .path = {{"tenant", "common"}},
          .body = form({{"user_code", code},
                        {"username", user},
                        {"password", "Passw0rd!"},
                        {"action", action}})};
}

TEST_F(EntraGrants, ADeviceWaitsForItsUser) {
  const Client client = anonymous(universe);
  for (const Version& version : kVersions) {
    const json code = device_code(client, version.device);
    client.refused(device_poll(version.token, code), ErrorCode::AadAuthorizationPending);
    const std::string typed = code.at("user_code");
    EXPECT_THAT(code.at("message").get<std::string>(), HasSubstr(typed));
    EXPECT_THAT(
        client
            .ok({.operation = DevicePage, .path = {{"tenant", "common"}}, .query = "otc=" + typed})
            .get<std::string>(),
        HasSubstr(typed));
    client.ok(device_sign_in(typed, fabrikam("admin")));
    const json answer = client.ok(device_poll(version.token, code));
    EXPECT_EQ(answer.at("foci"), "1");
    EXPECT_EQ(claims_of(answer.at("access_token")).at("tid"), demo::kFabrikam);
    client.refused(device_poll(version.token, code), ErrorCode::AadDeviceCodeUnknown);
    client.refused(device_sign_in(typed, fabrikam("admin")), ErrorCode::AadDeviceCodeUnknown);
  }
}

TEST_F(EntraGrants, ADeviceMayBeRefusedOrComeTooLate) {
  const Client client = anonymous(universe);
  for (const Version& version : kVersions) {
    const json declined = device_code(client, version.device, demo::kFabrikam);
    client.ok(device_sign_in(declined.at("user_code"), fabrikam("admin"), "decline"));
    client.refused(device_poll(version.token, declined, demo::kFabrikam),
                   ErrorCode::AadDeviceCodeDeclined);
    const json late = device_code(client, version.device);
    universe.advance(901);
    client.refused(device_sign_in(late.at("user_code"), fabrikam("admin")),
                   ErrorCode::AadDeviceCodeExpired);
    client.refused(device_poll(version.token, late), ErrorCode::AadDeviceCodeTokenExpired);
  }
}

TEST(EntraGrantSwitches, ADeviceMayBeToldToSlowDown) {
  Universe universe{{{"device-polling", "slow_down"}}};
  const Client client = anonymous(universe);
  for (const Version& version : kVersions) {
    const json code = device_code(client, version.device);
    client.refused(device_poll(version.token, code), ErrorCode::AadAuthorizationPending);
    client.refused(device_poll(version.token, code), ErrorCode::AadDevicePollsTooFast);
    universe.advance(6);
    client.refused(device_poll(version.token, code), ErrorCode::AadAuthorizationPending);
  }
}

TEST_F(EntraGrants, DevicesThatMayNotAsk) {
  const Client client = anonymous(universe);
  for (const Version& version : kVersions) {
    const auto ask = [&](const char* client_id, const char* resource, const char* tenant) {
      Form fields;
      if (client_id != nullptr) {
        fields["client_id"] = client_id;
      }
      ask_for(version.device, resource, fields);
      return Ask{.operation = version.device, .path = {{"tenant", tenant}}, .body = form(fields)};
    };
    const char* resource = kPartnerCenterResource;
    client.refused(ask(kCli, resource, "nowhere.example"), ErrorCode::AadTenantNotFound);
    client.refused(ask(kCli, resource, "no-where"), ErrorCode::AadInvalidTenantIdentifier);
    client.refused(ask(nullptr, resource, "common"), ErrorCode::AadMissingParameter);
    client.refused(ask(demo::kNobody, resource, "common"), ErrorCode::AadAppNotFound);
    client.refused(ask(demo::kNobody, resource, demo::kFabrikam), ErrorCode::AadAppNotFound);
    client.refused(ask(kCli, "https://nothing.example", "common"), ErrorCode::AadInvalidResource);
    if (second(version.device)) {
      client.refused(ask(kCli, "nonsense", "common"), ErrorCode::AadInvalidScope);
    }
  }
}

TEST_F(EntraGrants, UsersWhoMayNotSignADeviceIn) {
  const Client client = anonymous(universe);
  const std::string code = device_code(client, DeviceCodeV2).at("user_code");
  Ask without_code = device_sign_in("", fabrikam("admin"));
  client.refused(without_code, ErrorCode::AadMissingParameter);
  client.refused(device_sign_in("AAAAAAAAA", fabrikam("admin")), ErrorCode::AadDeviceCodeUnknown);
  client.refused(device_sign_in(code, "nobody@nowhere.example"), ErrorCode::AadUserNotFound);
  Ask wrong = device_sign_in(code, fabrikam("admin"));
  wrong.body = form({{"user_code", code}, {"username", fabrikam("admin")}, {"password", "x"}});
  client.refused(wrong, ErrorCode::AadInvalidCredentials);
  client.refused(device_sign_in(code, fabrikam("expired")), ErrorCode::AadPasswordExpired);
  client.refused(device_sign_in(code, fabrikam("stepup")), ErrorCode::AadMfaRequired);
  client.refused(device_sign_in(code, fabrikam("enrol")), ErrorCode::AadMfaEnrollmentRequired);
  client.refused(device_sign_in(code, fabrikam("challenged")),
                 ErrorCode::AadExternalChallengeRequired);
  client.refused(device_sign_in(code, fabrikam("blocked")), ErrorCode::AadConditionalAccessBlocked);
  for (const OperationId operation : {DevicePage, DeviceSignIn}) {
    client.refused({.operation = operation, .path = {{"tenant", "nowhere.example"}}},
                   ErrorCode::AadTenantNotFound);
    client.refused({.operation = operation, .path = {{"tenant", "no-where"}}},
                   ErrorCode::AadInvalidTenantIdentifier);
  }
}

TEST_F(EntraGrants, AnApplicationActsOnItsUsersBehalf) {
  const Client client = anonymous(universe);
  const Credentials with = credentials_of(Who::App);
  const std::string own = "api://" + with.client;
  for (const Version& version : kVersions) {
    Form to_itself = password_form(version.token);
    ask_for(version.token, own, to_itself);
    const json incoming = client.ok(token_ask(version.token, to_itself));
    Form fields{{"grant_type", kOnBehalfOf},
                {"client_id", with.client},
                {"client_secret", with.secret},
                {"requested_token_use", "on_behalf_of"},
                {"assertion", incoming.at("access_token").get<std::string>()}};
    ask_for(version.token, kPartnerCenterResource, fields);
    const json answer = client.ok(token_ask(version.token, fields));
    const json claims = claims_of(answer.at("access_token"));
    EXPECT_EQ(claims.at("upn"), with.user.empty() ? fabrikam("admin") : with.user);
    EXPECT_EQ(claims.at("amr"), json::array({"pwd", "mfa"}));
    fields["assertion"] = "nonsense";
    client.refused(token_ask(version.token, fields), ErrorCode::AadInvalidJwt);
    std::string tampered = incoming.at("access_token");
    tampered[tampered.size() - 10] = tampered[tampered.size() - 10] == 'A' ? 'B' : 'A';
    fields["assertion"] = tampered;
    client.refused(token_ask(version.token, fields), ErrorCode::AadUserAssertionSignature);
    fields["assertion"] = answer.at("access_token").get<std::string>();
    client.refused(token_ask(version.token, fields), ErrorCode::AadUserAssertionAudience);
    fields["assertion"] = incoming.at("access_token").get<std::string>();
    universe.advance(3700);
    client.refused(token_ask(version.token, fields), ErrorCode::AadUserAssertionExpired);
  }
}

TEST_F(EntraGrants, WhatKeepsAUserFromATokenWithoutAPage) {
  const Client client = anonymous(universe);
  const std::pair<const char*, ErrorCode> users[] = {
      {"expired", ErrorCode::AadPasswordExpired},
      {"stepup", ErrorCode::AadMfaRequired},
      {"enrol", ErrorCode::AadMfaEnrollmentRequired},
      {"challenged", ErrorCode::AadExternalChallengeRequired},
      {"blocked", ErrorCode::AadConditionalAccessBlocked}};
  for (const Version& version : kVersions) {
    for (const auto& [name, error] : users) {
      Form fields = password_form(version.token);
      fields["username"] = fabrikam(name);
      const json body = client.refused(token_ask(version.token, fields), error);
      EXPECT_EQ(body.contains("claims"), error != ErrorCode::AadPasswordExpired) << name;
    }
    Form portal = password_form(version.token);
    portal["client_id"] = kPortal;
    portal["client_secret"] = "portal";
    client.refused(token_ask(version.token, portal), ErrorCode::AadConsentRequired);
    Form forgotten = password_form(version.token);
    forgotten["grant_type"] = "client_credentials";
    forgotten["client_id"] = kForgotten;
    forgotten["client_secret"] = "forgotten";
    client.refused(token_ask(version.token, forgotten), ErrorCode::AadClientSecretExpired);
  }
}

TEST_F(EntraGrants, SessionsEndWithANewPassword) {
  const Client client = anonymous(universe);
  const std::string bob = "e0000001-0000-4000-8000-000000000002";
  for (const Version& version : kVersions) {
    Form fields = password_form(version.token, Who::Alice);
    ask_for(version.token, kArmResource, fields);
    fields["username"] = "bob@contoso.onmicrosoft.com";
    const json answer = client.ok(token_ask(version.token, fields, demo::kContoso));
    Form refresh = fields;
    refresh["grant_type"] = "refresh_token";
    refresh["refresh_token"] = answer.at("refresh_token").get<std::string>();
    client.ok(token_ask(version.token, refresh, demo::kContoso));
    universe.advance(1);
    partner(universe).ok(
        {.operation = UpdateCustomerUser,
         .path = {{"customerId", demo::kContoso}, {"userId", bob}},
         .body =
             json{{"passwordProfile", {{"password", "Passw0rd!"}, {"forceChangePassword", false}}},
                  {"attributes", {{"objectType", "CustomerUser"}}}}
                 .dump()});
    client.refused(token_ask(version.token, refresh, demo::kContoso), ErrorCode::AadGrantRevoked);
    client.ok(token_ask(version.token, fields, demo::kContoso));
  }
}

TEST_F(EntraGrants, GuestsAreNoAgents) {
  const Client client = anonymous(universe);
  const Form user = [] {
    Form fields = password_form(TokenV2);
    fields["username"] = fabrikam("guest");
    return fields;
  }();
  Form refresh = user;
  refresh["grant_type"] = "refresh_token";
  refresh["refresh_token"] =
      client.ok(token_ask(TokenV2, user)).at("refresh_token").get<std::string>();
  ask_for(TokenV2, "https://management.azure.com", refresh);
  const json at_home = claims_of(client.ok(token_ask(TokenV2, refresh)).at("access_token"));
  EXPECT_EQ(at_home.at("groups"), json::array({"a0000001-0000-4000-8000-000000000009"}));
  const json invited =
      claims_of(client.ok(token_ask(TokenV2, refresh, demo::kContoso)).at("access_token"));
  EXPECT_EQ(invited.at("oid"), "e0000001-0000-4000-8000-0000000000f1");
  EXPECT_FALSE(invited.contains("groups"));
  EXPECT_EQ(invited.at("acct"), 1);
  const json delegated =
      claims_of(client.ok(token_ask(TokenV2, refresh, demo::kLegacy)).at("access_token"));
  EXPECT_EQ(delegated.at("groups"), at_home.at("groups"));
  EXPECT_EQ(delegated.at("idp"), std::string{"https://sts.windows.net/"} + demo::kFabrikam + "/");
}

TEST_F(EntraGrants, PartnerCenterTellsOfTheSecondFactor) {
  Ask ask{.operation = ListCustomers, .headers = {{"ValidateMfa", "true"}}};
  EXPECT_EQ(partner(universe).send(ask).header("isMfaCompliant"), "true");
  EXPECT_EQ(partner(universe, Who::WithoutMfa).send(ask).header("isMfaCompliant"), "false");
  EXPECT_EQ(partner(universe).send({.operation = ListCustomers}).header("isMfaCompliant"), "");
}

}  // namespace
}  // namespace pcsim::contract
