#pragma once

#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "app/call.h"

namespace pcsim {

/// A token whose signature has been verified; time and audience are checked on every use.
struct VerifiedToken {
  Principal principal;
  std::string universe;
  Instant expires = 0;
};

/// Verified tokens by their text, the least recently used forgotten first. Thread-safe.
class TokenCache {
 public:
  /// The token, verified now or earlier; null when its signature is not `authority`'s or it is
  /// no access token.
  std::shared_ptr<const VerifiedToken> verify(std::string_view token,
                                              const TokenAuthority& authority);

 private:
  using Entry = std::pair<std::string, std::shared_ptr<const VerifiedToken>>;

  std::mutex mutex_{};
  std::list<Entry> recent_{};
  std::unordered_map<std::string_view, std::list<Entry>::iterator> index_{};
};

}  // namespace pcsim
