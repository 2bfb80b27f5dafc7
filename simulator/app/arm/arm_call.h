#pragma once

#include "app/call.h"
#include "domain/reservations/access.h"

namespace pcsim {

/// The caller as role assignments know him.
Actor actor_of(const Call& call);

/// The customer whose tenant issued the token, or null.
const Customer* customer_of_token(const Call& call);

/// A lower-case path parameter.
std::string path_id(const Call& call, const char* name);

/// A query parameter, empty when missing.
std::string query_value(const Call& call, const char* name);

/// The address of `path` where the client came from, with the request's api-version.
std::string address_of(const Call& call, const std::string& path);

/// How long a client does well to wait for what takes `duration`, in seconds.
std::string retry_after(Instant duration);

}  // namespace pcsim
