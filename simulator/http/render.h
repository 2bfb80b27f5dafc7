#pragma once

#include <string>
#include <string_view>

#include "app/call.h"

namespace pcsim {

/// Shapes `error` as its surface's envelope: `{code,description,data,source}` for Partner Center,
/// `{error:{code,message}}` for ARM, the AADSTS body for Entra, whose error word depends on the
/// version of `operation` (null when none was reached). Never with a BOM.
Response render_error(Surface surface, const Operation* operation, const Error& error,
                      const Env& env);

/// Shapes a handler's answer; Partner Center success bodies start with a BOM,
/// unless switched off. Source: docs/reference/protocol.md#byte-order-mark.
Response render_reply(const Operation& operation, Reply reply, const Switches& switches);

/// The claims a client has to ask for before it tries again, as base64 of their JSON; empty for
/// errors that no new token mends. Source: Claims challenges, claims requests, and client
/// capabilities.
std::string claims_asked_by(const Error& error);

/// What a 401 of the resource manager says in WWW-Authenticate: where to obtain a token of
/// `tenant_id`, with which `claims`, and `text`, why. Source: RFC 6750 section 3 and "Azure
/// Resource Manager" errors.
std::string arm_challenge(const Request& request, const std::string& base_url,
                          std::string_view tenant_id, std::string_view text,
                          const std::string& claims);

/// Adds the headers every answer of `surface` carries, echoing the request's correlation ids; those
/// it does not bring are taken from `ids`.
void add_surface_headers(Surface surface, const Request& request, Instant now, IdSource& ids,
                         Response& response);

}  // namespace pcsim
