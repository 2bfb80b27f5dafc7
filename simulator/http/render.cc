#include "http/render.h"

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <utility>

#include "codec/entra/form.h"
#include "codec/time.h"
#include "contract/schema_library.h"
#include "http/router.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using nlohmann::ordered_json;

constexpr std::string_view kCustomerServiceError = "partner_center/errors/customer_service";
constexpr std::string_view kThrottledError = "partner_center/errors/throttled";
constexpr std::string_view kBom = "\xEF\xBB\xBF";

std::string replace_invalid(const ordered_json& value) {
  return value.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

/// The envelope of the newer customer service, which tells the error's name.
std::string customer_service_body(const ErrorRow& row, const Error& error, Locale locale) {
  const std::string code{row.code};
  const std::string text = error_text(error, locale);
  ordered_json body;
  body["code"] = std::atoi(code.c_str());
  body["message"] = text;
  body["description"] = text;
  body["errorName"] = row.name;
  body["isRetryable"] = false;
  body["parameters"] = ordered_json::object();
  body["errorMessageExtended"] = "InternalErrorCode=" + code;
  return replace_invalid(body);
}

/// The API gateway in front of the service writes JSON with spaces.
std::string throttled_body(const ErrorRow& row, const Error& error, Locale locale) {
  const ordered_json text = error_text(error, locale);
  return "{ \"statusCode\": " + std::to_string(row.status) +
         ", \"message\": " + replace_invalid(text) + " }";
}

std::string partner_center_body(const ErrorRow& row, const Error& error, Locale locale) {
  const std::string_view envelope = error_schema(Surface::PartnerCenter, row.status, row.code);
  if (envelope == kCustomerServiceError) {
    return customer_service_body(row, error, locale);
  }
  if (envelope == kThrottledError) {
    return throttled_body(row, error, locale);
  }
  ordered_json body;
  const std::string_view code = row.code.empty() ? std::string_view{} : row.code;
  body["code"] = code.empty() ? row.status : std::atoi(std::string{code}.c_str());
  std::string text = error_text(error, locale);
  if (!error.pointer.empty()) {
    text += ": " + error.pointer;
  }
  body["description"] = std::move(text);
  body["data"] = ordered_json::array();
  if (!error.pointer.empty()) {
    body["data"].push_back(error.pointer);
  }
  body["source"] = "PartnerFD";
  return replace_invalid(body);
}

/// Microsoft.Subscription repeats code and message beside the error; what the front end refuses
/// does not get as far.
bool repeats_error(const Operation* operation, const ErrorRow& row) {
  return operation != nullptr && row.status != 401 && row.code != "AuthorizationFailed" &&
         operation->path.find("/Microsoft.Subscription/") != std::string_view::npos;
}

std::string arm_body(const Operation* operation, const ErrorRow& row, const Error& error,
                     Locale locale) {
  const std::string code{row.code.empty() ? row.name : row.code};
  ordered_json body;
  body["error"] = {{"code", code}, {"message", error_text(error, locale)}};
  if (repeats_error(operation, row)) {
    body["code"] = code;
    body["message"] = error_text(error, locale);
  }
  return replace_invalid(body);
}

/// Entra's number for input that no other number describes.
constexpr std::string_view kInvalidInput = "90013";

bool is_v2(const Operation* operation) {
  return operation != nullptr && operation->path.find("/v2.0/") != std::string_view::npos;
}

/// The id of the policy that a refusal for conditional access names behind its text's arguments.
std::string policy_named(const Error& error) {
  const bool conditional = error.code == ErrorCode::AadConditionalAccessBlocked ||
                           error.code == ErrorCode::AadMfaRequired ||
                           error.code == ErrorCode::AadMfaEnrollmentRequired ||
                           error.code == ErrorCode::AadExternalChallengeRequired;
  return conditional && error.arguments.size() > 1 && is_guid(error.arguments[1])
             ? error.arguments[1]
             : std::string{};
}

/// A row's code is `number|error word of v1[/of v2][|suberror]`.
std::string entra_body(const ErrorRow& row, const Error& error, const Env& env, bool v2) {
  const auto parts = split(row.code.empty() ? kInvalidInput : row.code, '|');
  const std::string number{parts.front()};
  const std::string_view words = parts.size() > 1 ? parts[1] : std::string_view{"invalid_request"};
  std::string stamp = to_iso(env.now).substr(0, 19) + "Z";
  stamp[10] = ' ';
  IdSource ids{static_cast<std::uint64_t>(env.now)};
  const std::string trace = ids.guid();
  const std::string correlation = ids.guid();
  ordered_json body;
  const auto versions = split(words, '/');
  body["error"] = v2 ? versions.back() : versions.front();
  std::string text = error_text(error, env.locale);
  if (text.rfind("AADSTS", 0) != 0) {
    text = "AADSTS" + number + ": " + text;
  }
  body["error_description"] = text + "\r\nTrace ID: " + trace +
                              "\r\nCorrelation ID: " + correlation + "\r\nTimestamp: " + stamp;
  body["error_codes"] = {std::atoi(number.c_str())};
  body["timestamp"] = stamp;
  body["trace_id"] = trace;
  body["correlation_id"] = correlation;
  body["error_uri"] = "https://login.microsoftonline.com/error?code=" + number;
  if (parts.size() > 2) {
    body["suberror"] = parts[2];
  }
  if (const std::string policy = policy_named(error); !policy.empty()) {
    body["claims"] =
        R"({"access_token":{"capolids":{"essential":true,"values":[")" + policy + R"("]}}})";
  }
  return replace_invalid(body);
}

/// How long a refused client waits: the last number its text tells.
std::string retry_after(const Error& error) {
  for (auto at = error.arguments.rbegin(); at != error.arguments.rend(); ++at) {
    if (!at->empty() && at->find_first_not_of("0123456789") == std::string::npos) {
      return *at;
    }
  }
  return "60";
}

/// Which deployment answered; one and the same for all.
constexpr std::string_view kAppId = "appId=cid-v1:5f2f4a1c-6d0b-4c0e-9a53-1c7f3f0e8d21";

constexpr std::size_t kUsualHeaders = 16;

/// Sixteen base64 characters and the start of the vector.
std::string correlation_vector(IdSource& ids) {
  static constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string vector;
  for (std::uint64_t bits = ids.next(); vector.size() < 8; bits >>= 6U) {
    vector.push_back(kAlphabet[bits & 63U]);
  }
  for (std::uint64_t bits = ids.next(); vector.size() < 16; bits >>= 6U) {
    vector.push_back(kAlphabet[bits & 63U]);
  }
  return vector + ".0";
}

void echo(const Request& request, IdSource& ids, std::string_view from, const char* to,
          Response& response) {
  const auto sent = request.headers.find(from);
  response.headers.add(to, sent ? std::string{*sent} : ids.guid());
}

/// `FRANCECENTRAL:20260201T100000Z:{guid}`: the region that took the request, and when.
std::string routing_id(Instant now, IdSource& ids) {
  std::string stamp;
  for (const char c : to_iso(now).substr(0, 19)) {
    if (c != '-' && c != ':') {
      stamp.push_back(c);
    }
  }
  return "FRANCECENTRAL:" + stamp + "Z:" + ids.guid();
}

void add_arm_headers(const Request& request, Instant now, IdSource& ids, Response& response) {
  response.headers.add("Cache-Control", "no-cache");
  response.headers.add("Pragma", "no-cache");
  response.headers.add("Expires", "-1");
  response.headers.add("x-ms-request-id", ids.guid());
  echo(request, ids, "x-ms-correlation-request-id", "x-ms-correlation-request-id", response);
  response.headers.add("x-ms-routing-request-id", routing_id(now, ids));
  const auto client_id = request.headers.find("x-ms-client-request-id");
  if (client_id &&
      equal_ignoring_case(request.headers.find("x-ms-return-client-request-id").value_or(""),
                          "true")) {
    response.headers.add("x-ms-client-request-id", std::string{*client_id});
  }
  const std::string path = lower(parse_target(request.target).path);
  const bool of_subscription = path.find("/subscriptions/") != std::string::npos;
  const bool read = request.method == "GET" || request.method == "HEAD";
  response.headers.add(std::string{"x-ms-ratelimit-remaining-"} +
                           (of_subscription ? "subscription" : "tenant") +
                           (read ? "-reads" : "-writes"),
                       read ? "11999" : "1199");
  response.headers.add("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
  response.headers.add("X-Content-Type-Options", "nosniff");
}

/// Libraries send the id in the query or as a header, and log it when they see it again.
void echo_client_request_id(const Request& request, Response& response) {
  const auto header = request.headers.find("client-request-id");
  const auto query = parse_target(request.target).query;
  const auto found = query.find("client-request-id");
  const std::string id = header                 ? std::string{*header}
                         : found == query.end() ? std::string{}
                                                : found->second;
  if (is_guid(id)) {
    response.headers.add("client-request-id", id);
  }
}

}  // namespace

Response render_error(Surface surface, const Operation* operation, const Error& error,
                      const Env& env) {
  const ErrorRow& row = error_row(error.code);
  Response response;
  response.status = row.status;
  switch (surface) {
    case Surface::PartnerCenter:
      response.headers.add("Content-Type", "application/json; charset=utf-8");
      response.body = partner_center_body(row, error, env.locale);
      if (row.status < 300 && env.switches.is({Switch::Bom, "success"})) {
        response.body.insert(0, kBom);
      }
      if (row.status == 401) {
        response.headers.add("WWW-Authenticate", "OAuth realm=urn:cpsvc:cpid:simulator");
      }
      break;
    case Surface::Arm:
      response.headers.add("Content-Type", "application/json; charset=utf-8");
      response.body = arm_body(operation, row, error, env.locale);
      if (row.code == "AuthorizationFailed") {
        response.headers.add("x-ms-failure-cause", "gateway");
      }
      break;
    case Surface::Entra:
      response.headers.add("Content-Type", "application/json; charset=utf-8");
      response.body = entra_body(row, error, env, is_v2(operation));
      break;
  }
  if (row.status == 429) {
    response.headers.add("Retry-After", retry_after(error));
  }
  return response;
}

std::string claims_asked_by(const Error& error) {
  std::string claims;
  if (error.code == ErrorCode::ArmMfaRequired) {
    claims = R"({"access_token":{"acrs":{"essential":true,"value":"p1"}}})";
  } else if (error.code == ErrorCode::ArmSessionRevoked && !error.arguments.empty()) {
    claims = R"({"access_token":{"nbf":{"essential":true,"value":")" + error.arguments.front() +
             R"("}}})";
  }
  std::string encoded = base64url(claims);
  encoded.append((4 - encoded.size() % 4) % 4, '=');
  return encoded;
}

