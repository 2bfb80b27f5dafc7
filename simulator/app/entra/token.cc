#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "app/handlers.h"
#include "codec/entra/form.h"
#include "codec/time.h"
#include "domain/identity/identity.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using Json = nlohmann::ordered_json;
using Fields = std::map<std::string, std::string>;

constexpr std::int64_t kAccessLifetime = 3600;
constexpr std::int64_t kRefreshLifetime = 90LL * 86'400;

/// What a token request has established so far.
struct Grant {
  bool v2 = false;
  std::string type{}, client_id{}, resource{};
  TenantRef tenant{};
  const Application* application = nullptr;
  const User* user = nullptr;
  bool with_secret = false;
  bool mfa = false;
};

Error missing(std::string_view parameter) {
  return Error{ErrorCode::AadMissingParameter, {std::string(parameter)}};
}

std::string field(const Fields& fields, const char* name) {
  const auto found = fields.find(name);
  return found == fields.end() ? std::string{} : found->second;
}

std::int64_t seconds(const Call& call) { return call.env.now / kSecond; }

std::string issuer(const std::string& tenant) { return "https://sts.windows.net/" + tenant + "/"; }

/// The form with the credentials of an Authorization: Basic header as its client fields.
Fields read_fields(const Call& call) {
  Fields fields = decode_form(call.request.body);
  if (const auto header = call.request.headers.find("Authorization")) {
    if (auto basic = decode_basic(*header)) {
      fields.emplace("client_id", std::move(basic->first));
      fields.emplace("client_secret", std::move(basic->second));
    }
  }
  return fields;
}

std::vector<const char*> required_fields(const std::string& type, bool v2) {
  std::vector<const char*> names{"client_id"};
  if (type == "client_credentials") {
    names.push_back("client_secret");
  } else if (type == "password") {
    names.push_back("username");
    names.push_back("password");
  } else {
    names.push_back("refresh_token");
  }
  names.push_back(v2 ? "scope" : "resource");
  return names;
}

