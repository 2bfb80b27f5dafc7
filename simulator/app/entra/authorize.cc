#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/entra/grant.h"
#include "app/entra/pages.h"
#include "app/handlers.h"
#include "codec/entra/form.h"
#include "domain/identity/sign_in.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using Parameters = std::vector<std::pair<std::string, std::string>>;

constexpr Instant kCodeLife = 600 * kSecond;
constexpr std::size_t kMinChallenge = 43;  // RFC 7636 section 4.2
constexpr std::size_t kMaxChallenge = 128;

/// Where the Azure CLI, which no tenant registers, may be sent back to.
constexpr std::array<std::string_view, 3> kPublicRedirects{
    "http://localhost", "https://login.microsoftonline.com/common/oauth2/nativeclient",
    "urn:ietf:wg:oauth:2.0:oob"};

/// Parameters of the request that its page hands on.
constexpr std::array<const char*, 14> kHandedOn{"client_id",
                                                "redirect_uri",
                                                "response_type",
                                                "response_mode",
                                                "scope",
                                                "resource",
                                                "state",
                                                "nonce",
                                                "prompt",
                                                "login_hint",
                                                "client_info",
                                                "code_challenge",
                                                "code_challenge_method",
                                                "claims"};

/// A request for a code or an id token whose answer may go back to the application.
struct SignInRequest {
  Fields fields{};
  std::string redirect_uri{};
  Grant grant{};
  bool wants_code = false, wants_id_token = false;
};

/// The parameters of the address, and those of a form above them.
Fields parameters_of(const Call& call) {
  Fields fields = form_fields(call);
  fields.insert(call.query.begin(), call.query.end());
  return fields;
}

Application public_client() {
  Application client{};
  client.client_id = kAzureCliClient;
  client.redirect_uris.assign(kPublicRedirects.begin(), kPublicRedirects.end());
  return client;
}

/// Where the answer goes: what was asked for, or the only address there is.
Result<std::string> redirect_of(const Fields& fields, const Grant& grant) {
  const Application client = grant.application == nullptr ? public_client() : *grant.application;
  const std::string asked = field(fields, "redirect_uri");
  if (client.redirect_uris.empty()) {
    return ErrorCode::AadReplyAddressMissing;
  }
  if (asked.empty()) {
    return client.redirect_uris.size() == 1
               ? Result<std::string>{client.redirect_uris.front()}
               : Error{ErrorCode::AadMissingParameter, {"redirect_uri"}};
  }
  if (!redirect_allowed(client, asked)) {
    return Error{ErrorCode::AadReplyUrlMismatch, {asked, grant.client_id}};
  }
  return asked;
}

/// Everything that has to be right before an error may be sent to the application.
Result<SignInRequest> read_request(const Call& call, bool v2) {
  SignInRequest request;
  PCSIM_TRY(tenant, tenant_of(call));
  request.fields = parameters_of(call);
  request.grant.v2 = v2;
  request.grant.type = "authorization_code";
  request.grant.client_id = lower(field(request.fields, "client_id"));
  request.grant.tenant = tenant;
  if (request.grant.client_id.empty()) {
    return Error{ErrorCode::AadMissingParameter, {"client_id"}};
  }
  request.grant.application = find_application(call.world, request.grant.client_id);
  if (tenant.any) {
    if (request.grant.application == nullptr && request.grant.client_id != kAzureCliClient) {
      return Error{ErrorCode::AadAppNotFound, {request.grant.client_id, "common"}};
    }
  } else {
    PCSIM_TRY(standing, check_standing(call, request.grant));
    static_cast<void>(standing);
  }
  PCSIM_TRY(redirect, redirect_of(request.fields, request.grant));
  request.redirect_uri = redirect;
  return request;
}

Result<Done> check_challenge(const Fields& fields) {
  const std::string challenge = field(fields, "code_challenge");
  const std::string method = field(fields, "code_challenge_method");
  if (!method.empty() && method != "S256" && method != "plain") {
    return ErrorCode::AadCodeChallengeMethod;
  }
  if (!challenge.empty() &&
      (challenge.size() < kMinChallenge || challenge.size() > kMaxChallenge)) {
    return ErrorCode::AadCodeChallengeSize;
  }
  return Done{};
}

