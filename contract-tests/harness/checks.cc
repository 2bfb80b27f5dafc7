#include "harness/checks.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "contract/schema_library.h"
#include "harness/journal.h"
#include "harness/schemas.h"
#include "pcsim/text.h"

namespace pcsim::contract {
namespace {

constexpr std::string_view kBom = "\xEF\xBB\xBF";

bool has_bom(const Answer& answer) { return answer.body.starts_with(kBom); }

/// A page of HTML is judged as one text.
bool is_page(const Answer& answer) {
  return answer.header("Content-Type") == "text/html; charset=utf-8";
}

void check_partner_center(const Sent& sent, const Answer& answer) {
  EXPECT_EQ(answer.header("MS-RequestId").empty(), false);
  EXPECT_EQ(answer.header("MS-CorrelationId").empty(), false);
  if (!sent.request_id.empty()) {
    EXPECT_EQ(answer.header("MS-RequestId"), sent.request_id);
  }
  if (!sent.correlation_id.empty()) {
    EXPECT_EQ(answer.header("MS-CorrelationId"), sent.correlation_id);
  }
  EXPECT_TRUE(answer.header("MS-CV").ends_with(".0"));
  EXPECT_NE(answer.header("MS-ServerId"), "");
  EXPECT_TRUE(answer.header("Request-Context").starts_with("appId=cid-v1:"));
  EXPECT_EQ(has_bom(answer), answer.status < 300 && !answer.body.empty())
      << "a byte order mark belongs on successful bodies and nowhere else";
  EXPECT_EQ(answer.header("WWW-Authenticate").starts_with("OAuth realm="), answer.status == 401);
  EXPECT_EQ(answer.header("Retry-After").empty(), answer.status != 429);
}

void check_arm(const Answer& answer) {
  EXPECT_NE(answer.header("x-ms-request-id"), "");
  EXPECT_NE(answer.header("x-ms-correlation-request-id"), "");
  EXPECT_NE(answer.header("x-ms-routing-request-id"), "");
  EXPECT_FALSE(has_bom(answer));
}

void check_entra(const Answer& answer) {
  EXPECT_NE(answer.header("Cache-Control"), "");
  EXPECT_FALSE(has_bom(answer));
}

void check_schema(const std::string& name, const nlohmann::json& body) {
  std::string problem;
  const Schema* schema = find_schema(name, &problem);
  if (schema == nullptr) {
    ADD_FAILURE() << problem;
    return;
  }
  problem = violations(*schema, body);
  EXPECT_EQ(problem, "") << "against " << name << ": " << body.dump(2).substr(0, 3000);
  Journal::instance().keep(name, body);
}

std::string text_at(const nlohmann::json& object, const char* name) {
  return object.is_object() && object.contains(name) && object.at(name).is_string()
             ? object.at(name).get<std::string>()
             : std::string{};
}

/// A place of the request may follow the text, as it does in `data`.
bool fits_with_place(const std::string& text, std::string_view pattern,
                     const nlohmann::json& body) {
  const auto data = body.value("data", nlohmann::json::array());
  return fits_template(text, pattern) ||
         (!data.empty() && data.front().is_string() &&
          fits_template(text, std::string{pattern} + ": " + data.front().get<std::string>()));
}

void check_partner_center_error(const ErrorRow& row, const nlohmann::json& body,
                                std::string_view text) {
  if (row.status == 429) {
    // The gateway in front of the service has an envelope of its own.
    EXPECT_EQ(body.value("statusCode", 0), row.status);
    EXPECT_TRUE(fits_template(text_at(body, "message"), text)) << text_at(body, "message");
    return;
  }
  const int code = row.code.empty() ? row.status : std::stoi(std::string{row.code});
  EXPECT_EQ(body.value("code", nlohmann::json{}), nlohmann::json(code));
  EXPECT_TRUE(fits_with_place(text_at(body, "description"), text, body))
      << text_at(body, "description") << "\nis not\n"
      << text;
}

void check_arm_error(const ErrorRow& row, const nlohmann::json& body, std::string_view text) {
  const auto error = body.value("error", nlohmann::json::object());
  EXPECT_EQ(text_at(error, "code"), row.code.empty() ? row.name : row.code);
  EXPECT_TRUE(fits_template(text_at(error, "message"), text))
      << text_at(error, "message") << "\nis not\n"
      << text;
}

/// `code` is `number|v1 error[/v2 error][|suberror]`; rows of the front end carry none.
void check_entra_error(const ErrorRow& row, bool second_version, const nlohmann::json& body,
                       std::string_view text) {
  const auto parts = split(row.code, '|');
  const auto words = split(parts.size() > 1 ? parts[1] : std::string_view{"invalid_request"}, '/');
  EXPECT_EQ(text_at(body, "error"), second_version ? words.back() : words.front());
  if (!row.code.empty()) {
    const auto codes = body.value("error_codes", nlohmann::json::array());
    EXPECT_EQ(codes, nlohmann::json::array({std::stoi(std::string{parts.front()})}));
  }
  const std::string description = text_at(body, "error_description");
  const std::string first = description.substr(0, description.find("\r\n"));
  std::string pattern{text};
  if (!pattern.starts_with("AADSTS")) {
    pattern = "AADSTS" + std::string{row.code.empty() ? "90013" : parts.front()} + ": " + pattern;
  }
  EXPECT_TRUE(fits_template(first, pattern)) << first << "\nis not\n" << pattern;
  EXPECT_EQ(parts.size() > 2 ? parts[2] : std::string_view{}, text_at(body, "suberror"));
}

}  // namespace

void check_envelope(Surface surface, const Sent& sent, const Answer& answer) {
  if (sent.method == "HEAD") {
    EXPECT_EQ(answer.body, "");
  } else if (answer.body.empty()) {
    EXPECT_TRUE(answer.header("Content-Length") == "0" || answer.status == 204)
        << "Content-Length: " << answer.header("Content-Length");
  } else {
    const bool page = surface == Surface::Entra && is_page(answer);
    EXPECT_TRUE(page || answer.header("Content-Type") == "application/json; charset=utf-8")
        << answer.header("Content-Type");
    EXPECT_EQ(answer.header("Content-Length"), std::to_string(answer.body.size()));
  }
  EXPECT_EQ(answer.header("Transfer-Encoding"), "");
  switch (surface) {
    case Surface::PartnerCenter:
      check_partner_center(sent, answer);
      break;
    case Surface::Arm:
      check_arm(answer);
      break;
    case Surface::Entra:
      check_entra(answer);
      break;
  }
}

nlohmann::json parse(const Answer& answer) {
  if (is_page(answer)) {
    return answer.body;
  }
  const std::string_view text = std::string_view{answer.body}.substr(has_bom(answer) ? 3 : 0);
  auto parsed = nlohmann::json::parse(text, nullptr, false);
  return parsed.is_discarded() ? nlohmann::json{} : parsed;
}

void check_success(const Operation& row, const Answer& answer, const nlohmann::json& body) {
  EXPECT_EQ(answer.status, row.success_status) << answer.body.substr(0, 1000);
  if (answer.status >= 300) {
    return;
  }
  if (row.response_schema.empty()) {
    EXPECT_EQ(answer.body, "");
  } else {
    check_schema(std::string{row.response_schema}, body);
  }
}

void check_refusal(Surface surface, bool second_version, ErrorCode error, const Answer& answer,
                   const nlohmann::json& body, Locale locale) {
  const ErrorRow& row = error_row(error);
  const std::string_view text = text_in(row, locale);
  EXPECT_EQ(answer.status, row.status) << "expected " << row.name << ": " << answer.body;
  if (!body.is_object()) {
    ADD_FAILURE() << "expected " << row.name << ", got no JSON object";
    return;
  }
  switch (surface) {
    case Surface::PartnerCenter:
      check_partner_center_error(row, body, text);
      break;
    case Surface::Arm:
      check_arm_error(row, body, text);
      break;
    case Surface::Entra:
      check_entra_error(row, second_version, body, text);
      break;
  }
  check_schema(std::string{error_schema(surface, row.status, row.code)}, body);
}

void check_carried(ErrorCode error, const nlohmann::json& code, const nlohmann::json& description,
                   Locale locale) {
  const ErrorRow& row = error_row(error);
  EXPECT_EQ(code.dump(), row.code);
  EXPECT_EQ(description, text_in(row, locale));
}

bool fits_template(std::string_view text, std::string_view pattern) {
  const std::size_t open = pattern.find('{');
  const bool placeholder = open != std::string_view::npos && open + 2 < pattern.size() &&
                           pattern[open + 1] >= '0' && pattern[open + 1] <= '9' &&
                           pattern[open + 2] == '}';
  if (!placeholder) {
    // A brace that opens no placeholder is text like any other.
    if (open == std::string_view::npos) {
      return text == pattern;
    }
    return text.substr(0, open + 1) == pattern.substr(0, open + 1) &&
           fits_template(text.substr(open + 1), pattern.substr(open + 1));
  }
  if (text.substr(0, open) != pattern.substr(0, open)) {
    return false;
  }
  for (std::size_t end = open; end <= text.size(); ++end) {
    if (fits_template(text.substr(end), pattern.substr(open + 3))) {
      return true;
    }
  }
  return false;
}

}  // namespace pcsim::contract
