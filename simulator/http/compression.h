#pragma once

#include <string_view>

#include "pcsim/message.h"

namespace pcsim {

/// Whether an Accept-Encoding header takes gzip: named, or covered by `*`, with a weight above 0.
/// Source: RFC 9110 section 12.5.3.
bool accepts_gzip(std::string_view accept_encoding);

/// Compresses the body of an answer whose request takes gzip, and says so in its headers. An empty
/// body stays as it is. Source: docs/reference/protocol.md#compression.
void compress(const Request& request, Response& response);

}  // namespace pcsim
