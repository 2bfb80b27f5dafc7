#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "control/control.h"
#include "pcsim/control_operation.h"

/// One call of the steering interface on its way to its handler.
namespace pcsim {

struct ControlCall {
  const ControlOperation& operation;
  std::map<std::string, std::string, std::less<>> path{};
  std::map<std::string, std::string> query{};
  const nlohmann::json& body;            ///< has passed the schema of the row
  std::shared_ptr<Universe> universe{};  ///< the one the path names
  UniverseRegistry& universes;
  const Control::Options& options;
  const Reference& reference;
  IdSource& ids;  ///< guarded by `mutex`
  std::mutex& mutex;

  const std::string& parameter(std::string_view name) const { return path.find(name)->second; }
  std::string asked(const std::string& name) const {
    const auto found = query.find(name);
    return found == query.end() ? std::string{} : found->second;
  }
};

/// An answer with the status of the row.
Response control_answer(const ControlCall& call, const nlohmann::ordered_json& body);

/// `{"error":{"status":…,"message":…}}`.
Response control_refusal(int status, const std::string& message);

/// What a universe may be called: 1 to 64 lower-case letters, digits or dashes.
bool usable_name(std::string_view name);

#define CTL(id, method, path, in, out, status, summary) \
  Response control_##id(const ControlCall& call);
#include "pcsim/operations/control.def"
#undef CTL

}  // namespace pcsim