std::string arm_challenge(const Request& request, const std::string& base_url,
                          std::string_view tenant_id, std::string_view text,
                          const std::string& claims) {
  const std::string host = lower(request.headers.find("Host").value_or(""));
  const bool published = host.rfind("management.", 0) == 0;
  return "Bearer authorization_uri=\"" + (published ? "https://login.windows.net" : base_url) +
         "/" + std::string{tenant_id} + "\", error=\"" +
         (claims.empty() ? "invalid_token" : "insufficient_claims") + "\", error_description=\"" +
         std::string{text} + "\"" + (claims.empty() ? "" : ", claims=\"" + claims + "\"");
}

Response render_reply(const Operation& operation, Reply reply, const Switches& switches) {
  Response response;
  response.status = reply.status == 0 ? operation.success_status : reply.status;
  response.headers = std::move(reply.headers);
  if (!reply.json.empty()) {
    response.headers.add("Content-Type", reply.page ? "text/html; charset=utf-8"
                                                    : "application/json; charset=utf-8");
    response.body = std::move(reply.json);
    if (operation.surface == Surface::PartnerCenter && switches.is({Switch::Bom, "success"})) {
      response.body.insert(0, kBom);
    }
  }
  return response;
}

void add_surface_headers(Surface surface, const Request& request, Instant now, IdSource& ids,
                         Response& response) {
  response.headers.fields.reserve(kUsualHeaders);
  switch (surface) {
    case Surface::PartnerCenter:
      echo(request, ids, "MS-CorrelationId", "MS-CorrelationId", response);
      echo(request, ids, "MS-RequestId", "MS-RequestId", response);
      if (const auto locale = request.headers.find("X-Locale")) {
        response.headers.add("X-Locale", std::string{*locale});
      }
      response.headers.add("MS-CV", correlation_vector(ids));
      response.headers.add("MS-ServerId", "0000112D");
      response.headers.add("Request-Context", std::string{kAppId});
      break;
    case Surface::Arm:
      add_arm_headers(request, now, ids, response);
      break;
    case Surface::Entra:
      response.headers.add("Cache-Control", "no-store, no-cache");
      response.headers.add("Pragma", "no-cache");
      response.headers.add("Expires", "-1");
      response.headers.add("x-ms-request-id", ids.guid());
      echo_client_request_id(request, response);
      break;
  }
  response.headers.add("Date", to_http_date(now));
}

}  // namespace pcsim
