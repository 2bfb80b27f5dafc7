#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include "app/entra/grant.h"
#include "codec/entra/client_assertion.h"
#include "codec/time.h"
#include "domain/identity/sign_in.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using Json = nlohmann::ordered_json;

constexpr Instant kPollInterval = 5 * kSecond;

/// The user a token of ours speaks of; null once the account is gone.
const User* user_of(const Call& call, const std::string& id) {
  const User* user = call.world.users.find(lower(id));
  return user == nullptr || user->soft_deleted ? nullptr : user;
}

/// The tenant a code was issued in, where the request names none of its own.
Result<Done> settle_code_tenant(const Call& call, const std::string& tenant_id, Grant& grant) {
  if (grant.tenant.any) {
    if (auto tenant = find_tenant(call.world, tenant_id)) {
      grant.tenant = *std::move(tenant);
    }
  }
  if (grant.user == nullptr || !user_reaches(call.world, *grant.user, grant.tenant, true)) {
    return Error{ErrorCode::AadUserNotFound, {"{EmailHidden}", grant.tenant.id}};
  }
  return Done{};
}

Result<Done> check_verifier(const Fields& fields, const AuthorizationCode& code) {
  const std::string verifier = field(fields, "code_verifier");
  if (code.challenge.empty()) {
    return Done{};
  }
  if (verifier.empty()) {
    return ErrorCode::AadCodeVerifierMissing;
  }
  return verifier_fits(verifier, code.challenge, code.challenge_method)
             ? Result<Done>{Done{}}
             : ErrorCode::AadCodeVerifierMismatch;
}

/// Whether `audience` is the application itself.
bool is_own_audience(std::string_view audience, const std::string& client_id) {
  constexpr std::string_view scheme = "api://";
  if (equal_ignoring_case(audience.substr(0, scheme.size()), scheme)) {
    audience.remove_prefix(scheme.size());
  }
  return equal_ignoring_case(audience, client_id);
}

}  // namespace

Result<Done> redeem_refresh_token(const Call& call, const Fields& fields, Grant& grant) {
  const auto text = call.authority.verify(field(fields, "refresh_token"));
  const Json claims = text ? Json::parse(*text, nullptr, false) : Json();
  if (!claims.is_object() || claims.value("typ", "") != kRefreshTokenType) {
    return ErrorCode::AadMalformedGrant;
  }
  const User* found = user_of(call, claims.value("oid", ""));
  if (found == nullptr || claims.value("pcsim_universe", "") != call.universe_id ||
      !equal_ignoring_case(claims.value("appid", ""), grant.client_id)) {
    return ErrorCode::AadGrantExpired;
  }
  const Instant issued =
      claims.value("pcsim_issued", claims.value("iat", std::int64_t{0}) * kSecond);
  if (found->sessions_end && issued < *found->sessions_end) {
    return Error{ErrorCode::AadGrantRevoked, {to_iso(issued), to_iso(*found->sessions_end)}};
  }
  if (claims.value("exp", std::int64_t{0}) <= call.env.now / kSecond) {
    return Error{ErrorCode::AadRefreshTokenExpired, {to_iso(issued), "90.00:00:00"}};
  }
  if (!grant.tenant.any && !user_reaches(call.world, *found, grant.tenant, true)) {
    return Error{ErrorCode::AadUserNotFound, {"{EmailHidden}", grant.tenant.id}};
  }
  grant.user = found;
  grant.mfa = claims.value("mfa", false);
  grant.resource = claims.value("resource", "");
  return Done{};
}

Result<Done> redeem_code(const Call& call, const Fields& fields, Grant& grant) {
  const AuthorizationCode* code = call.world.authorization_codes.find(field(fields, "code"));
  if (code == nullptr || !equal_ignoring_case(code->client_id, grant.client_id)) {
    return ErrorCode::AadMalformedGrant;
  }
  if (code->redeemed) {
    return ErrorCode::AadCodeAlreadyRedeemed;
  }
  if (code->expires <= call.env.now) {
    return ErrorCode::AadGrantExpired;
  }
  if (const std::string uri = field(fields, "redirect_uri"); uri != code->redirect_uri) {
    return Error{ErrorCode::AadReplyAddressChanged, {uri, code->redirect_uri}};
  }
  PCSIM_TRY(verified, check_verifier(fields, *code));
  static_cast<void>(verified);
  grant.user = user_of(call, code->user_id);
  grant.mfa = code->mfa;
  grant.nonce = code->nonce;
  grant.resource = code->resource;
  return settle_code_tenant(call, code->tenant_id, grant);
}

Result<Done> redeem_device_code(const Call& call, const Fields& fields, Grant& grant) {
  const std::string second = field(fields, "device_code");
  const std::string key = second.empty() ? field(fields, "code") : second;
  const DeviceCode* code = call.world.device_codes.find(key);
  if (code == nullptr || code->redeemed || !equal_ignoring_case(code->client_id, grant.client_id)) {
    return ErrorCode::AadDeviceCodeUnknown;
  }
  if (code->expires <= call.env.now) {
    return ErrorCode::AadDeviceCodeTokenExpired;
  }
  if (code->state == DeviceCodeState::Declined) {
    return ErrorCode::AadDeviceCodeDeclined;
  }
  if (code->state == DeviceCodeState::Pending) {
    if (!call.env.switches.is({Switch::DevicePolling, "slow_down"})) {
      return ErrorCode::AadAuthorizationPending;
    }
    const bool too_fast = call.env.now < code->next_poll;
    call.world.device_codes.edit(key)->next_poll = call.env.now + kPollInterval;
    return too_fast ? ErrorCode::AadDevicePollsTooFast : ErrorCode::AadAuthorizationPending;
  }
  grant.user = user_of(call, code->user_id);
  grant.mfa = code->mfa;
  grant.resource = code->resource;
  return settle_code_tenant(call, code->tenant_id, grant);
}

Result<Done> redeem_assertion(const Call& call, const Fields& fields, Grant& grant) {
  const std::string token = field(fields, "assertion");
  const auto text = call.authority.verify(token);
  const Json claims = text ? Json::parse(*text, nullptr, false) : Json();
  if (!claims.is_object()) {
    return std::count(token.begin(), token.end(), '.') == 2 ? ErrorCode::AadUserAssertionSignature
                                                            : ErrorCode::AadInvalidJwt;
  }
  const std::string audience = claims.value("aud", "");
  if (!is_own_audience(audience, grant.client_id)) {
    return Error{ErrorCode::AadUserAssertionAudience, {audience, grant.client_id}};
  }
  if (claims.value("exp", std::int64_t{0}) <= call.env.now / kSecond) {
    return ErrorCode::AadUserAssertionExpired;
  }
  const User* user = user_of(call, claims.value("pcsim_user", ""));
  if (user == nullptr || claims.value("pcsim_universe", "") != call.universe_id) {
    return ErrorCode::AadUserAssertionSignature;
  }
  grant.user = user;
  if (const auto amr = claims.find("amr"); amr != claims.end() && amr->is_array()) {
    grant.mfa = std::find(amr->begin(), amr->end(), "mfa") != amr->end();
  }
  return settle_code_tenant(call, claims.value("tid", ""), grant);
}

}  // namespace pcsim
