#pragma once

#include "app/call.h"
#include "http/token_cache.h"
#include "pcsim/message.h"
#include "store/universe_registry.h"

namespace pcsim {

/// Turns a request into an answer: universe, route, principal, rules, resource, exchange.
/// Thread-safe; holds nothing global.
class Gateway {
 public:
  /// All three outlive the gateway.
  Gateway(UniverseRegistry& universes, const TokenAuthority& authority, const Reference& reference)
      : universes_(universes), authority_(authority), reference_(reference) {}

  Response handle(const Request& request);

  /// The answer to bytes that are no acceptable request, in the shape of the surface they were
  /// meant for as far as that can be told; `request` holds what could be read.
  Response refuse(const Request& request, const Error& error);

 private:
  UniverseRegistry& universes_;
  const TokenAuthority& authority_;
  const Reference& reference_;
  TokenCache tokens_{};
};

}  // namespace pcsim
