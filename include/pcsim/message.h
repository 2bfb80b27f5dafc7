#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pcsim {

/// Header fields in wire order; names compare without regard to case.
struct Headers {
  std::vector<std::pair<std::string, std::string>> fields{};

  /// The first value of `name`.
  std::optional<std::string_view> find(std::string_view name) const;
  void add(std::string name, std::string value) {
    fields.emplace_back(std::move(name), std::move(value));
  }
};

/// One HTTP request as data; `target` is the raw request target, still percent-encoded.
struct Request {
  std::string method;
  std::string target;
  Headers headers{};
  std::string body{};
};

/// One HTTP answer as data.
struct Response {
  int status = 200;
  Headers headers{};
  std::string body{};
};

}  // namespace pcsim
