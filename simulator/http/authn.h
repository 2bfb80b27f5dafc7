#pragma once

#include <optional>
#include <string>

#include "app/call.h"

namespace pcsim {

/// A verified caller and the universe its token names.
struct Authenticated {
  Principal principal;
  std::string universe;
};

/// Verifies signature, expiry and audience of the bearer token for `surface`.
/// Errors: PartnerTokenMissing and AudienceNoLongerSupported, or ARM's authentication errors.
Result<Authenticated> authenticate(Surface surface, const Request& request,
                                   const TokenAuthority& authority, Instant now);

/// Checks the operation's roles, app-only rule and MFA, then the relationship to the customer in
/// the path. Errors: AppOnlyNotSupported, RoleNotAllowed, InvalidCustomerIdFormat,
/// TenantNotFound, NoCommerceRelationship.
std::optional<Error> authorise(const Operation& operation, const Principal& principal,
                               const std::map<std::string, std::string>& path, const World& world);

}  // namespace pcsim
