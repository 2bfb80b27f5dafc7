#include "http/authn.h"

#include <string_view>
#include <utility>

#include "codec/time.h"
#include "domain/transfers/transfer.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

constexpr std::string_view kScheme = "bearer ";

bool is_management_audience(std::string_view audience) {
  return audience == "https://management.azure.com" ||
         audience == "https://management.azure.com/" ||
         audience == "https://management.core.windows.net" ||
         audience == "https://management.core.windows.net/";
}

bool is_partner_center_audience(std::string_view audience) {
  if (!audience.empty() && audience.back() == '/') {
    audience.remove_suffix(1);
  }
  return equal_ignoring_case(audience, "https://api.partnercenter.microsoft.com") ||
         equal_ignoring_case(audience, "https://graph.windows.net");
}

/// Since when Partner Center asks users for a second factor, and the resource manager for writes.
constexpr Instant kPartnerCenterMfa = 1'775'001'600 * kSecond;  // 2026-04-01T00:00:00Z
constexpr Instant kManagementMfa = 1'759'276'800 * kSecond;     // 2025-10-01T00:00:00Z

bool mfa_enforced(const Env& env) {
  return env.switches.is({Switch::UserMfa, "required"}) ||
         (env.switches.is({Switch::UserMfa, "from-2026-04-01"}) && env.now >= kPartnerCenterMfa);
}

/// What the resource manager asks of a user beyond a valid token; each is a claims challenge.
std::optional<Error> challenged(const Operation& operation, const Principal& principal,
                                const World& world, const Env& env) {
  if (!principal.is_user) {
    return std::nullopt;
  }
  const User* user = world.users.find(principal.user_id);
  if (principal.evaluated_continuously && user != nullptr && user->sessions_end &&
      principal.issued < *user->sessions_end) {
    return Error{ErrorCode::ArmSessionRevoked, {std::to_string(*user->sessions_end / kSecond)}};
  }
  const bool reads = operation.method == "GET" || operation.method == "HEAD";
  if (!reads && !principal.mfa && env.now >= kManagementMfa &&
      env.switches.is({Switch::ArmMfa, "from-2025-10-01"})) {
    return Error{ErrorCode::ArmMfaRequired};
  }
  return std::nullopt;
}

std::optional<Error> check_management_token(const Principal& principal) {
  if (!is_management_audience(principal.audience)) {
    return Error{ErrorCode::ArmInvalidAudience, {principal.audience}, {}};
  }
  if (principal.object_id.empty()) {
    return Error{ErrorCode::ArmTokenClaimsMissing};
  }
  return std::nullopt;
}

/// `5/14/2023 3:22:00 PM`, the way the resource manager writes a time.
std::string us_time(Instant instant) {
  const std::string iso = to_iso(instant);
  const auto number = [&](std::size_t at, std::size_t size) {
    return std::stoi(iso.substr(at, size));
  };
  const int hour = number(11, 2);
  return std::to_string(number(5, 2)) + "/" + std::to_string(number(8, 2)) + "/" +
         iso.substr(0, 4) + " " + std::to_string(hour % 12 == 0 ? 12 : hour % 12) +
         iso.substr(13, 6) + (hour < 12 ? " AM" : " PM");
}

/// Where pages contradict each other about the tokens an operation takes.
bool takes_applications(const Operation& operation, const Switches& switches) {
  return operation.id == OperationId::GetOrderProvisioningStatus &&
         switches.is({Switch::ProvisioningStatusTokens, "any"});
}

}  // namespace

Result<std::shared_ptr<const VerifiedToken>> bearer_token(Surface surface, const Request& request,
                                                          TokenCache& tokens,
                                                          const TokenAuthority& authority) {
  const bool arm = surface == Surface::Arm;
  const auto header = request.headers.find("Authorization");
  if (!header || header->size() <= kScheme.size() ||
      !equal_ignoring_case(header->substr(0, kScheme.size()), kScheme)) {
    return Error{arm ? ErrorCode::ArmAuthenticationFailed : ErrorCode::PartnerTokenMissing};
  }
  auto token = tokens.verify(header->substr(kScheme.size()), authority);
  if (!token) {
    return Error{arm ? ErrorCode::ArmInvalidToken : ErrorCode::AccessDenied};
  }
  return token;
}

std::optional<Error> check_token(const Operation& operation, const VerifiedToken& token,
                                 const Env& env) {
  const std::string& audience = token.principal.audience;
  const bool arm = operation.surface == Surface::Arm;
  if (token.expires <= env.now) {
    return arm ? Error{ErrorCode::ArmExpiredToken, {us_time(token.expires), us_time(env.now)}}
               : Error{ErrorCode::AccessDenied};
  }
  if (arm) {
    return check_management_token(token.principal);
  }
  if (operation.id != OperationId::GenerateToken &&
      lower(audience).rfind("https://graph.windows.net", 0) == 0 &&
      (token.principal.is_user || env.switches.is({Switch::GraphAudience, "refused"}))) {
    return Error{ErrorCode::AudienceNoLongerSupported};
  }
  if (!is_partner_center_audience(audience)) {
    return Error{ErrorCode::AccessDenied};
  }
  return std::nullopt;
}

std::optional<Error> authorise(const Operation& operation, const Principal& principal,
                               const std::map<std::string, std::string>& path, const World& world,
                               const Env& env) {
  if (operation.surface == Surface::Arm) {
    return challenged(operation, principal, world, env);
  }
  if (operation.surface != Surface::PartnerCenter) {
    return std::nullopt;
  }
  const Partner* partner = world.partners.find(principal.tenant_id);
  if (partner == nullptr) {
    return Error{ErrorCode::AccessDenied};
  }
  if (!principal.is_user && operation.auth == AuthMode::UserOnly &&
      !takes_applications(operation, env.switches)) {
    return Error{ErrorCode::AppOnlyNotSupported};
  }
  if (principal.is_user && !principal.mfa && mfa_enforced(env)) {
    return Error{ErrorCode::AccessDenied};
  }
  if (principal.is_user && (principal.roles & operation.roles) == 0) {
    return Error{ErrorCode::RoleNotAllowed};
  }
  const auto id = path.find("customerId");
  if (id == path.end()) {
    return std::nullopt;
  }
  const bool newer = has_newer_errors(operation);
  if (!is_guid(id->second)) {
    return newer ? Error{ErrorCode::InvalidCustomerId}
                 : Error{ErrorCode::InvalidCustomerIdFormat, {id->second}};
  }
  const Customer* customer = world.customers.find(lower(id->second));
  if (customer == nullptr) {
    return Error{ErrorCode::TenantNotFound};
  }
  if (!equal_ignoring_case(customer->partner_key, partner->domain) &&
      !equal_ignoring_case(customer->reseller_key, partner->domain) &&
      !(admits_other_partner(operation) && takes_part_in_transfers(world, *customer, *partner))) {
    return newer ? Error{ErrorCode::NoCommerceRelationshipDetailed,
                         {partner->mpn_id, partner->tenant_id, customer->commerce_id, customer->id}}
                 : Error{ErrorCode::NoCommerceRelationship, {principal.tenant_id, customer->id}};
  }
  return std::nullopt;
}

}  // namespace pcsim
