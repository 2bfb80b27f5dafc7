#pragma once

#include <string>

#include "domain/world.h"
#include "server/certificates.h"

namespace pcsim {

/// What a client needs to know of a running simulator.
struct Endpoints {
  std::string base_url, control_url, control_token;
  int pid = 0;
};

/// The ready file's JSON: endpoints, trust, and the identities of the start world.
std::string ready_file_json(const Endpoints& endpoints, const CertificateBundle& tls,
                            const World& world);

/// The block printed at start, to paste into a shell.
std::string start_block(const Endpoints& endpoints, const CertificateBundle& tls,
                        const World& world);

}  // namespace pcsim
