#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "app/call.h"
#include "http/token_cache.h"

namespace pcsim {

/// The verified bearer token of a request. Errors: PartnerTokenMissing, AccessDenied, or ARM's
/// ArmAuthenticationFailed and ArmInvalidToken.
Result<std::shared_ptr<const VerifiedToken>> bearer_token(Surface surface, const Request& request,
                                                          TokenCache& tokens,
                                                          const TokenAuthority& authority);

/// Checks expiry and audience of a verified token for `operation`; the exchange of tokens takes
/// the retired audience too. Errors: AccessDenied, AudienceNoLongerSupported, ArmExpiredToken,
/// ArmInvalidAudience, ArmTokenClaimsMissing.
std::optional<Error> check_token(const Operation& operation, const VerifiedToken& token,
                                 const Env& env);

/// Checks the operation's roles, app-only rule and MFA, then the relationship to the customer in
/// the path; at the resource manager what a claims challenge may ask of users. Errors:
/// ArmSessionRevoked, ArmMfaRequired, AppOnlyNotSupported, RoleNotAllowed, InvalidCustomerIdFormat,
/// TenantNotFound, NoCommerceRelationship.
std::optional<Error> authorise(const Operation& operation, const Principal& principal,
                               const std::map<std::string, std::string>& path, const World& world,
                               const Env& env);

}  // namespace pcsim
