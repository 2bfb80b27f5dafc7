#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pcsim {

/// Encodes bytes as unpadded base64url (RFC 4648 section 5), as JWS uses it.
std::string base64url_encode(std::string_view bytes);

/// Decodes unpadded base64url. Padding, foreign characters and non-canonical
/// trailing bits are refused.
std::optional<std::string> base64url_decode(std::string_view text);

/// Encodes bytes as ordinary padded base64, as the `x5c` member needs it.
std::string base64_encode(std::string_view bytes);

}  // namespace pcsim
