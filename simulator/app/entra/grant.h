#pragma once

#include <map>
#include <string>

#include "app/call.h"
#include "domain/identity/identity.h"

namespace pcsim {

/// What a token request has established so far.
struct Grant {
  bool v2 = false;
  std::string type{}, client_id{};
  std::string resource{};  ///< as asked for
  std::string audience{};  ///< what the access token names
  TenantRef tenant{};
  const Application* application = nullptr;
  const User* user = nullptr;
  bool with_secret = false;
  bool mfa = false;
  bool foreign = false;  ///< the application has no service principal in the tenant
};

/// What a refresh token holds; it is opaque to clients.
constexpr const char* kRefreshTokenType = "pcsim_refresh";

/// The issuer of access tokens of a tenant.
std::string issuer_of(const std::string& tenant_id);

/// The tokens of a grant, in the words of its version of the endpoint.
Reply token_answer(const Call& call, const Grant& grant);

}  // namespace pcsim
