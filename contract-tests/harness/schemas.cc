#include "harness/schemas.h"

#include <map>
#include <nlohmann/json.hpp>

#include "contract/schema_library.h"
#include "harness/settings.h"
#include "pcsim/embedded.h"

namespace pcsim::contract {

const nlohmann::json& schema_document(std::string_view name) {
  static std::map<std::string, nlohmann::json, std::less<>> parsed;
  const auto known = parsed.find(name);
  if (known != parsed.end()) {
    return known->second;
  }
  const auto content = embedded_file("schemas/" + std::string{name} + ".json");
  auto document = content ? nlohmann::json::parse(*content, nullptr, false) : nlohmann::json{};
  return parsed.emplace(std::string{name}, std::move(document)).first->second;
}

const Schema* find_part(const std::string& name, const std::string& pointer) {
  return schema_library().find(name + ".json#" + pointer);
}

std::string violations(const Schema& schema, const nlohmann::json& body) {
  std::string out;
  for (const Violation& violation : schema.validate(body)) {
    if (settings().tolerate_unknown_members && violation.keyword == "additionalProperties") {
      continue;
    }
    out += violation.instance_pointer + ": " + violation.message + " (" + violation.schema_pointer +
           ")\n";
  }
  return out;
}

}  // namespace pcsim::contract
