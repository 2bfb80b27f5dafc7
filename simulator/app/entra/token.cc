#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/entra/grant.h"
#include "app/handlers.h"
#include "codec/entra/form.h"
#include "codec/time.h"
#include "domain/identity/identity.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using Json = nlohmann::ordered_json;
using Fields = std::map<std::string, std::string>;

Error missing(std::string_view parameter) {
  return Error{ErrorCode::AadMissingParameter, {std::string(parameter)}};
}

std::string field(const Fields& fields, const char* name) {
  const auto found = fields.find(name);
  return found == fields.end() ? std::string{} : found->second;
}

/// The form with the credentials of an Authorization: Basic header as its client fields. A body
/// that is not declared a form has no fields.
Fields read_fields(const Call& call) {
  Fields fields;
  const auto type = call.request.headers.find("Content-Type");
  if (!type || is_form(*type)) {
    fields = decode_form(call.request.body);
  }
  if (const auto header = call.request.headers.find("Authorization")) {
    if (auto basic = decode_basic(*header)) {
      fields.emplace("client_id", std::move(basic->first));
      fields.emplace("client_secret", std::move(basic->second));
    }
  }
  return fields;
}

/// A grant and the fields it cannot do without; a refresh without a resource asks for the one
/// of before.
struct GrantRow {
  std::string_view type;
  std::array<const char*, 4> required;
  bool needs_resource;
};

constexpr std::array kGrants{
    GrantRow{"client_credentials", {"client_id"}, true},
    GrantRow{"password", {"client_id", "username", "password"}, true},
    GrantRow{"refresh_token", {"client_id", "refresh_token"}, false},
};

Result<Done> check_form(const Fields& fields, bool v2) {
  const std::string type = field(fields, "grant_type");
  if (type.empty()) {
    return missing("grant_type");
  }
  for (const GrantRow& row : kGrants) {
    if (row.type != type) {
      continue;
    }
    for (const char* name : row.required) {
      if (name != nullptr && field(fields, name).empty()) {
        return missing(name);
      }
    }
    const char* resource = v2 ? "scope" : "resource";
    if (row.needs_resource && field(fields, resource).empty()) {
      return missing(resource);
    }
    return Done{};
  }
  return Error{ErrorCode::AadUnsupportedGrantType, {type}};
}

Result<Done> sign_in(const Call& call, const Fields& fields, Grant& grant) {
  const User* user = find_user(call.world, field(fields, "username"));
  if (user == nullptr ||
      (!grant.tenant.any && !user_reaches(call.world, *user, grant.tenant, false))) {
    return Error{ErrorCode::AadUserNotFound,
                 {"{EmailHidden}", grant.tenant.any ? "common" : grant.tenant.id}};
  }
  if (user->password != field(fields, "password")) {
    return ErrorCode::AadInvalidCredentials;
  }
  grant.user = user;
  grant.mfa = user->mfa;
  return Done{};
}

Result<Done> redeem(const Call& call, const Fields& fields, Grant& grant) {
  const auto text = call.authority.verify(field(fields, "refresh_token"));
  const Json claims = text ? Json::parse(*text, nullptr, false) : Json();
  if (!claims.is_object() || claims.value("typ", "") != kRefreshTokenType) {
    return ErrorCode::AadMalformedGrant;
  }
  const User* found = call.world.users.find(lower(claims.value("oid", "")));
  if (found == nullptr || claims.value("pcsim_universe", "") != call.universe_id ||
      !equal_ignoring_case(claims.value("appid", ""), grant.client_id)) {
    return ErrorCode::AadGrantExpired;
  }
  if (claims.value("exp", std::int64_t{0}) <= call.env.now / kSecond) {
    return Error{ErrorCode::AadRefreshTokenExpired,
                 {to_iso(claims.value("iat", std::int64_t{0}) * kSecond), "90.00:00:00"}};
  }
  if (!grant.tenant.any && !user_reaches(call.world, *found, grant.tenant, true)) {
    return Error{ErrorCode::AadUserNotFound, {"{EmailHidden}", grant.tenant.id}};
  }
  grant.user = found;
  grant.mfa = claims.value("mfa", false);
  if (field(fields, grant.v2 ? "scope" : "resource").empty()) {
    grant.resource = claims.value("resource", "");
  }
  return Done{};
}

/// Replaces common or organizations by the tenant the user lives in.
Result<Done> settle_tenant(const Call& call, Grant& grant) {
  if (!grant.tenant.any) {
    return Done{};
  }
  const auto home =
      grant.user != nullptr ? find_tenant(call.world, grant.user->tenant_id) : std::nullopt;
  if (!home) {
    return ErrorCode::AadTenantAmbiguous;
  }
  grant.tenant = *home;
  return Done{};
}

