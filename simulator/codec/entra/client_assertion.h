#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pcsim {

/// A JSON Web Token by which an application proves itself, as it was sent. Times are seconds
/// since 1970; a token without them has ended.
/// Source: Microsoft identity platform application authentication certificate credentials.
struct ClientAssertion {
  std::string algorithm{}, thumbprint{}, thumbprint_sha256{};
  std::string issuer{}, subject{}, audience{};
  std::int64_t expires = 0, not_before = 0;
  std::string signed_text{}, signature{};
};

/// Reads the compact form; nothing when it is not a JSON Web Token.
std::optional<ClientAssertion> decode_client_assertion(std::string_view token);

/// Whether the certificate's key made the signature, by RS256 or PS256.
bool signed_by(const ClientAssertion& assertion, const std::string& certificate_pem);

/// SHA-1 and SHA-256 of a certificate's DER form, base64url.
struct CertificateDigests {
  std::string sha1, sha256;
};

/// Nothing when `pem` holds no certificate with an RSA key.
std::optional<CertificateDigests> certificate_digests(const std::string& pem);

/// Whether the verifier is what the challenge was made of (RFC 7636 section 4.6); `method` is
/// `S256` or `plain`.
bool verifier_fits(std::string_view verifier, std::string_view challenge, std::string_view method);

}  // namespace pcsim
