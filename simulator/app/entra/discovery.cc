#include <array>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "app/handlers.h"
#include "domain/identity/identity.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<std::string_view, 4> kAliases{"login.microsoftonline.com", "login.windows.net",
                                                   "login.microsoft.com", "sts.windows.net"};

/// The host and port of an absolute URI, or nothing.
std::string_view authority_of(std::string_view uri) {
  const std::size_t scheme = uri.find("://");
  if (scheme == std::string_view::npos) {
    return {};
  }
  uri.remove_prefix(scheme + 3);
  return uri.substr(0, uri.find_first_of("/?#"));
}

bool known_instance(std::string_view endpoint, std::string_view base_url) {
  const std::string_view host = authority_of(endpoint);
  return is_login_host(host) ||
         (!host.empty() && equal_ignoring_case(host, authority_of(base_url)));
}

void add_capabilities(Json& document) {
  document["token_endpoint_auth_methods_supported"] =
      Json::array({"client_secret_post", "private_key_jwt", "client_secret_basic"});
  document["response_modes_supported"] = Json::array({"query", "fragment", "form_post"});
  document["subject_types_supported"] = Json::array({"pairwise"});
  document["id_token_signing_alg_values_supported"] = Json::array({"RS256"});
  document["response_types_supported"] =
      Json::array({"code", "id_token", "code id_token", "id_token token"});
  document["scopes_supported"] = Json::array({"openid", "profile", "email", "offline_access"});
  document["tenant_region_scope"] = "EU";
  document["cloud_instance_name"] = "microsoftonline.com";
  document["cloud_graph_host_name"] = "graph.windows.net";
  document["msgraph_host"] = "graph.microsoft.com";
  document["rbac_url"] = "https://pas.windows.net";
  document["request_uri_parameter_supported"] = false;
  document["http_logout_supported"] = true;
  document["frontchannel_logout_supported"] = true;
  document["claims_supported"] = Json::array({"sub", "iss", "aud", "exp", "iat", "nonce",
                                              "preferred_username", "name", "tid", "ver", "oid"});
}

Result<Reply> metadata(const Call& call, bool v2) {
  const std::string& segment = call.path.at("tenant");
  const auto tenant = find_tenant(call.world, segment);
  if (!tenant) {
    return Error{ErrorCode::AadTenantNotFoundDiscovery, {segment}};
  }
  const std::string root = call.base_url + "/" + (tenant->any ? lower(segment) : tenant->id);
  const std::string id = tenant->any ? "{tenantid}" : tenant->id;
  const std::string flow = root + (v2 ? "/oauth2/v2.0/" : "/oauth2/");
  Json document;
  document["token_endpoint"] = flow + "token";
  if (!v2) {
    document["microsoft_multi_refresh_token"] = true;
  }
  document["jwks_uri"] = root + (v2 ? "/discovery/v2.0/keys" : "/discovery/keys");
  document["issuer"] =
      v2 ? call.base_url + "/" + id + "/v2.0" : "https://sts.windows.net/" + id + "/";
  document["authorization_endpoint"] = flow + "authorize";
  document["device_authorization_endpoint"] = flow + "devicecode";
  document["end_session_endpoint"] = flow + "logout";
  add_capabilities(document);
  return Reply{0, document.dump(), {}};
}

Result<Reply> keys(const Call& call) {
  const std::string& segment = call.path.at("tenant");
  if (!find_tenant(call.world, segment)) {
    return Error{ErrorCode::AadTenantNotFoundDiscovery, {segment}};
  }
  return Reply{0, call.authority.jwks(), {}};
}

}  // namespace

Result<Reply> handle_OpenIdConfigurationV1(const Call& call) { return metadata(call, false); }

Result<Reply> handle_OpenIdConfigurationV2(const Call& call) { return metadata(call, true); }

Result<Reply> handle_SigningKeysV1(const Call& call) { return keys(call); }

Result<Reply> handle_SigningKeysV2(const Call& call) { return keys(call); }

Result<Reply> handle_InstanceDiscovery(const Call& call) {
  const auto given = call.query.find("authorization_endpoint");
  const std::string endpoint =
      given == call.query.end() ? call.base_url + "/common/oauth2/v2.0/authorize" : given->second;
  if (!known_instance(endpoint, call.base_url)) {
    return ErrorCode::AadInvalidInstance;
  }
  const auto version = call.query.find("api-version");
  const bool first = version != call.query.end() && version->second == "1.0";
  // The tenant of .../{tenant}/oauth2/v2.0/authorize names the document to read next.
  std::string_view path = endpoint;
  path.remove_prefix(path.find("://") + 3 + authority_of(path).size());
  std::string tenant = "common";
  std::string root = call.base_url;
  for (const std::string_view piece : split(path, '/')) {
    if (!piece.empty() && piece.front() != '~') {
      tenant = piece;
      break;
    }
    if (!piece.empty() && root.find("/~") == std::string::npos) {
      root += "/" + std::string{piece};  // the base path of a universe
    }
  }
  const bool v2 = path.find("/v2.0") != std::string_view::npos;
  Json document;
  document["tenant_discovery_endpoint"] =
      root + "/" + tenant + (v2 ? "/v2.0" : "") + "/.well-known/openid-configuration";
  document["api-version"] = first ? "1.0" : "1.1";
  document["metadata"] = Json::array();
  Json aliases = Json::array();
  for (std::string_view alias : kAliases) {
    aliases.push_back(std::string(alias));
  }
  document["metadata"].push_back(Json{{"preferred_network", "login.microsoftonline.com"},
                                      {"preferred_cache", "login.windows.net"},
                                      {"aliases", aliases}});
  const std::string own{authority_of(call.base_url)};
  if (equal_ignoring_case(authority_of(endpoint), own) && !is_login_host(own)) {
    document["metadata"].push_back(Json{
        {"preferred_network", own}, {"preferred_cache", own}, {"aliases", Json::array({own})}});
  }
  return Reply{0, document.dump(), {}};
}

Result<Reply> handle_UserRealm(const Call& call) {
  const std::string& name = call.path.at("upn");
  const std::size_t at = name.rfind('@');
  const std::string domain = at == std::string::npos ? name : name.substr(at + 1);
  const auto tenant = find_tenant(call.world, domain);
  const bool managed = tenant && !tenant->any;
  Json document{{"ver", "1.0"}, {"account_type", managed ? "Managed" : "Unknown"}};
  if (managed) {
    document["domain_name"] = domain;
  }
  document["cloud_instance_name"] = "microsoftonline.com";
  document["cloud_audience_urn"] = "urn:federation:MicrosoftOnline";
  return Reply{0, document.dump(), {}};
}

}  // namespace pcsim
