#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "pcsim/operation.h"

namespace pcsim::contract {

/// What a run has seen: outcomes for the comparison with the declaration, bodies for the mutation.
class Journal {
 public:
  static Journal& instance();

  void succeeded(OperationId operation);
  /// `natural` when neither a switch nor a trigger helped.
  void refused(OperationId operation, ErrorCode error, bool natural);
  /// Keeps `body`, unless one of the same shape is there already.
  void keep(const std::string& schema, const nlohmann::json& body);

  const std::set<OperationId>& successes() const { return successes_; }
  const std::set<std::pair<OperationId, ErrorCode>>& refusals() const { return refusals_; }
  /// The errors met by ordinary requests.
  const std::set<ErrorCode>& natural() const { return natural_; }
  const std::vector<nlohmann::json>& bodies(const std::string& schema) const;
  std::vector<std::string> kept_schemas() const;

 private:
  std::set<OperationId> successes_{};
  std::set<std::pair<OperationId, ErrorCode>> refusals_{};
  std::set<ErrorCode> natural_{};
  std::map<std::string, std::vector<nlohmann::json>> bodies_{};
  std::map<std::string, std::set<std::string>> shapes_{};
};

}  // namespace pcsim::contract
