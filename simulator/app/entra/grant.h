#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/call.h"
#include "domain/identity/identity.h"

namespace pcsim {

/// The fields of a form, and of the query of the authorization endpoint.
using Fields = std::map<std::string, std::string>;

/// The value of a field; empty when it was not sent.
std::string field(const Fields& fields, const char* name);

/// How an application proved itself.
enum class ClientProof { None, Secret, Certificate };

/// What a token request has established so far.
struct Grant {
  bool v2 = false;
  std::string type{}, client_id{};
  std::string resource{};             ///< as asked for
  std::vector<std::string> scopes{};  ///< names of the resource's scopes
  std::string audience{};             ///< what the access token names
  std::string resource_application{};
  TenantRef tenant{};
  const Application* application = nullptr;
  const User* user = nullptr;
  ClientProof proof = ClientProof::None;
  bool mfa = false;
  bool foreign = false;                 ///< the application has no service principal in the tenant
  bool continuous = false;              ///< the client takes claims challenges
  std::vector<std::string> contexts{};  ///< authentication contexts a challenge asked for
  std::string nonce{};
};

/// What a refresh token and the cookie of a session hold; they are opaque to clients.
constexpr const char* kRefreshTokenType = "pcsim_refresh";
constexpr const char* kSessionType = "pcsim_session";

/// The issuer of access tokens of a tenant.
std::string issuer_of(const std::string& tenant_id);

/// The tokens of a grant, in the words of its version of the endpoint.
Reply token_answer(const Call& call, const Grant& grant);

/// The id token of a user's grant.
std::string id_token(const Call& call, const Grant& grant);

/// What tells a client whose tokens it has: base64url of `uid` and `utid`.
std::string client_info(const User& user);

// ---- Steps of a grant, shared by the token endpoint and the pages ----

/// The form's fields. A body that is not declared a form has none.
Fields form_fields(const Call& call);

/// The tenant of the path. Errors: AadTenantNotFound, AadInvalidTenantIdentifier.
Result<TenantRef> tenant_of(const Call& call);

/// Takes the resource from `scope` or `resource`. Errors: AadInvalidScope, AadInvalidResource.
Result<Done> check_resource(const Call& call, const Fields& fields, Grant& grant);

/// The application of the grant and whether it may act in the tenant. Errors: AadAppNotFound,
/// AadClientSecretMissing, AadServicePrincipalMissing.
Result<Done> check_standing(const Call& call, Grant& grant);

/// A confidential application proves itself at every grant, by its secret or by an assertion that
/// one of its certificates signed.
Result<Done> check_proof(const Call& call, const Fields& fields, Grant& grant);

/// The user of a name and a password. `beyond_home`: at tenants that are not the user's own too.
/// Errors: AadUserNotFound, AadInvalidCredentials, AadPasswordExpired.
Result<const User*> check_password(const Call& call, const Fields& fields, const TenantRef& tenant,
                                   bool beyond_home);

/// Replaces common or organizations by the tenant the user lives in. Errors: AadTenantAmbiguous.
Result<Done> settle_tenant(const Call& call, Grant& grant);

/// Consent and conditional access. Errors: AadConsentRequired, AadConditionalAccessBlocked,
/// AadMfaRequired, AadMfaEnrollmentRequired, AadExternalChallengeRequired.
Result<Done> check_consent(const Call& call, const Grant& grant);
Result<Done> check_policies(const Call& call, const Grant& grant);

// ---- Subjects: who a grant is for ----

/// Redeems what the grant's type brings: a refresh token, an authorization code, a device code, a
/// user's token for the application itself.
Result<Done> redeem_refresh_token(const Call& call, const Fields& fields, Grant& grant);
Result<Done> redeem_code(const Call& call, const Fields& fields, Grant& grant);
Result<Done> redeem_device_code(const Call& call, const Fields& fields, Grant& grant);
Result<Done> redeem_assertion(const Call& call, const Fields& fields, Grant& grant);

}  // namespace pcsim
