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

  /// The answer to bytes that are no acceptable request, in the shape of the surface they were
  /// meant for as far as that can be told; `request` holds what could be read.
  Response refuse(const Request& request, const Error& error);

 private:
  UniverseRegistry& universes_;
  const TokenAuthority& authority_;
  TokenCache tokens_{};
};

}  // namespace pcsim
