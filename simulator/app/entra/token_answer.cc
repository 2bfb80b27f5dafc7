#include <array>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "app/entra/grant.h"
#include "codec/entra/form.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::int64_t kAccessLifetime = 3600;
constexpr std::int64_t kRefreshLifetime = 90LL * 86'400;

std::int64_t seconds(const Call& call) { return call.env.now / kSecond; }

/// The directory roles that tokens name. Source: Microsoft Entra built-in roles.
struct DirectoryRole {
  std::uint32_t role;  ///< zero: everyone's
  std::string_view id;
};

constexpr std::array kDirectoryRoles{
    DirectoryRole{kGlobalAdmin, "62e90394-69f5-4237-9190-012177145e10"},
    DirectoryRole{kUserAdmin, "fe930be7-5e62-47db-91af-98c3a49a38b1"},
    DirectoryRole{0, "b79fbf4d-3ef9-4689-8143-76b194e85509"},
};

Json directory_roles(const User& user) {
  Json ids = Json::array();
  for (const DirectoryRole& row : kDirectoryRoles) {
    if (row.role == 0 || (user.roles & row.role) != 0) {
      ids.push_back(std::string{row.id});
    }
  }
  return ids;
}

/// A stable sixteen-digit id of a user, as older services know him.
std::string puid_of(const User& user) {
  std::string digits;
  for (const char c : lower(user.id)) {
    if (digits.size() < 8 && ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
      digits.push_back(c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c);
    }
  }
  return "10032000" + std::string(8 - digits.size(), '0') + digits;
}

const std::string& name_of(const User& user) {
  return user.display_name.empty() ? user.user_principal_name : user.display_name;
}

void add_user_claims(const Call& call, const Grant& grant, Json& claims) {
  const User& user = *grant.user;
  claims["acr"] = "1";
  claims["amr"] = grant.mfa ? Json{"pwd", "mfa"} : Json::array({"pwd"});
  claims["name"] = name_of(user);
  claims["puid"] = puid_of(user);
  claims["scp"] = "user_impersonation";
  claims["unique_name"] = user.user_principal_name;
  claims["upn"] = user.user_principal_name;
  if (equal_ignoring_case(user.tenant_id, grant.tenant.id)) {
    claims["wids"] = directory_roles(user);
    return;
  }
  // On behalf of a customer: what counts there is the partner's group of admin agents.
  claims["idp"] = issuer_of(lower(user.tenant_id));
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
  Json claims{{"aud", grant.audience},
              {"iss", issuer_of(grant.tenant.id)},
              {"iat", now},
              {"nbf", now},
              {"exp", now + kAccessLifetime},
              {"appid", grant.client_id},
              {"appidacr", grant.with_secret ? "1" : "0"},
              {"idtyp", grant.user != nullptr ? "user" : "app"},
              {"sub", subject},
              {"tid", grant.tenant.id},
              {"uti", call.env.ids.hex(22)},
              {"ver", "1.0"},
              {"pcsim_roles", grant.user != nullptr ? grant.user->roles : app_roles},
              {"pcsim_universe", call.universe_id}};
  if (!grant.foreign) {
    claims["oid"] = subject;
  }
  if (grant.user != nullptr) {
    add_user_claims(call, grant, claims);
  } else {
    claims["idp"] = issuer_of(grant.tenant.id);
  }
  return call.authority.sign(claims.dump());
}

std::string refresh_token(const Call& call, const Grant& grant) {
  const std::int64_t now = seconds(call);
  return call.authority.sign(Json{
      {"typ", kRefreshTokenType},
      {"oid", grant.user->id},
      {"tid", lower(grant.user->tenant_id)},
      {"appid", grant.client_id},
      {"resource", grant.resource},
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
  Json claims{{"aud", grant.client_id},
              {"iss", grant.v2 ? call.base_url + "/" + grant.tenant.id + "/v2.0"
                               : issuer_of(grant.tenant.id)},
              {"iat", now},
              {"nbf", now},
              {"exp", now + kAccessLifetime},
              {"name", name_of(user)},
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

}  // namespace

std::string issuer_of(const std::string& tenant_id) {
  return "https://sts.windows.net/" + tenant_id + "/";
}

Reply token_answer(const Call& call, const Grant& grant) {
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
  return reply;
}

}  // namespace pcsim
