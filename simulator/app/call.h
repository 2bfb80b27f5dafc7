#pragma once

#include <map>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/world.h"
#include "pcsim/message.h"
#include "pcsim/operation.h"
#include "pcsim/ports.h"
#include "pcsim/result.h"

namespace pcsim {

struct Reference;

/// Who calls: taken from a verified token.
struct Principal {
  std::string tenant_id, object_id, application_id, user_principal_name, audience;
  bool is_user = false;
  bool mfa = false;
  std::uint32_t roles = 0;
  std::vector<std::string> groups{};  ///< object ids of the caller's groups
  bool is_guest = false;
  std::string home_tenant{};
};

/// Signs and verifies tokens; implemented by the server floor.
class TokenAuthority {
 public:
  virtual ~TokenAuthority() = default;
  virtual std::string sign(std::string_view claims_json) const = 0;
  virtual std::string jwks() const = 0;
  /// The claims JSON of `token` when its signature is this authority's.
  virtual std::optional<std::string> verify(std::string_view token) const = 0;
};

/// One routed request on its way to a handler; `body` is null when there was none.
struct Call {
  const Operation& operation;
  const Request& request;
  const std::map<std::string, std::string>& path;   ///< decoded path parameters
  const std::map<std::string, std::string>& query;  ///< decoded, lower-case names
  const nlohmann::json& body;
  const Principal& principal;
  World& world;  ///< already locked for this call
  Env& env;
  const TokenAuthority& authority;
  const std::string& base_url;     ///< scheme, host and port the client used
  const std::string& universe_id;  ///< name of the universe a token must carry
  const Reference& reference;      ///< markets, catalogue and country rules
};

/// A handler's answer before rendering: ordered JSON text and extra headers.
struct Reply {
  int status = 0;  ///< 0 takes the operation's success status
  std::string json{};
  Headers headers{};
};

using Handler = Result<Reply> (*)(const Call&);

/// The handler bound to an operation; every operation has one.
Handler handler_for(OperationId id);

}  // namespace pcsim
