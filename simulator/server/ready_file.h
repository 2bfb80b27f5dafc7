#pragma once

#include <filesystem>
#include <string>
#include <variant>
#include <vector>

#include "domain/world.h"
#include "server/certificates.h"

namespace pcsim {

/// What a client needs to know of a running simulator.
struct Endpoints {
  std::string base_url{}, control_url{}, control_token{};
  int pid = 0;
};

/// The ready file's JSON: endpoints, trust, and the identities of the start world.
std::string ready_file_json(const Endpoints& endpoints, const CertificateBundle& tls,
                            const World& world);

/// What the commands that talk to a running simulator take from its ready file.
struct ReadyFacts {
  struct Application {
    std::string client_id, client_secret, tenant_id;
  };
  struct User {
    std::string name, password, tenant_id;
  };
  std::string base_url{}, ca_file{}, trust_store_file{};
  std::string control_url{}, control_token{};  ///< empty when it cannot be steered
  std::vector<Application> applications{};
  std::vector<User> users{};
};

/// Reads a ready file; the alternative is a sentence that says what to do.
std::variant<ReadyFacts, std::string> read_ready_file(const std::filesystem::path& path);

}  // namespace pcsim
