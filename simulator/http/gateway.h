#pragma once

#include "app/call.h"
#include "http/token_cache.h"
#include "pcsim/message.h"
#include "store/universe.h"

namespace pcsim {

/// Turns a request into an answer: universe, route, principal, rules, resource, exchange.
/// Thread-safe; holds nothing global.
class Gateway {
 public:
  Gateway(UniverseRegistry& universes, const TokenAuthority& authority)
      : universes_(universes), authority_(authority) {}

  Response handle(const Request& request);

 private:
  UniverseRegistry& universes_;
  const TokenAuthority& authority_;
  TokenCache tokens_{};
};

}  // namespace pcsim
