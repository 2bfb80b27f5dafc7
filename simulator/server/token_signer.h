#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace pcsim {

/// Signs and verifies JSON Web Tokens. Signs with ES256 from the first moment
/// and with RS256 as soon as the RSA key, generated in the background, is
/// ready. Thread safe.
class TokenSigner {
 public:
  /// Loads the keys kept in `state_dir`, or makes new ones and keeps them
  /// there; without a directory, in memory only. Null, and `error` set, on
  /// failure.
  static std::unique_ptr<TokenSigner> start(const std::optional<std::filesystem::path>& state_dir,
                                            std::int64_t now_unix, std::string* error = nullptr);

  /// Abandons a key generation still under way.
  ~TokenSigner();
  TokenSigner(const TokenSigner&) = delete;
  TokenSigner& operator=(const TokenSigner&) = delete;

  /// A compact JWS over `claims_json`, which is taken as it is; empty when
  /// the cryptographic library fails.
  std::string sign(std::string_view claims_json) const;

  /// The JSON Web Key Set with every key whose signatures are accepted.
  std::string jwks() const;

  /// Whether this signer issued `token`. Does not look at the claims, `exp`
  /// included; gives them back in `claims_json`, which may be null.
  bool verify(std::string_view token, std::string* claims_json) const;

  /// Waits until tokens are signed with RS256. False when that will not
  /// happen because the key could not be generated.
  bool wait_for_rs256();

  /// Why the RSA key could not be generated or kept; empty when all is well.
  std::string background_error() const;

 private:
  struct Impl;
  explicit TokenSigner(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace pcsim
