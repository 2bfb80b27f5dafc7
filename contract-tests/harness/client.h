#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "harness/universe.h"
#include "harness/wire.h"
#include "pcsim/operation.h"

namespace pcsim::contract {

using Path = std::map<std::string, std::string>;

/// One call, tied to the operation that has to answer it.
struct Ask {
  OperationId operation;
  Path path{};
  std::string query{};   ///< encoded, without the question mark
  std::string body{};    ///< as sent
  Fields headers{};      ///< beside those every call carries; `-` leaves one out
  std::string target{};  ///< replaces the path built from the row, without the base path
};

/// Calls a universe with one token and checks everything an answer has in common with its
/// declaration.
class Client {
 public:
  /// Without a token when `token` is empty.
  Client(const Universe& universe, std::string token);
  /// On another base path than a universe's.
  Client(std::string base_path, std::string token);

  /// The call succeeds; the body it answers, null when there is none.
  nlohmann::json ok(const Ask& ask) const;
  /// The same, and the header fields of the answer.
  nlohmann::json ok(const Ask& ask, Answer* answer) const;
  /// The call is refused with `error`; the body it answers.
  nlohmann::json refused(const Ask& ask, ErrorCode error) const;

  /// Sends without judging.
  Answer send(const Ask& ask) const;

 private:
  Fields headers_for(const Operation& row, const Ask& ask) const;

  std::string base_path_, token_;
  bool natural_ = true;  ///< no switch of the universe is away from its default
};

/// The path of `row` with its parameters put in.
std::string path_of(const Operation& row, const Path& parameters);

/// Clients of the three common kinds.
Client partner(Universe& universe, Who who = Who::Admin);
Client azure(Universe& universe, Who who);
Client anonymous(const Universe& universe);

/// The api-versions that calls of the resource manager carry here: reservations, subscriptions,
/// role assignments.
constexpr const char* kApiVersion = "api-version=2022-11-01";
constexpr const char* kSubscriptionsVersion = "api-version=2022-12-01";
constexpr const char* kAuthorizationVersion = "api-version=2022-04-01";

}  // namespace pcsim::contract
