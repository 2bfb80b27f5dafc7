#include "http/authn.h"

#include <nlohmann/json.hpp>

#include "codec/time.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using nlohmann::json;

std::string text_claim(const json& claims, const char* name) {
  const auto found = claims.find(name);
  return found != claims.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

std::int64_t number_claim(const json& claims, const char* name) {
  const auto found = claims.find(name);
  return found != claims.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

bool is_management_audience(std::string_view audience) {
  return audience == "https://management.azure.com" || audience == "https://management.azure.com/" ||
         audience == "https://management.core.windows.net" ||
         audience == "https://management.core.windows.net/";
}

Principal principal_of(const json& claims) {
  Principal principal;
  principal.tenant_id = lower(text_claim(claims, "tid"));
  principal.object_id = lower(text_claim(claims, "oid"));
  principal.application_id = text_claim(claims, "appid");
  principal.user_principal_name = text_claim(claims, "upn");
  principal.audience = text_claim(claims, "aud");
  principal.is_user = text_claim(claims, "idtyp") == "user";
  principal.roles = static_cast<std::uint32_t>(number_claim(claims, "pcsim_roles"));
  if (const auto amr = claims.find("amr"); amr != claims.end() && amr->is_array()) {
    for (const json& method : *amr) {
      principal.mfa = principal.mfa || method == "mfa";
    }
  }
  if (const auto groups = claims.find("groups"); groups != claims.end() && groups->is_array()) {
    for (const json& group : *groups) {
      if (group.is_string()) {
        principal.groups.push_back(lower(group.get<std::string>()));
      }
    }
  }
  return principal;
}

Result<Principal> check_claims(Surface surface, const json& claims, Instant now) {
  const Instant expires = number_claim(claims, "exp") * kSecond;
  if (expires <= now) {
    return surface == Surface::Arm ? Error{ErrorCode::ArmExpiredToken, {to_iso(expires), to_iso(now)}}
                                   : Error{ErrorCode::AccessDenied};
  }
  Principal principal = principal_of(claims);
  if (surface == Surface::Arm) {
    if (!is_management_audience(principal.audience)) {
      return Error{ErrorCode::ArmInvalidAudience, {principal.audience}};
    }
    return principal;
  }
  if (lower(principal.audience).rfind("https://graph.windows.net", 0) == 0) {
    return Error{ErrorCode::AudienceNoLongerSupported};
  }
  if (is_management_audience(principal.audience)) {
    return Error{ErrorCode::AccessDenied};
  }
  return principal;
}

}  // namespace

Result<Authenticated> authenticate(Surface surface, const Request& request,
                                   const TokenAuthority& authority, Instant now) {
  const bool arm = surface == Surface::Arm;
  const auto header = request.headers.find("Authorization");
  if (!header || header->size() < 8 || !equal_ignoring_case(header->substr(0, 7), "bearer ")) {
    return Error{arm ? ErrorCode::ArmAuthenticationFailed : ErrorCode::PartnerTokenMissing};
  }
  const auto verified = authority.verify(header->substr(7));
  const json claims = verified ? json::parse(*verified, nullptr, false) : json{};
  if (!claims.is_object() || claims.contains("pcsim_typ") ||
      text_claim(claims, "typ") == "pcsim_refresh") {
    return Error{arm ? ErrorCode::ArmInvalidToken : ErrorCode::AccessDenied};
  }
  auto principal = check_claims(surface, claims, now);
  if (!principal) {
    return principal.error();
  }
  return Authenticated{std::move(*principal), text_claim(claims, "pcsim_universe")};
}

std::optional<Error> authorise(const Operation& operation, const Principal& principal,
                               const std::map<std::string, std::string>& path,
                               const World& world) {
  if (operation.surface != Surface::PartnerCenter) {
    return std::nullopt;
  }
  const auto partner = world.partners.find(principal.tenant_id);
  if (partner == world.partners.end()) {
    return Error{ErrorCode::AccessDenied};
  }
  if (!principal.is_user && operation.auth == AuthMode::UserOnly) {
    return Error{ErrorCode::AppOnlyNotSupported};
  }
  if (principal.is_user && !principal.mfa) {
    return Error{ErrorCode::AccessDenied};
  }
  if (principal.is_user && (principal.roles & operation.roles) == 0) {
    return Error{ErrorCode::RoleNotAllowed};
  }
  const auto id = path.find("customerId");
  if (id == path.end()) {
    return std::nullopt;
  }
  if (!is_guid(id->second)) {
    return Error{ErrorCode::InvalidCustomerIdFormat, {id->second}};
  }
  const auto customer = world.customers.find(lower(id->second));
  if (customer == world.customers.end()) {
    return Error{ErrorCode::TenantNotFound};
  }
  const std::string key = lower(partner->second.domain);
  if (lower(customer->second.partner_key) != key && lower(customer->second.reseller_key) != key) {
    return Error{ErrorCode::NoCommerceRelationship, {principal.tenant_id, lower(id->second)}};
  }
  return std::nullopt;
}

}  // namespace pcsim
