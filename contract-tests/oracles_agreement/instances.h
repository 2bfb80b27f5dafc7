// Bodies that conform, made from the schemas themselves.
#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace pcsim::agreement {

/// How much of what is optional an instance holds.
enum class Detail { Minimal, Full };

/// One value of an instance and the schema that asked for it ("document.json#/pointer").
struct Made {
  std::string instance_pointer;
  std::string schema;
};

using Documents = std::map<std::string, nlohmann::json>;

/// An instance of the document `id`; `made` lists its values.
nlohmann::json make_instance(const Documents& documents, const std::string& id, Detail detail,
                             std::vector<Made>& made);

}  // namespace pcsim::agreement
