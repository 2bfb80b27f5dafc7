#pragma once

#include <string>
#include <utility>
#include <vector>

namespace pcsim::contract {

using Fields = std::vector<std::pair<std::string, std::string>>;

/// What came back, as it came: names of header fields keep their case.
struct Answer {
  int status = 0;
  Fields headers{};
  std::string body{};

  /// The value of a field, names compared without case; empty when it is absent.
  std::string header(const std::string& name) const;
};

/// Sends one request over the kept-alive, verified TLS connection of this process. `target` is the
/// raw request target. Status 0 when no answer came.
Answer send(const std::string& method, const std::string& target, const Fields& headers,
            const std::string& body);

/// Sends one request to the steering interface.
Answer steer(const std::string& method, const std::string& path, const std::string& body);

/// A fresh GUID; every one of this process differs.
std::string new_guid();

}  // namespace pcsim::contract
