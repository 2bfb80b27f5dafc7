#include "cases/sign_in.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "harness/checks.h"
#include "harness/journal.h"
#include "pcsim/text.h"

namespace pcsim::contract {
namespace {

using enum OperationId;

Form pairs_of(std::string_view text) {
  Form out;
  for (const auto pair : split(text, '&')) {
    const std::size_t equals = pair.find('=');
    if (equals != std::string_view::npos) {
      out[percent_decode(pair.substr(0, equals), true)] =
          percent_decode(pair.substr(equals + 1), true);
    }
  }
  return out;
}

std::string from_base64url(std::string_view text) {
  constexpr std::string_view alphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string bytes;
  unsigned bits = 0;
  int count = 0;
  for (const char c : text) {
    bits = (bits << 6U) | static_cast<unsigned>(alphabet.find(c));
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes.push_back(static_cast<char>((bits >> static_cast<unsigned>(count)) & 0xFFU));
    }
  }
  return bytes;
}

}  // namespace

bool second(OperationId operation) {
  return operation == TokenV2 || operation == AuthorizeV2 || operation == SignInV2 ||
         operation == DeviceCodeV2 || operation == LogoutV2;
}

std::string fabrikam(const std::string& name) { return name + "@fabrikam.onmicrosoft.com"; }

void ask_for(OperationId operation, const std::string& resource, Form& fields) {
  fields[second(operation) ? "scope" : "resource"] =
      resource + (second(operation) ? "/.default" : "");
}

Form password_form(OperationId operation, Who who) {
  const Credentials with = credentials_of(who);
  Form out{{"grant_type", "password"},
           {"client_id", with.client},
           {"client_secret", with.secret},
           {"username", with.user},
           {"password", with.password}};
  ask_for(operation, kPartnerCenterResource, out);
  return out;
}

Ask token_ask(OperationId operation, const Form& fields, const std::string& tenant) {
  return {.operation = operation, .path = {{"tenant", tenant}}, .body = form(fields)};
}

nlohmann::json claims_of(const std::string& token) {
  const std::size_t first = token.find('.') + 1;
  return nlohmann::json::parse(from_base64url(token.substr(first, token.rfind('.') - first)),
                               nullptr, false);
}

Form authorize_fields(OperationId operation) {
  Form out{{"client_id", credentials_of(Who::App).client},
           {"response_type", "code"},
           {"redirect_uri", "http://localhost"},
           {"state", "a state = more"}};
  ask_for(operation, kPartnerCenterResource, out);
  return out;
}

Ask authorize_ask(OperationId operation, const Form& query, const Form& body,
                  const std::string& tenant) {
  return {.operation = operation,
          .path = {{"tenant", tenant}},
          .query = form(query),
          .body = form(body)};
}

Form sent_back(const Answer& answer, std::string* address) {
  const std::string location = answer.header("Location");
  const std::size_t mark = location.find_first_of("?#");
  if (address != nullptr) {
    *address = location.substr(0, mark);
  }
  return mark == std::string::npos ? Form{} : pairs_of(location.substr(mark + 1));
}

void sends_back(const Client& client, const Ask& ask, ErrorCode error) {
  const ErrorRow& row = error_row(error);
  const Answer answer = client.send(ask);
  EXPECT_EQ(answer.status, 302) << "expected " << row.name << ": " << answer.body;
  Form told = sent_back(answer);
  const std::string number{row.code.substr(0, row.code.find('|'))};
  const std::string prefix = "AADSTS" + number + ": ";
  EXPECT_TRUE(told["error_description"].starts_with(prefix) &&
              fits_template(told["error_description"].substr(prefix.size()), row.text_en))
      << told["error_description"];
  EXPECT_NE(told["error"], "");
  EXPECT_NE(told["error"], "invalid_grant") << "a word of the token endpoint";
  EXPECT_EQ(told["state"], "a state = more");
  if (answer.status == 302) {
    Journal::instance().refused(ask.operation, error, true);
  }
}

std::string code_of(const Client& client, OperationId sign_in, const Form& query,
                    const std::string& user, const std::string& tenant) {
  Answer answer;
  client.ok(authorize_ask(sign_in, query, {{"username", user}, {"password", "Passw0rd!"}}, tenant),
            &answer);
  return sent_back(answer)["code"];
}

}  // namespace pcsim::contract
