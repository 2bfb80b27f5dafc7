#pragma once

#include <string>

namespace pcsim {

/// The HTTP library's own TLS server, which answers every GET with the same bytes: what the
/// connection layer is compared with. Runs until the process is ended.
int serve_plainly(int port, const std::string& certificate, const std::string& key,
                  const std::string& body_file);

}  // namespace pcsim
