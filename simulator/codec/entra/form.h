#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pcsim {

/// The fields of an application/x-www-form-urlencoded body; the first of equal names counts.
std::map<std::string, std::string> decode_form(std::string_view body);

/// Name and secret of an HTTP Basic Authorization value, form-decoded (RFC 6749 section 2.3.1).
std::optional<std::pair<std::string, std::string>> decode_basic(std::string_view header);

/// What a v2 scope list asks for: one resource, and names of its scopes.
struct ScopeRequest {
  std::string resource{};
  std::vector<std::string> names{};
};

/// Leaves out the OpenID scopes. Nothing when a scope has no resource or the list names several.
std::optional<ScopeRequest> decode_scope(std::string_view scope);

/// Whether a scope list holds OpenID scopes and nothing else, but at least one.
bool only_openid_scopes(std::string_view scope);

/// Whether a Content-Type says that the body is a form.
bool is_form(std::string_view content_type);

/// Unpadded base64url.
std::string base64url(std::string_view bytes);

/// The bytes of base64 or base64url, padded or not.
std::optional<std::string> base64_bytes(std::string_view text);

/// `text` as a value of a query or a form: everything but unreserved characters is escaped.
std::string percent_encode(std::string_view text);

}  // namespace pcsim