/// What the request asks for; refusals go to the application.
Result<Done> check_request(const Call& call, SignInRequest& request) {
  const Fields& fields = request.fields;
  const std::string type = field(fields, "response_type");
  for (const std::string_view word : split(type, ' ')) {
    if (word == "code") {
      request.wants_code = true;
    } else if (word == "id_token") {
      request.wants_id_token = true;
    } else if (!word.empty()) {
      return Error{ErrorCode::AadResponseTypeNotEnabled, {std::string{word}}};
    }
  }
  if (!request.wants_code && !request.wants_id_token) {
    return Error{ErrorCode::AadMissingParameter, {"response_type"}};
  }
  if (request.wants_id_token && field(fields, "nonce").empty()) {
    return Error{ErrorCode::AadMissingParameter, {"nonce"}};
  }
  if (request.grant.v2 && field(fields, "scope").empty()) {
    return Error{ErrorCode::AadMissingParameter, {"scope"}};
  }
  PCSIM_TRY(challenge, check_challenge(fields));
  static_cast<void>(challenge);
  request.grant.nonce = field(fields, "nonce");
  return check_resource(call, fields, request.grant);
}

std::string encoded(const Parameters& parameters) {
  std::string out;
  for (const auto& [name, value] : parameters) {
    out += (out.empty() ? "" : "&") + name + "=" + percent_encode(value);
  }
  return out;
}

/// Sends the browser back with an answer, the way the request wants it.
Reply back(const Call& call, const SignInRequest& request, Parameters parameters) {
  if (const std::string state = field(request.fields, "state"); !state.empty()) {
    parameters.emplace_back("state", state);
  }
  const std::string mode = field(request.fields, "response_mode");
  Reply reply = page_reply({});
  if (mode == "form_post") {
    reply.json = render_form_post(new_page(call, {}).locale, request.redirect_uri, parameters);
    return reply;
  }
  reply.page = false;
  reply.json.clear();
  reply.status = 302;
  const bool fragment = mode == "fragment" || (mode.empty() && request.wants_id_token);
  const bool more = request.redirect_uri.find('?') != std::string::npos;
  reply.headers.add("Location", request.redirect_uri +
                                    (fragment ? "#"
                                     : more   ? "&"
                                              : "?") +
                                    encoded(parameters));
  return reply;
}

/// The word for an error at the application: what only the token endpoint says is put in the
/// words of this one.
std::string error_word(const Error& error) {
  const auto parts = split(error_row(error.code).code, '|');
  const std::string_view words = parts.size() > 1 ? parts[1] : std::string_view{"invalid_request"};
  const std::string_view word = split(words, '/').front();
  return std::string{word == "invalid_grant" ? "interaction_required" : word};
}

Reply refused(const Call& call, const SignInRequest& request, const Error& error) {
  const std::string_view code = error_row(error.code).code;
  const std::string number{code.substr(0, code.find('|'))};
  return back(call, request,
              {{"error", error_word(error)},
               {"error_description", "AADSTS" + number + ": " + error_text(error, call.env.locale)},
               {"error_uri", "https://login.microsoftonline.com/error?code=" + number}});
}

std::string name_of(const Grant& grant) {
  return grant.application == nullptr      ? std::string{"Microsoft Azure CLI"}
         : grant.application->name.empty() ? grant.client_id
                                           : grant.application->name;
}

void hand_on(const SignInRequest& request, Page& page) {
  for (const char* name : kHandedOn) {
    if (const auto found = request.fields.find(name); found != request.fields.end()) {
      page.hidden.emplace_back(*found);
    }
  }
}

/// The page that asks for name and password; with `error` after a try that failed.
Reply sign_in_page(const Call& call, const SignInRequest& request, const Error* error) {
  const PageWords& words = words_of(call);
  Page page = new_page(call, words.sign_in);
  page.lead = fill(words.to_application, {name_of(request.grant)});
  hand_on(request, page);
  if (error != nullptr) {
    page.error = error_on_page(call, *error);
  }
  const bool enrol = error != nullptr && error->code == ErrorCode::AadMfaEnrollmentRequired;
  const bool factor = enrol || (error != nullptr && error->code == ErrorCode::AadMfaRequired);
  if (!factor) {
    const std::string typed = field(request.fields, "username");
    add_sign_in_inputs(call, typed.empty() ? field(request.fields, "login_hint") : typed, page);
  } else {
    page.inputs.push_back({"mfa", std::string{enrol ? words.register_factor : words.second_factor},
                           "checkbox", enrol ? "register" : "confirm"});
  }
  page.buttons.push_back({"action", "sign_in", std::string{words.next}});
  page.buttons.push_back({"action", "cancel", std::string{words.cancel}, true});
  return page_reply(page);
}