Result<Done> check_form(const Fields& fields, bool v2) {
  const std::string type = field(fields, "grant_type");
  if (type.empty()) {
    return missing("grant_type");
  }
  if (type != "client_credentials" && type != "password" && type != "refresh_token") {
    return Error{ErrorCode::AadUnsupportedGrantType, {type}};
  }
  for (const char* name : required_fields(type, v2)) {
    if (field(fields, name).empty()) {
      return missing(name);
    }
  }
  return Done{};
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
  if (!claims.is_object() || claims.value("typ", "") != "pcsim_refresh" ||
      claims.value("pcsim_universe", "") != call.universe_id ||
      !equal_ignoring_case(claims.value("appid", ""), grant.client_id)) {
    return ErrorCode::AadGrantExpired;
  }
  if (claims.value("exp", std::int64_t{0}) <= seconds(call)) {
    return Error{ErrorCode::AadRefreshTokenExpired,
                 {to_iso(claims.value("iat", std::int64_t{0}) * kSecond), "90.00:00:00"}};
  }
  const User* found = call.world.users.find(lower(claims.value("oid", "")));
  if (found == nullptr) {
    return ErrorCode::AadGrantExpired;
  }
  if (!grant.tenant.any && !user_reaches(call.world, *found, grant.tenant, true)) {
    return Error{ErrorCode::AadUserNotFound, {"{EmailHidden}", grant.tenant.id}};
  }
  grant.user = found;
  grant.mfa = claims.value("mfa", false);
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

Result<Done> check_client(const Call& call, const Fields& fields, Grant& grant) {
  grant.application = find_application(call.world, grant.client_id);
  const ClientStanding standing =
      client_standing(call.world, grant.application, grant.client_id, grant.tenant);
  const bool app_only = grant.type == "client_credentials";
  const bool allowed = standing == ClientStanding::Home ||
                       (standing == ClientStanding::PublicClient && !app_only) ||
                       (standing == ClientStanding::OnBehalf && grant.type == "refresh_token");
  if (!allowed) {
    return Error{ErrorCode::AadAppNotFound, {grant.client_id, grant.tenant.id}};
  }
  const std::string secret = field(fields, "client_secret");
  if (grant.application != nullptr && !secret.empty()) {
    if (secret != grant.application->client_secret) {
      return Error{ErrorCode::AadInvalidClientSecret, {grant.client_id}};
    }
    grant.with_secret = true;
  }
  return Done{};
}

Result<Done> check_resource(const Call& call, const Fields& fields, Grant& grant) {
  grant.resource = field(fields, "resource");
  if (grant.v2) {
    const std::string scope = field(fields, "scope");
    const auto request = decode_scope(scope);
    if (!request || (grant.type == "client_credentials" && !request->only_default)) {
      return Error{ErrorCode::AadInvalidScope, {scope}};
    }
    grant.resource = request->resource;
  }
  if (!resource_kind(grant.resource, call.base_url)) {
    return Error{ErrorCode::AadInvalidResource, {grant.resource, grant.tenant.id}};
  }
  return Done{};
}

void add_user_claims(const Call& call, const Grant& grant, Json& claims) {
  const User& user = *grant.user;
  claims["amr"] = grant.mfa ? Json{"pwd", "mfa"} : Json::array({"pwd"});
  claims["name"] = user.display_name.empty() ? user.user_principal_name : user.display_name;
  claims["scp"] = "user_impersonation";
  claims["unique_name"] = user.user_principal_name;
  claims["upn"] = user.user_principal_name;
  if (equal_ignoring_case(user.tenant_id, grant.tenant.id)) {
    return;
  }
  claims["idp"] = issuer(lower(user.tenant_id));
  const Partner* partner = call.world.partners.find(lower(user.tenant_id));
  if ((user.roles & kAdminAgent) != 0 && partner != nullptr) {
    claims["groups"] = Json::array({partner->admin_agents_group});
  }
}

std::string access_token(const Call& call, const Grant& grant) {
  const std::int64_t now = seconds(call);
  const std::string subject = grant.user != nullptr ? grant.user->id : grant.application->object_id;
  // An application has no directory role; where one is asked of users, it passes as its partner.
  const std::uint32_t app_roles = grant.tenant.partner != nullptr ? std::uint32_t{kAnyRole} : 0U;
  Json claims{{"aud", grant.resource},
              {"iss", issuer(grant.tenant.id)},
              {"iat", now},
              {"nbf", now},
              {"exp", now + kAccessLifetime},
              {"acr", "1"},
              {"appid", grant.client_id},
              {"appidacr", grant.with_secret ? "1" : "0"},
              {"idtyp", grant.user != nullptr ? "user" : "app"},
              {"oid", subject},
              {"sub", subject},
              {"tid", grant.tenant.id},
              {"uti", call.env.ids.hex(22)},
              {"ver", "1.0"},
              {"pcsim_roles", grant.user != nullptr ? grant.user->roles : app_roles},
              {"pcsim_universe", call.universe_id}};
  if (grant.user != nullptr) {
    add_user_claims(call, grant, claims);
  } else {
    claims["idp"] = issuer(grant.tenant.id);
  }
  return call.authority.sign(claims.dump());
}

std::string refresh_token(const Call& call, const Grant& grant) {
  const std::int64_t now = seconds(call);
  return call.authority.sign(Json{
      {"typ", "pcsim_refresh"},
      {"oid", grant.user->id},
      {"tid", lower(grant.user->tenant_id)},
      {"appid", grant.client_id},
      {"mfa", grant.mfa},
      {"iat", now},
      {"exp", now + kRefreshLifetime},
      {"jti", call.env.ids.hex(22)},
      {"pcsim_universe",
       call.universe_id}}.dump());
}

std::string id_token(const Call& call, const Grant& grant) {
  const std::int64_t now = seconds(call);
  const User& user = *grant.user;
  Json claims{
      {"aud", grant.client_id},
      {"iss", grant.v2 ? call.base_url + "/" + grant.tenant.id + "/v2.0" : issuer(grant.tenant.id)},
      {"iat", now},
      {"nbf", now},
      {"exp", now + kAccessLifetime},
      {"name", user.display_name.empty() ? user.user_principal_name : user.display_name},
      {"oid", user.id},
      {"sub", user.id},
      {"tid", grant.tenant.id},
      {"ver", grant.v2 ? "2.0" : "1.0"}};
  if (grant.v2) {
    claims["preferred_username"] = user.user_principal_name;
  } else {
    claims["unique_name"] = user.user_principal_name;
    claims["upn"] = user.user_principal_name;
  }
  return call.authority.sign(claims.dump());
}

Reply answer(const Call& call, const Grant& grant) {
  Json body{{"token_type", "Bearer"}};
  if (grant.user != nullptr) {
    body["scope"] = grant.v2 ? grant.resource + "/user_impersonation" : "user_impersonation";
  }
  if (grant.v2) {
    body["expires_in"] = kAccessLifetime - 1;
    body["ext_expires_in"] = kAccessLifetime - 1;
  } else {
    body["expires_in"] = std::to_string(kAccessLifetime - 1);
    body["ext_expires_in"] = std::to_string(kAccessLifetime - 1);
    body["expires_on"] = std::to_string(seconds(call) + kAccessLifetime);
    body["not_before"] = std::to_string(seconds(call));
    body["resource"] = grant.resource;
  }
  body["access_token"] = access_token(call, grant);
  if (grant.user != nullptr) {
    body["refresh_token"] = refresh_token(call, grant);
    body["id_token"] = id_token(call, grant);
    body["client_info"] =
        base64url(Json{{"uid", grant.user->id}, {"utid", lower(grant.user->tenant_id)}}.dump());
  }
  Reply reply;
  reply.json = body.dump();
  reply.headers.add("Cache-Control", "no-store, no-cache");
  reply.headers.add("Pragma", "no-cache");
  reply.headers.add("Expires", "-1");
  return reply;
}

Result<Reply> issue(const Call& call, bool v2) {
  const std::string& segment = call.path.at("tenant");
  const auto tenant = find_tenant(call.world, segment);
  if (!tenant) {
    return Error{ErrorCode::AadTenantNotFound, {segment}};
  }
  const Fields fields = read_fields(call);
  PCSIM_TRY(form, check_form(fields, v2));
  static_cast<void>(form);
  Grant grant;
  grant.v2 = v2;
  grant.type = field(fields, "grant_type");
  grant.client_id = lower(field(fields, "client_id"));
  grant.tenant = *tenant;
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
  PCSIM_TRY(resource, check_resource(call, fields, grant));
  static_cast<void>(resource);
  if (!user_first) {
    PCSIM_TRY(late, subject());
    static_cast<void>(late);
  }
  return answer(call, grant);
}

}  // namespace

Result<Reply> handle_TokenV1(const Call& call) { return issue(call, false); }

Result<Reply> handle_TokenV2(const Call& call) { return issue(call, true); }

}  // namespace pcsim
