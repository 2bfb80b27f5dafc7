#pragma once

#include <string>
#include <string_view>

#include "domain/world.h"

/// What a sign-in has to satisfy: where its answer may go, consent, conditional access.
/// Source: docs/reference/identity.md.
namespace pcsim {

/// The account of `user` as a guest of another tenant, or null.
const GuestAccess* guest_access(const User& user, std::string_view tenant_id);

/// The application's stand in a tenant, or null when nothing has been said of it there.
const ServicePrincipal* find_service_principal(const World& world, std::string_view client_id,
                                               std::string_view tenant_id);

/// The key of an application's stand in a tenant.
std::string service_principal_key(std::string_view client_id, std::string_view tenant_id);

/// Whether `uri` is one that `application` registered. The port of http://localhost does not
/// count.
bool redirect_allowed(const Application& application, std::string_view uri);

/// Whether the user, or an administrator for everybody, has consented to the application. Where
/// nothing has been said of an application, its tenant trusts it.
bool has_consented(const World& world, std::string_view client_id, std::string_view tenant_id,
                   std::string_view user_id);

/// Keeps a consent: of the user, or with `for_everybody` of an administrator.
void keep_consent(World& world, std::string_view client_id, std::string_view tenant_id,
                  std::string_view user_id, bool for_everybody);

/// A sign-in that policies look at.
struct SignInFacts {
  std::string_view tenant_id, user_id, client_id, audience;
};

/// The strictest policy that applies to the sign-in, or null; one that asks for a second factor
/// does not apply to a sign-in that has one.
const AccessPolicy* applying_policy(const World& world, const SignInFacts& facts, bool mfa);

/// How many codes of each kind a world keeps: the ones that end first make room.
constexpr std::size_t kMaxCodes = 1'000;

/// Forgets codes that ended before `now`, and makes room for one more.
void prune_codes(Table<AuthorizationCode>& codes, Instant now);
void prune_codes(Table<DeviceCode>& codes, Instant now);

/// The device code that shows `user_code`, upper or lower case and with dashes or not, or null.
const DeviceCode* find_user_code(const World& world, std::string_view user_code);

}  // namespace pcsim
