#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "app/entra/grant.h"
#include "app/entra/pages.h"
#include "app/handlers.h"
#include "domain/identity/sign_in.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::int64_t kLifeSeconds = 900;
constexpr std::int64_t kIntervalSeconds = 5;
constexpr std::size_t kUserCodeSize = 9;
/// Without letters and digits that are taken for one another.
constexpr std::string_view kUserCodeAlphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

std::string new_user_code(const Call& call) {
  std::string code;
  do {
    code.clear();
    while (code.size() < kUserCodeSize) {
      code.push_back(kUserCodeAlphabet[call.env.ids.next() % kUserCodeAlphabet.size()]);
    }
  } while (find_user_code(call.world, code) != nullptr);
  return code;
}

/// The grant a device asks for.
Result<Grant> asked_grant(const Call& call, const Fields& fields, bool v2) {
  PCSIM_TRY(tenant, tenant_of(call));
  Grant grant;
  grant.v2 = v2;
  grant.type = "device_code";
  grant.tenant = tenant;
  grant.client_id = lower(field(fields, "client_id"));
  for (const char* name : {"client_id", v2 ? "scope" : "resource"}) {
    if (field(fields, name).empty()) {
      return Error{ErrorCode::AadMissingParameter, {name}};
    }
  }
  if (!tenant.any) {
    PCSIM_TRY(standing, check_standing(call, grant));
    static_cast<void>(standing);
  } else if (grant.client_id != kAzureCliClient &&
             find_application(call.world, grant.client_id) == nullptr) {
    return Error{ErrorCode::AadAppNotFound, {grant.client_id, "common"}};
  }
  PCSIM_TRY(resource, check_resource(call, fields, grant));
  static_cast<void>(resource);
  return grant;
}

Result<Reply> issue(const Call& call, bool v2) {
  const Fields fields = form_fields(call);
  PCSIM_TRY(grant, asked_grant(call, fields, v2));
  prune_codes(call.world.device_codes, call.env.now);
  DeviceCode code{};
  code.device_code = call.env.ids.hex(64);
  code.user_code = new_user_code(call);
  code.client_id = grant.client_id;
  code.tenant_id = grant.tenant.id;
  code.resource = grant.resource;
  code.expires = call.env.now + kLifeSeconds * kSecond;
  code.v2 = v2;
  call.world.device_codes.put(code.device_code, code);
  const std::string page = call.base_url + "/common/oauth2/deviceauth";
  Json body{{"user_code", code.user_code},
            {"device_code", code.device_code},
            {v2 ? "verification_uri" : "verification_url", page}};
  if (v2) {
    body["expires_in"] = kLifeSeconds;
    body["interval"] = kIntervalSeconds;
  } else {
    body["expires_in"] = std::to_string(kLifeSeconds);
    body["interval"] = std::to_string(kIntervalSeconds);
  }
  body["message"] = fill(words_of(call).device_message, {page, code.user_code});
  Reply reply;
  reply.json = body.dump();
  return reply;
}

Reply code_page(const Call& call, const Fields& fields, const Error* error) {
  const PageWords& words = words_of(call);
  Page page = new_page(call, words.device_title);
  page.lead = words.device_lead;
  const std::string typed = field(fields, "user_code");
  page.inputs.push_back({"user_code", std::string{words.device_code}, "text",
                         typed.empty() ? field(fields, "otc") : typed, "one-time-code"});
  add_sign_in_inputs(call, field(fields, "username"), page);
  if (error != nullptr) {
    page.error = error_on_page(call, *error);
  }
  const bool enrol = error != nullptr && error->code == ErrorCode::AadMfaEnrollmentRequired;
  if (enrol || (error != nullptr && error->code == ErrorCode::AadMfaRequired)) {
    page.inputs.push_back({"mfa", std::string{enrol ? words.register_factor : words.second_factor},
                           "checkbox", enrol ? "register" : "confirm"});
  }
  page.buttons.push_back({"action", "approve", std::string{words.approve}});
  page.buttons.push_back({"action", "decline", std::string{words.decline}, true});
  return page_reply(page);
}

Reply done_page(const Call& call, std::string_view text) {
  Page page = new_page(call, words_of(call).device_title);
  page.lead = text;
  return page_reply(page);
}

/// Signs the user in for the device. Whoever types a code into this page consents to its
/// application.
Result<Done> approve(const Call& call, const Fields& fields, const DeviceCode& code) {
  const auto tenant = find_tenant(call.world, code.tenant_id.empty() ? "common" : code.tenant_id);
  Grant grant;
  grant.v2 = code.v2;
  grant.client_id = code.client_id;
  grant.application = find_application(call.world, code.client_id);
  grant.resource = code.resource;
  grant.tenant = tenant.value_or(TenantRef{});
  PCSIM_TRY(session, signed_in(call, fields, grant.tenant));
  grant.user = session.user;
  grant.mfa = session.mfa;
  PCSIM_TRY(settled, settle_tenant(call, grant));
  static_cast<void>(settled);
  if (const auto resource = find_resource(call.world, code.resource, call.base_url)) {
    grant.audience = resource->audience;
    grant.resource_application = resource->application_id;
  }
  PCSIM_TRY(allowed, check_policies(call, grant));
  static_cast<void>(allowed);
  keep_consent(call.world, grant.client_id, grant.tenant.id, grant.user->id, false);
  DeviceCode& approved = *call.world.device_codes.edit(code.device_code);
  approved.state = DeviceCodeState::Approved;
  approved.user_id = grant.user->id;
  approved.tenant_id = grant.tenant.id;
  approved.mfa = grant.mfa;
  return Done{};
}

Result<Reply> answer_code(const Call& call, const Fields& fields) {
  const std::string typed = field(fields, "user_code");
  if (typed.empty()) {
    return Error{ErrorCode::AadMissingParameter, {"user_code"}};
  }
  const DeviceCode* code = find_user_code(call.world, typed);
  if (code == nullptr || code->state != DeviceCodeState::Pending) {
    return ErrorCode::AadDeviceCodeUnknown;
  }
  if (code->expires <= call.env.now) {
    return ErrorCode::AadDeviceCodeExpired;
  }
  if (field(fields, "action") == "decline") {
    call.world.device_codes.edit(code->device_code)->state = DeviceCodeState::Declined;
    return done_page(call, words_of(call).device_declined);
  }
  PCSIM_TRY(approved, approve(call, fields, *code));
  static_cast<void>(approved);
  return done_page(call, words_of(call).device_done);
}

Result<Reply> show(const Call& call) {
  PCSIM_TRY(tenant, tenant_of(call));
  static_cast<void>(tenant);
  return code_page(call, call.query, nullptr);
}

Result<Reply> sign_in(const Call& call) {
  PCSIM_TRY(tenant, tenant_of(call));
  static_cast<void>(tenant);
  const Fields fields = form_fields(call);
  auto reply = answer_code(call, fields);
  if (!reply && wants_page(call) && may_try_again(reply.error().code)) {
    return code_page(call, fields, &reply.error());
  }
  return reply;
}

}  // namespace

Result<Reply> handle_DeviceCodeV1(const Call& call) { return issue(call, false); }

Result<Reply> handle_DeviceCodeV2(const Call& call) { return issue(call, true); }

Result<Reply> handle_DevicePage(const Call& call) { return shown(call, show(call)); }

Result<Reply> handle_DeviceSignIn(const Call& call) { return shown(call, sign_in(call)); }

}  // namespace pcsim
