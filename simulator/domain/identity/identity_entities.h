#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/instant.h"

/// Applications, what tenants make of them, and sign-ins that are under way.
/// Source: docs/reference/identity.md.
namespace pcsim {

/// A certificate by which an application proves itself.
struct ClientCertificate {
  std::string thumbprint;         ///< SHA-1 of its DER form, base64url, as `x5t` carries it
  std::string thumbprint_sha256;  ///< the same for `x5t#S256`
  std::string pem;
};

struct Application {
  std::string client_id;
  std::string client_secret;  ///< empty for a public client, or one that has only certificates
  std::string tenant_id;      ///< where it is registered
  std::string object_id;      ///< of its service principal there
  std::string name{};
  std::vector<std::string> redirect_uris{};
  std::vector<ClientCertificate> certificates{};
  std::optional<Instant> secret_expires{};
};

/// An application's stand in a tenant other than its own, and in its own once consent matters.
struct ServicePrincipal {
  std::string object_id, client_id, tenant_id;
  bool admin_consent = false;                   ///< for everybody in the tenant
  std::vector<std::string> consenting_users{};  ///< object ids, lower-case
};

/// What a conditional-access policy asks of a sign-in it applies to.
enum class AccessDemand { Block, Mfa, ExternalChallenge };

/// A policy of one tenant; empty lists apply to all.
struct AccessPolicy {
  std::string id, tenant_id;
  AccessDemand demand = AccessDemand::Block;
  std::vector<std::string> audiences{}, users{}, clients{};
};

/// An authorization code on its way from the sign-in page to the token endpoint.
struct AuthorizationCode {
  std::string code, client_id, tenant_id, user_id, redirect_uri, scope, resource, nonce, challenge,
      challenge_method;
  Instant expires = 0;
  bool mfa = false, v2 = true, redeemed = false;
};

enum class DeviceCodeState { Pending, Approved, Declined };

/// A device code that waits for its user.
struct DeviceCode {
  std::string device_code, user_code, client_id, tenant_id, scope, resource, user_id{};
  DeviceCodeState state = DeviceCodeState::Pending;
  Instant expires = 0, next_poll = 0;
  bool mfa = false, v2 = true, redeemed = false;
};

}  // namespace pcsim
