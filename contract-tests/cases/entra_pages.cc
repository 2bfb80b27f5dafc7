// The pages people sign in on, and the way back to the application.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "cases/sign_in.h"

namespace pcsim::contract {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using enum OperationId;

class EntraPages : public Contract {};

constexpr OperationId kPages[] = {AuthorizeV1, AuthorizeV2};
constexpr OperationId kSignIns[] = {SignInV1, SignInV2};

/// A browser's header fields.
Fields browser(const std::string& language = "en-US,en;q=0.9") {
  return {{"Accept", "text/html,application/xhtml+xml"}, {"Accept-Language", language}};
}

Form credentials(const std::string& name, const std::string& password = "Passw0rd!") {
  return {{"username", fabrikam(name)}, {"password", password}};
}

TEST_F(EntraPages, ThePageIsInTheReadersLanguageAndSafe) {
  const Client client = anonymous(universe);
  for (const OperationId operation : kPages) {
    Form query = authorize_fields(operation);
    query["login_hint"] = "\"><script>alert(1)</script>";
    query["prompt"] = "login";
    Ask ask = authorize_ask(operation, query);
    ask.headers = browser();
    Answer answer;
    const std::string english = client.ok(ask, &answer).get<std::string>();
    EXPECT_THAT(english, HasSubstr("<html lang=\"en\">"));
    EXPECT_THAT(english, HasSubstr("<label for=\"password\">Password"));
    EXPECT_THAT(english, Not(HasSubstr("<script")));
    EXPECT_THAT(english, HasSubstr("&quot;&gt;&lt;script&gt;"));
    EXPECT_THAT(answer.header("Content-Security-Policy"), StartsWith("default-src 'none'"));
    EXPECT_EQ(answer.header("X-Frame-Options"), "DENY");
    ask.headers = browser("fr-FR, en;q=0.8");
    EXPECT_THAT(client.ok(ask).get<std::string>(), HasSubstr("Mot de passe"));
  }
}

TEST_F(EntraPages, TheAnswerGoesBackTheWayItWasAsked) {
  const Client client = anonymous(universe);
  for (const OperationId operation : kSignIns) {
    for (const char* mode : {"query", "fragment"}) {
      Form query = authorize_fields(operation);
      query["response_mode"] = mode;
      query["client_info"] = "1";
      Answer answer;
      client.ok(authorize_ask(operation, query, credentials("admin")), &answer);
      std::string address;
      const Form told = sent_back(answer, &address);
      EXPECT_EQ(address, "http://localhost");
      EXPECT_EQ(answer.header("Location").find('#') != std::string::npos,
                std::string{mode} == "fragment");
      EXPECT_EQ(told.at("state"), "a state = more");
      EXPECT_EQ(told.count("code") + told.count("session_state") + told.count("client_info"), 3U);
    }
    Form query = authorize_fields(operation);
    query["response_mode"] = "form_post";
    query["state"] = "\"><script>";
    const Answer posted = client.send(authorize_ask(operation, query, credentials("admin")));
    EXPECT_EQ(posted.status, 200);
    EXPECT_THAT(posted.body, HasSubstr("action=\"http://localhost\""));
    EXPECT_THAT(posted.body, HasSubstr("value=\"&quot;&gt;&lt;script&gt;\""));
  }
}

TEST_F(EntraPages, AnIdTokenCarriesTheNonce) {
  Form query = authorize_fields(SignInV2);
  query["response_type"] = "code id_token";
  query["scope"] = "openid profile";
  query["nonce"] = "n-2";
  Answer answer;
  anonymous(universe).ok(authorize_ask(SignInV2, query, credentials("admin")), &answer);
  const json claims = claims_of(sent_back(answer).at("id_token"));
  EXPECT_EQ(claims.at("nonce"), "n-2");
  EXPECT_EQ(claims.at("aud"), credentials_of(Who::App).client);
}

TEST_F(EntraPages, RequestsWithoutAWayBack) {
  const Client client = anonymous(universe);
  for (const OperationId operation : {AuthorizeV1, AuthorizeV2, SignInV1, SignInV2}) {
    const auto ask = [&](const char* name, const char* value) {
      Form query = authorize_fields(operation);
      query.erase(name);
      if (value != nullptr) {
        query[name] = value;
      }
      return authorize_ask(operation, query);
    };
    client.refused(ask("client_id", nullptr), ErrorCode::AadMissingParameter);
    client.refused(ask("redirect_uri", nullptr), ErrorCode::AadMissingParameter);
    client.refused(ask("client_id", demo::kNobody), ErrorCode::AadAppNotFound);
    client.refused(ask("client_id", kForgotten), ErrorCode::AadReplyAddressMissing);
    for (const char* uri : {"https://evil.example/", "http://localhost.evil.example",
                            "http://localhost:1@evil.example/", "javascript:alert(1)"}) {
      client.refused(ask("redirect_uri", uri), ErrorCode::AadReplyUrlMismatch);
    }
    const Form query = authorize_fields(operation);
    client.refused(authorize_ask(operation, query, {}, "nowhere.example"),
                   ErrorCode::AadTenantNotFound);
    client.refused(authorize_ask(operation, query, {}, "no-where"),
                   ErrorCode::AadInvalidTenantIdentifier);
    Ask page = ask("redirect_uri", "https://evil.example/");
    page.headers = browser();
    const Answer answer = client.send(page);
    EXPECT_EQ(answer.status, 400);
    EXPECT_THAT(answer.body, HasSubstr("AADSTS50011"));
  }
}

TEST_F(EntraPages, RefusalsTheApplicationIsTold) {
  const Client client = anonymous(universe);
  for (const OperationId operation : {AuthorizeV1, AuthorizeV2, SignInV1, SignInV2}) {
    const auto with = [&](const char* name, const std::string& value) {
      Form query = authorize_fields(operation);
      query[name] = value;
      return authorize_ask(operation, query);
    };
    sends_back(client, with("response_type", "token"), ErrorCode::AadResponseTypeNotEnabled);
    sends_back(client, with("response_type", ""), ErrorCode::AadMissingParameter);
    sends_back(client, with("response_type", "id_token"), ErrorCode::AadMissingParameter);
    sends_back(client, with("code_challenge", "short"), ErrorCode::AadCodeChallengeSize);
    sends_back(client, with("code_challenge_method", "S512"), ErrorCode::AadCodeChallengeMethod);
    Form query = authorize_fields(operation);
    ask_for(operation, "https://nothing.example", query);
    sends_back(client, authorize_ask(operation, query), ErrorCode::AadInvalidResource);
    if (second(operation)) {
      sends_back(client, with("scope", "nonsense"), ErrorCode::AadInvalidScope);
      sends_back(client, with("scope", ""), ErrorCode::AadMissingParameter);
    }
  }
  for (const OperationId operation : kPages) {
    Form query = authorize_fields(operation);
    query["prompt"] = "none";
    sends_back(client, authorize_ask(operation, query), ErrorCode::AadSignInRequired);
  }
  for (const OperationId operation : kSignIns) {
    sends_back(client,
               authorize_ask(operation, authorize_fields(operation), {{"action", "cancel"}}),
               ErrorCode::AadConsentDeclined);
  }
}

TEST_F(EntraPages, UsersWhoMayNotSignIn) {
  const Client client = anonymous(universe);
  const std::pair<Form, ErrorCode> cases[] = {
      {credentials("nobody"), ErrorCode::AadUserNotFound},
      {credentials("admin", "wrong"), ErrorCode::AadInvalidCredentials},
      {credentials("expired"), ErrorCode::AadPasswordExpired},
      {credentials("stepup"), ErrorCode::AadMfaRequired},
      {credentials("enrol"), ErrorCode::AadMfaEnrollmentRequired},
      {credentials("challenged"), ErrorCode::AadExternalChallengeRequired},
      {credentials("blocked"), ErrorCode::AadConditionalAccessBlocked}};
  for (const OperationId operation : kSignIns) {
    for (const auto& [typed, error] : cases) {
      Ask ask = authorize_ask(operation, authorize_fields(operation), typed);
      client.refused(ask, error);
      ask.headers = browser();
      const Answer page = client.send(ask);
      EXPECT_EQ(page.status, 200);
      EXPECT_THAT(page.body, HasSubstr("<p role=\"alert\">AADSTS"));
      EXPECT_THAT(page.body, Not(HasSubstr("Passw0rd!")));
    }
  }
}

/// The cookie an answer sets, as the next request sends it.
std::string cookie_of(const Answer& answer) {
  const std::string set = answer.header("Set-Cookie");
  return set.substr(0, set.find(';'));
}

TEST_F(EntraPages, ASecondFactorIsConfirmedOrRegistered) {
  const Client client = anonymous(universe);
  for (const char* name : {"stepup", "enrol"}) {
    Ask ask = authorize_ask(SignInV2, authorize_fields(SignInV2), credentials(name));
    ask.headers = browser();
    const Answer page = client.send(ask);
    EXPECT_THAT(page.body, HasSubstr("type=\"checkbox\""));
    const bool registers = page.body.find("value=\"register\"") != std::string::npos;
    ask.body = form({{"mfa", registers ? "register" : "confirm"}});
    ask.headers.emplace_back("Cookie", cookie_of(page));
    Answer answer;
    client.ok(ask, &answer);
    Form fields = password_form(TokenV2);
    fields["grant_type"] = "authorization_code";
    fields["code"] = sent_back(answer)["code"];
    fields["redirect_uri"] = "http://localhost";
    const json claims = claims_of(client.ok(token_ask(TokenV2, fields)).at("access_token"));
    EXPECT_EQ(claims.at("amr"), json::array({"pwd", "mfa"}));
  }
}

TEST_F(EntraPages, ASessionSignsInAgainUntilItEnds) {
  const Client client = anonymous(universe);
  for (const OperationId operation : kPages) {
    const OperationId sign_in = operation == AuthorizeV1 ? SignInV1 : SignInV2;
    Answer answer;
    client.ok(authorize_ask(sign_in, authorize_fields(sign_in), credentials("admin")), &answer);
    Form query = authorize_fields(operation);
    query["prompt"] = "none";
    Ask ask = authorize_ask(operation, query);
    ask.headers = {{"Cookie", "other=1; " + cookie_of(answer)}};
    const Answer silent = client.send(ask);
    EXPECT_EQ(silent.status, 302);
    EXPECT_NE(sent_back(silent)["code"], "");
    query["prompt"] = "login";
    Ask shown = authorize_ask(operation, query);
    shown.headers = ask.headers;
    client.ok(shown);
    // The session is there, the consent is not.
    query["prompt"] = "none";
    query["client_id"] = kPortal;
    query["redirect_uri"] = kPortalRedirect;
    Ask portal = authorize_ask(operation, query);
    portal.headers = ask.headers;
    sends_back(client, portal, ErrorCode::AadConsentRequired);
    universe.advance(86'401);
    sends_back(client, ask, ErrorCode::AadSignInRequired);
  }
}

TEST_F(EntraPages, ConsentIsAskedForOnce) {
  const Client client = anonymous(universe);
  Form query = authorize_fields(SignInV2);
  query["client_id"] = kPortal;
  query["redirect_uri"] = kPortalRedirect;
  const Answer asked = client.send(authorize_ask(SignInV2, query, credentials("admin")));
  EXPECT_EQ(asked.status, 200);
  EXPECT_THAT(asked.body, HasSubstr("Fabrikam portal wants"));
  EXPECT_THAT(asked.body, Not(HasSubstr("name=\"everybody\"")));
  Ask answer = authorize_ask(SignInV2, query, {{"consent", "decline"}});
  answer.headers = {{"Cookie", cookie_of(asked)}};
  sends_back(client, answer, ErrorCode::AadConsentDeclined);
  answer.body = form({{"consent", "accept"}});
  client.ok(answer);
  EXPECT_NE(code_of(client, SignInV2, query, fabrikam("admin")), "");
  // An administrator consents for everybody.
  EXPECT_EQ(client.send(authorize_ask(SignInV2, query, credentials("sales"))).status, 200);
  Form everybody = credentials("globaladmin");
  everybody["consent"] = "accept";
  everybody["everybody"] = "1";
  client.ok(authorize_ask(SignInV2, query, everybody));
  EXPECT_NE(code_of(client, SignInV2, query, fabrikam("sales")), "");
}

TEST_F(EntraPages, APartnersUserSignsInAtACustomer) {
  const Client client = anonymous(universe);
  Form query{{"client_id", kAzureCli},
             {"response_type", "code"},
             {"redirect_uri", "http://localhost:8400/"},
             {"scope", "https://management.azure.com/.default"}};
  const std::string code = code_of(client, SignInV2, query, fabrikam("admin"), demo::kContoso);
  const json answer = client.ok(token_ask(TokenV2,
                                          {{"grant_type", "authorization_code"},
                                           {"client_id", kAzureCli},
                                           {"code", code},
                                           {"redirect_uri", "http://localhost:8400/"},
                                           {"scope", "https://management.azure.com/.default"}},
                                          demo::kContoso));
  const json claims = claims_of(answer.at("access_token"));
  EXPECT_EQ(claims.at("tid"), demo::kContoso);
  EXPECT_EQ(claims.at("groups"), json::array({"a0000001-0000-4000-8000-000000000009"}));
  EXPECT_EQ(answer.at("foci"), "1");
}

TEST_F(EntraPages, SigningOutGoesToRegisteredAddressesOnly) {
  const Client client = anonymous(universe);
  for (const OperationId operation : {LogoutV1, LogoutV2}) {
    const Path path{{"tenant", "common"}};
    Answer answer;
    client.ok({.operation = operation, .path = path}, &answer);
    EXPECT_THAT(answer.header("Set-Cookie"), StartsWith("ESTSAUTH=; Max-Age=0"));
    const auto next = [&](const std::string& uri) {
      return client.send({.operation = operation,
                          .path = path,
                          .query = form({{"post_logout_redirect_uri", uri}, {"state", "s"}})});
    };
    EXPECT_EQ(next(kPortalRedirect).header("Location"), std::string{kPortalRedirect} + "?state=s");
    EXPECT_EQ(next("https://evil.example/").status, 200);
    client.refused({.operation = operation, .path = {{"tenant", "nowhere.example"}}},
                   ErrorCode::AadTenantNotFound);
    client.refused({.operation = operation, .path = {{"tenant", "no-where"}}},
                   ErrorCode::AadInvalidTenantIdentifier);
  }
}

}  // namespace
}  // namespace pcsim::contract
