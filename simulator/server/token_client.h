#pragma once

#include <string>
#include <variant>

#include "server/ready_file.h"

namespace pcsim {

/// A token, or a sentence that says why there is none.
struct TokenAnswer {
  std::string token{};
  std::string problem{};
};

/// Asks the simulator of `facts` for a token of the application `client_id` (grant
/// client_credentials) over verified TLS.
TokenAnswer application_token(const ReadyFacts& facts, const std::string& client_id,
                              const std::string& resource);

/// Asks for a token of the user `name` (grant password), with an application of its tenant.
TokenAnswer user_token(const ReadyFacts& facts, const std::string& name,
                       const std::string& resource);

}  // namespace pcsim
