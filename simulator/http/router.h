#pragma once

#include <map>
#include <string>
#include <string_view>

#include "pcsim/operation.h"

namespace pcsim {

/// A request target taken apart: decoded segments joined by '/', and the decoded query.
struct Target {
  std::string path;  ///< raw path, `//` collapsed, no trailing '/', `/v1.0` written `/v1`
  std::map<std::string, std::string> query;  ///< lower-case names, decoded values
};

/// What the table says of a target.
struct RouteMatch {
  const Operation* operation = nullptr;
  std::map<std::string, std::string> path;  ///< decoded parameters
  bool path_known = false;                  ///< some operation has this path, with another method
};

/// `//` collapsed, no trailing `/`, `/v1.0` written `/v1`.
std::string normal_path(std::string_view raw);

/// Splits and normalises a raw request target.
Target parse_target(std::string_view target);

/// The surface that a host name, or else a path, belongs to.
Surface surface_of(std::string_view host, std::string_view path);

/// Finds the operation; literals compare without regard to case and win over parameters.
RouteMatch route(Surface surface, std::string_view method, std::string_view path);

}  // namespace pcsim
