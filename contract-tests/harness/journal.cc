#include "harness/journal.h"

#include <nlohmann/json.hpp>

namespace pcsim::contract {
namespace {

/// Which members are where, whatever their values; array elements count once per shape.
std::string shape_of(const nlohmann::json& value) {
  if (value.is_object()) {
    std::string out = "{";
    for (const auto& [name, member] : value.items()) {
      out += name + ":" + shape_of(member) + ",";
    }
    return out + "}";
  }
  if (value.is_array()) {
    std::set<std::string> elements;
    for (const auto& element : value) {
      elements.insert(shape_of(element));
    }
    std::string out = "[";
    for (const std::string& element : elements) {
      out += element + ",";
    }
    return out + "]";
  }
  return value.type_name();
}

}  // namespace

Journal& Journal::instance() {
  static Journal only;
  return only;
}

void Journal::succeeded(OperationId operation) { successes_.insert(operation); }

void Journal::refused(OperationId operation, ErrorCode error, bool natural) {
  refusals_.emplace(operation, error);
  if (natural) {
    natural_.insert(error);
  }
}

void Journal::keep(const std::string& schema, const nlohmann::json& body) {
  if (shapes_[schema].insert(shape_of(body)).second) {
    bodies_[schema].push_back(body);
  }
}

const std::vector<nlohmann::json>& Journal::bodies(const std::string& schema) const {
  static const std::vector<nlohmann::json> none;
  const auto found = bodies_.find(schema);
  return found == bodies_.end() ? none : found->second;
}

std::vector<std::string> Journal::kept_schemas() const {
  std::vector<std::string> names;
  for (const auto& [name, bodies] : bodies_) {
    names.push_back(name);
  }
  return names;
}

}  // namespace pcsim::contract
