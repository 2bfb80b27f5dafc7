#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "app/entra/grant.h"
#include "codec/entra/form.h"
#include "domain/identity/sign_in.h"
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
  for (const std::string& id : user.directory_roles) {
    if (std::find(ids.begin(), ids.end(), id) == ids.end()) {
      ids.push_back(id);
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

/// The names of the scopes that were granted; `.default` stands for all of them.
std::vector<std::string> granted_scopes(const Grant& grant) {
  std::vector<std::string> names;
  for (const std::string& name : grant.scopes) {
    names.push_back(name == ".default" ? "user_impersonation" : name);
  }
  if (names.empty()) {
    names.emplace_back(grant.resource == kGraphResource ? "User.Read" : "user_impersonation");
  }
  return names;
}

std::string scope_names(const Grant& grant) {
  std::string text;
  for (const std::string& name : granted_scopes(grant)) {
    text += (text.empty() ? "" : " ") + name;
  }
  return text;
}

/// The same, each with its resource.
std::string scopes_of(const Grant& grant) {
  std::string text;
  for (const std::string& name : granted_scopes(grant)) {
    text += (text.empty() ? "" : " ") + grant.resource + "/" + name;
  }
  return text;
}

/// A user's object in the tenant: a guest has one of its own there.
std::string object_of(const Grant& grant) {
  const GuestAccess* guest = guest_access(*grant.user, grant.tenant.id);
  return guest == nullptr ? grant.user->id : lower(guest->object_id);
}

/// The groups of its partner's agents that a user is in.
Json agent_groups(const World& world, const User& user) {
  Json groups = Json::array();
  const Partner* partner = world.partners.find(lower(user.tenant_id));
  if (partner == nullptr) {
    return groups;
  }
  const auto add = [&](std::uint32_t role, const std::string& group) {
    if ((user.roles & role) != 0 && !group.empty()) {
      groups.push_back(group);
    }
  };
  add(kAdminAgent, partner->admin_agents_group);
  add(kHelpdeskAgent, partner->helpdesk_agents_group);
  add(kSalesAgent, partner->sales_agents_group);
  return groups;
}

void add_user_claims(const Call& call, const Grant& grant, Json& claims) {
  const User& user = *grant.user;
  claims["acr"] = "1";
  claims["amr"] = grant.mfa ? Json{"pwd", "mfa"} : Json::array({"pwd"});
  claims["ipaddr"] = "127.0.0.1";
  claims["name"] = name_of(user);
  claims["puid"] = puid_of(user);
  claims["scp"] = scope_names(grant);
  claims["unique_name"] = user.user_principal_name;
  claims["upn"] = user.user_principal_name;
  claims["pcsim_user"] = user.id;
  if (!grant.contexts.empty()) {
    claims["acrs"] = grant.contexts;
  }
  if (equal_ignoring_case(user.tenant_id, grant.tenant.id)) {
    claims["wids"] = directory_roles(user);
  } else {
    claims["idp"] = issuer_of(lower(user.tenant_id));
  }
  // Being invited counts for more than what the home tenant administers by delegation.
  if (guest_access(user, grant.tenant.id) != nullptr) {
    claims["acct"] = 1;
    return;
  }
  if (Json groups = agent_groups(call.world, user); !groups.empty()) {
    claims["groups"] = std::move(groups);
  }
}

const char* proof_class(ClientProof proof) {
  switch (proof) {
    case ClientProof::None:
      return "0";
    case ClientProof::Secret:
      return "1";
    case ClientProof::Certificate:
      return "2";
  }
  return "0";
}

/// The application's object in the tenant.
std::string object_of_application(const Call& call, const Grant& grant) {
  const ServicePrincipal* found =
      find_service_principal(call.world, grant.client_id, grant.tenant.id);
  return found == nullptr ? grant.application->object_id : found->object_id;
}

std::string access_token(const Call& call, const Grant& grant) {
  const std::int64_t now = seconds(call);
  const std::string subject =
      grant.user != nullptr ? object_of(grant) : object_of_application(call, grant);
  const std::string unique = call.env.ids.hex(22);
  // An application has no directory role; where one is asked of users, it passes as its partner.
  const std::uint32_t app_roles = grant.tenant.partner != nullptr ? std::uint32_t{kAnyRole} : 0U;
  Json claims{{"aud", grant.audience},
              {"iss", issuer_of(grant.tenant.id)},
              {"iat", now},
              {"nbf", now},
              {"exp", now + kAccessLifetime},
              {"aio", base64url("aio." + unique)},
              {"appid", grant.client_id},
              {"appidacr", proof_class(grant.proof)},
              {"idtyp", grant.user != nullptr ? "user" : "app"},
              {"rh", "0." + base64url("rh." + grant.tenant.id) + "."},
              {"sub", subject},
              {"tid", grant.tenant.id},
              {"uti", unique},
              {"ver", "1.0"},
              {"pcsim_roles", grant.user != nullptr ? grant.user->roles : app_roles},
              {"pcsim_issued", call.env.now},
              {"pcsim_universe", call.universe_id}};
  if (!grant.foreign) {
    claims["oid"] = subject;
  }
  if (grant.continuous) {
    claims["xms_cc"] = Json::array({"CP1"});
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
      {"pcsim_issued", call.env.now},
      {"exp", now + kRefreshLifetime},
      {"jti", call.env.ids.hex(22)},
      {"pcsim_universe",
       call.universe_id}}.dump());
}

}  // namespace

std::string issuer_of(const std::string& tenant_id) {
  return "https://sts.windows.net/" + tenant_id + "/";
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
              {"oid", object_of(grant)},
              {"sub", object_of(grant)},
              {"tid", grant.tenant.id},
              {"ver", grant.v2 ? "2.0" : "1.0"}};
  if (grant.v2) {
    claims["preferred_username"] = user.user_principal_name;
  } else {
    claims["unique_name"] = user.user_principal_name;
    claims["upn"] = user.user_principal_name;
  }
  if (!grant.nonce.empty()) {
    claims["nonce"] = grant.nonce;
  }
  if (!equal_ignoring_case(user.tenant_id, grant.tenant.id)) {
    claims["idp"] = issuer_of(lower(user.tenant_id));
  }
  return call.authority.sign(claims.dump());
}

std::string client_info(const User& user) {
  return base64url(Json{{"uid", user.id}, {"utid", lower(user.tenant_id)}}.dump());
}

Reply token_answer(const Call& call, const Grant& grant) {
  Json body{{"token_type", "Bearer"}};
  if (grant.user != nullptr) {
    body["scope"] = grant.v2 ? scopes_of(grant) : scope_names(grant);
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
    if (grant.user != nullptr && grant.user->password_expires.value_or(0) > call.env.now) {
      body["pwd_exp"] = std::to_string((*grant.user->password_expires - call.env.now) / kSecond);
      body["pwd_url"] = "https://portal.microsoftonline.com/ChangePassword.aspx";
    }
  }
  body["access_token"] = access_token(call, grant);
  if (grant.user != nullptr) {
    body["refresh_token"] = refresh_token(call, grant);
    body["id_token"] = id_token(call, grant);
    body["client_info"] = client_info(*grant.user);
    if (grant.client_id == kAzureCliClient) {
      body["foci"] = "1";  // its refresh tokens serve the whole family of such clients
    }
  }
  Reply reply;
  reply.json = body.dump();
  return reply;
}

}  // namespace pcsim