Reply consent_page(const Call& call, const SignInRequest& request) {
  const PageWords& words = words_of(call);
  Page page = new_page(call, words.consent_title);
  page.lead = fill(words.consent_lead, {name_of(request.grant)});
  hand_on(request, page);
  if (is_administrator(*request.grant.user)) {
    page.inputs.push_back(
        {"everybody", std::string{words.for_everybody}, "checkbox", "1", {}, false});
  }
  page.buttons.push_back({"consent", "accept", std::string{words.accept}});
  page.buttons.push_back({"consent", "decline", std::string{words.cancel}, true});
  return page_reply(page);
}

/// Sends the browser back with what was asked for.
Reply complete(const Call& call, const SignInRequest& request) {
  const Grant& grant = request.grant;
  Parameters parameters;
  if (request.wants_code) {
    prune_codes(call.world.authorization_codes, call.env.now);
    AuthorizationCode code{};
    code.code = "0." + call.env.ids.hex(64);
    code.client_id = grant.client_id;
    code.tenant_id = grant.tenant.id;
    code.user_id = grant.user->id;
    // Where none was asked for, the token endpoint need not be told of one either.
    code.redirect_uri = request.redirect_uri;
    code.resource = grant.resource;
    code.nonce = grant.nonce;
    code.challenge = field(request.fields, "code_challenge");
    const std::string method = field(request.fields, "code_challenge_method");
    code.challenge_method = method.empty() ? "plain" : method;
    code.expires = call.env.now + kCodeLife;
    code.mfa = grant.mfa;
    code.v2 = grant.v2;
    parameters.emplace_back("code", code.code);
    call.world.authorization_codes.put(code.code, code);
  }
  if (request.wants_id_token) {
    parameters.emplace_back("id_token", id_token(call, grant));
  }
  if (field(request.fields, "client_info") == "1") {
    parameters.emplace_back("client_info", client_info(*grant.user));
  }
  parameters.emplace_back("session_state", call.env.ids.guid());
  return back(call, request, std::move(parameters));
}

/// Puts the user of a session into the grant, and its tenant in place of common.
Result<Done> take_user(const Call& call, const Session& session, Grant& grant) {
  const bool any = grant.tenant.any;
  grant.user = session.user;
  grant.mfa = session.mfa;
  PCSIM_TRY(settled, settle_tenant(call, grant));
  static_cast<void>(settled);
  return any ? check_standing(call, grant) : Result<Done>{Done{}};
}

/// The answer of a session that is there already; nothing when the user has to be asked.
std::optional<Reply> silent(const Call& call, SignInRequest request) {
  const std::string prompt = field(request.fields, "prompt");
  const bool quiet = prompt == "none";
  const Session session = session_of(call);
  const TenantRef& tenant = request.grant.tenant;
  const bool usable = session.user != nullptr && prompt != "login" && prompt != "select_account" &&
                      prompt != "consent" &&
                      (tenant.any || user_reaches(call.world, *session.user, tenant, true));
  if (!usable) {
    return quiet ? std::optional{refused(call, request, {ErrorCode::AadSignInRequired})}
                 : std::nullopt;
  }
  Result<Done> allowed = take_user(call, session, request.grant);
  allowed = allowed ? check_policies(call, request.grant) : allowed;
  allowed = allowed ? check_consent(call, request.grant) : allowed;
  if (allowed) {
    return complete(call, request);
  }
  return quiet ? std::optional{refused(call, request, allowed.error())} : std::nullopt;
}

Result<Reply> show(const Call& call, bool v2) {
  PCSIM_TRY(request, read_request(call, v2));
  if (const auto checked = check_request(call, request); !checked) {
    return refused(call, request, checked.error());
  }
  if (auto reply = silent(call, request)) {
    return *std::move(reply);
  }
  return sign_in_page(call, request, nullptr);
}

