#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/call.h"
#include "server/token_signer.h"

namespace pcsim {

/// The token authority of a running simulator: its signer.
class SigningAuthority : public TokenAuthority {
 public:
  explicit SigningAuthority(const TokenSigner& signer) : signer_(signer) {}
  std::string sign(std::string_view claims) const override { return signer_.sign(claims); }
  std::string jwks() const override { return signer_.jwks(); }
  std::optional<std::string> verify(std::string_view token) const override {
    std::string claims;
    if (!signer_.verify(token, &claims)) {
      return std::nullopt;
    }
    return claims;
  }

 private:
  const TokenSigner& signer_;
};

}  // namespace pcsim