/// Whether the application may ask for this grant in this tenant.
Result<Done> check_standing(const Call& call, Grant& grant) {
  const bool app_only = grant.type == "client_credentials";
  switch (client_standing(call.world, grant.application, grant.client_id, grant.tenant)) {
    case ClientStanding::Home:
      return Done{};
    case ClientStanding::PublicClient:
      if (app_only) {
        return ErrorCode::AadClientSecretMissing;
      }
      return Done{};
    case ClientStanding::OnBehalf:
      if (grant.type == "refresh_token") {
        return Done{};
      }
      if (app_only && call.env.switches.is({Switch::PartnerAppAtCustomer, "refused"})) {
        return Error{ErrorCode::AadServicePrincipalMissing, {grant.client_id, grant.tenant.id}};
      }
      if (app_only) {
        grant.foreign = true;
        return Done{};
      }
      break;
    case ClientStanding::None:
      break;
  }
  return Error{ErrorCode::AadAppNotFound, {grant.client_id, grant.tenant.id}};
}

/// A confidential application proves itself at every grant.
Result<Done> check_client(const Call& call, const Fields& fields, Grant& grant) {
  grant.application = find_application(call.world, grant.client_id);
  PCSIM_TRY(standing, check_standing(call, grant));
  static_cast<void>(standing);
  if (grant.application == nullptr || grant.application->client_secret.empty()) {
    return Done{};
  }
  const std::string secret = field(fields, "client_secret");
  if (secret.empty()) {
    return field(fields, "client_assertion").empty() ? ErrorCode::AadClientSecretMissing
                                                     : ErrorCode::AadInvalidClientAssertion;
  }
  if (secret != grant.application->client_secret) {
    return Error{ErrorCode::AadInvalidClientSecret, {grant.client_id}};
  }
  grant.with_secret = true;
  return Done{};
}

/// Whether the names of scopes are those a resource has: all of them stand for the whole.
bool known_scopes(const ScopeRequest& request, bool app_only) {
  return std::all_of(request.names.begin(), request.names.end(), [&](const std::string& name) {
    return name == ".default" || (!app_only && equal_ignoring_case(name, "user_impersonation"));
  });
}

Result<Done> check_resource(const Call& call, const Fields& fields, Grant& grant) {
  if (const std::string asked = field(fields, grant.v2 ? "scope" : "resource"); !asked.empty()) {
    grant.resource = asked;
  }
  if (grant.v2 && !field(fields, "scope").empty()) {
    const auto request = decode_scope(grant.resource);
    if (!request || !known_scopes(*request, grant.type == "client_credentials")) {
      return Error{ErrorCode::AadInvalidScope, {grant.resource}};
    }
    grant.resource = request->resource;
  }
  auto resource = find_resource(grant.resource, call.base_url);
  if (!resource) {
    return Error{ErrorCode::AadInvalidResource, {grant.resource, grant.tenant.id}};
  }
  grant.audience = std::move(resource->audience);
  return Done{};
}

Result<TenantRef> tenant_of(const Call& call) {
  const std::string& segment = call.path.at("tenant");
  if (auto found = find_tenant(call.world, segment)) {
    return *std::move(found);
  }
  return Error{is_tenant_name(segment) ? ErrorCode::AadTenantNotFound
                                       : ErrorCode::AadInvalidTenantIdentifier,
               {segment}};
}

Result<Reply> issue(const Call& call, bool v2) {
  PCSIM_TRY(tenant, tenant_of(call));
  const Fields fields = read_fields(call);
  PCSIM_TRY(form, check_form(fields, v2));
  static_cast<void>(form);
  Grant grant;
  grant.v2 = v2;
  grant.type = field(fields, "grant_type");
  grant.client_id = lower(field(fields, "client_id"));
  grant.tenant = tenant;
  const auto subject = [&]() -> Result<Done> {
    if (grant.type == "client_credentials") {
      return Done{};
    }
    return grant.type == "password" ? sign_in(call, fields, grant) : redeem(call, fields, grant);
  };
  // With common the tenant is the user's, so the user comes first; otherwise the client does.
  const bool user_first = grant.tenant.any;
  if (user_first) {
    PCSIM_TRY(early, subject());
    static_cast<void>(early);
  }
  PCSIM_TRY(settled, settle_tenant(call, grant));
  static_cast<void>(settled);
  PCSIM_TRY(client, check_client(call, fields, grant));
  static_cast<void>(client);
  // A refresh token may name the resource, and no one learns of users before it is known.
  const bool refresh = grant.type == "refresh_token";
  if (!user_first && refresh) {
    PCSIM_TRY(redeemed, subject());
    static_cast<void>(redeemed);
  }
  PCSIM_TRY(resource, check_resource(call, fields, grant));
  static_cast<void>(resource);
  if (!user_first && !refresh) {
    PCSIM_TRY(late, subject());
    static_cast<void>(late);
  }
  return token_answer(call, grant);
}

}  // namespace

Result<Reply> handle_TokenV1(const Call& call) { return issue(call, false); }

Result<Reply> handle_TokenV2(const Call& call) { return issue(call, true); }

}  // namespace pcsim