/// A sign-in that failed: once more on the page, or the error itself for programs.
Result<Reply> again(const Call& call, const SignInRequest& request, const Error& error) {
  if (!wants_page(call) || !may_try_again(error.code)) {
    return error;
  }
  return sign_in_page(call, request, &error);
}

/// What the user says to the application's wish; nothing when it has to be asked.
std::optional<Reply> consent(const Call& call, SignInRequest& request) {
  const Grant& grant = request.grant;
  const std::string said = field(request.fields, "consent");
  const bool asked = field(request.fields, "prompt") == "consent";
  if (said == "decline") {
    return refused(call, request, {ErrorCode::AadConsentDeclined});
  }
  if (said != "accept" && (asked || !check_consent(call, grant))) {
    return consent_page(call, request);
  }
  if (said == "accept") {
    const bool everybody =
        field(request.fields, "everybody") == "1" && is_administrator(*grant.user);
    keep_consent(call.world, grant.client_id, grant.tenant.id, grant.user->id, everybody);
  }
  return std::nullopt;
}

Result<Reply> sign_in(const Call& call, bool v2) {
  PCSIM_TRY(request, read_request(call, v2));
  if (const auto checked = check_request(call, request); !checked) {
    return refused(call, request, checked.error());
  }
  if (field(request.fields, "action") == "cancel") {
    return refused(call, request, {ErrorCode::AadConsentDeclined});
  }
  const bool blank = field(request.fields, "username").empty();
  if (blank && session_of(call).user == nullptr) {
    return sign_in_page(call, request, nullptr);
  }
  const auto session = signed_in(call, request.fields, request.grant.tenant);
  if (!session) {
    return again(call, request, session.error());
  }
  PCSIM_TRY(taken, take_user(call, *session, request.grant));
  static_cast<void>(taken);
  const std::string cookie = session_cookie(call, session->user, session->mfa);
  const auto with_cookie = [&](Reply reply) {
    reply.headers.add("Set-Cookie", cookie);
    return reply;
  };
  if (const auto allowed = check_policies(call, request.grant); !allowed) {
    auto reply = again(call, request, allowed.error());
    return reply ? Result<Reply>{with_cookie(std::move(*reply))} : reply;
  }
  if (auto reply = consent(call, request)) {
    return with_cookie(*std::move(reply));
  }
  return with_cookie(complete(call, request));
}

Result<Reply> sign_out(const Call& call) {
  PCSIM_TRY(tenant, tenant_of(call));
  static_cast<void>(tenant);
  const PageWords& words = words_of(call);
  Page page = new_page(call, words.signed_out);
  page.lead = words.signed_out_lead;
  Reply reply = page_reply(page);
  reply.headers.add("Set-Cookie", session_cookie(call, nullptr, false));
  // Anybody may send a browser here, so that it leaves only for addresses somebody registered.
  const auto next = call.query.find("post_logout_redirect_uri");
  const bool known =
      next != call.query.end() &&
      std::any_of(call.world.applications.begin(), call.world.applications.end(),
                  [&](const auto& row) { return redirect_allowed(row.second, next->second); });
  if (known) {
    const auto state = call.query.find("state");
    const char* joint = next->second.find('?') == std::string::npos ? "?" : "&";
    reply.status = 302;
    reply.page = false;
    reply.json.clear();
    reply.headers.add(
        "Location",
        next->second + (state == call.query.end() ? std::string{}
                                                  : joint + encoded({{"state", state->second}})));
  }
  return reply;
}

}  // namespace

Result<Reply> handle_AuthorizeV1(const Call& call) { return shown(call, show(call, false)); }

Result<Reply> handle_AuthorizeV2(const Call& call) { return shown(call, show(call, true)); }

Result<Reply> handle_SignInV1(const Call& call) { return shown(call, sign_in(call, false)); }

Result<Reply> handle_SignInV2(const Call& call) { return shown(call, sign_in(call, true)); }

Result<Reply> handle_LogoutV1(const Call& call) { return shown(call, sign_out(call)); }

Result<Reply> handle_LogoutV2(const Call& call) { return shown(call, sign_out(call)); }

}  // namespace pcsim
