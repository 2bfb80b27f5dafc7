#include "harness/sample.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "contract/request_schemas.h"
#include "harness/schema_walk.h"
#include "harness/schemas.h"
#include "pcsim/schema.h"

namespace pcsim::contract {
namespace {

using nlohmann::json;

/// Deeper down only what is required, and at last nothing.
constexpr int kFullDepth = 6;
constexpr int kMaxDepth = 12;

/// Texts that the formats and patterns of our schemas ask for.
constexpr const char* kTexts[] = {"d0000001-0000-4000-8000-000000000001",
                                  "2026-05-01T00:00:00Z",
                                  "2026-05-01",
                                  "ana@moulin.example",
                                  "https://moulin.example/",
                                  "DZH318Z0BPS6:0001:DZH318Z0BML6",
                                  "DZH318Z0BPS6",
                                  "FR",
                                  "EUR",
                                  "P1Y",
                                  "fr-FR",
                                  "1000001",
                                  "1",
                                  "moulin.example",
                                  "moulin",
                                  "Moulin",
                                  "/subscriptions/d0000001-0000-4000-8000-000000000001"};

class Sampler {
 public:
  /// `full` puts in what is not required too.
  explicit Sampler(bool full) : full_(full) {}

  json sample(const SchemaNode& given, int depth = 0) const {
    const SchemaNode node = resolved(given);
    if (node.schema == nullptr || !node.schema->is_object()) {
      return json{};
    }
    const json& schema = *node.schema;
    if (schema.contains("const")) {
      return schema.at("const");
    }
    if (schema.contains("enum")) {
      return schema.at("enum").front();
    }
    json out = of_type(node, type_of(schema), depth);
    for (const char* keyword : {"allOf", "anyOf", "oneOf"}) {
      // Of alternatives the first will do.
      const std::size_t count = !schema.contains(keyword)              ? 0
                                : std::string_view{keyword} == "allOf" ? schema.at(keyword).size()
                                                                       : 1;
      for (std::size_t at = 0; at < count; ++at) {
        add(sample(part(node, {keyword, std::to_string(at)}), depth + 1), out);
      }
    }
    return out;
  }

 private:
  static void add(const json& more, json& out) {
    if (more.is_object() && out.is_object()) {
      out.update(more);
    } else if (!more.is_null()) {
      out = more;
    }
  }

  static SchemaNode part(const SchemaNode& node, const std::vector<std::string>& steps) {
    json::json_pointer inside;
    for (const std::string& step : steps) {
      inside /= step;
    }
    return {node.document, node.pointer + inside.to_string(), &node.schema->at(inside)};
  }

  static std::string type_of(const json& schema) {
    const auto type = schema.find("type");
    if (type == schema.end()) {
      return schema.contains("properties") ? "object" : "";
    }
    if (type->is_string()) {
      return *type;
    }
    for (const json& one : *type) {
      if (one != "null") {
        return one;
      }
    }
    return "null";
  }

  json of_type(const SchemaNode& node, const std::string& type, int depth) const {
    const json& schema = *node.schema;
    if (type == "object") {
      return object(node, depth);
    }
    if (type == "array") {
      json out = json::array();
      const bool wanted = depth + 1 < kFullDepth || schema.contains("minItems");
      if (schema.contains("items") && schema.at("items").is_object() && wanted) {
        out.push_back(sample(part(node, {"items"}), depth + 1));
      }
      return out;
    }
    if (type == "integer" || type == "number") {
      return schema.value("minimum", json(1));
    }
    if (type == "boolean") {
      return true;
    }
    return type == "string" ? text(node) : json{};
  }

  json object(const SchemaNode& node, int depth) const {
    json out = json::object();
    const json properties = node.schema->value("properties", json::object());
    const auto required = required_members(node);
    for (const auto& [name, schema] : properties.items()) {
      if ((full_ && depth < kFullDepth) || (depth < kMaxDepth && required.contains(name))) {
        const json value = sample(part(node, {"properties", name}), depth + 1);
        if (!value.is_null()) {
          out[name] = value;
        }
      }
    }
    return out;
  }

  static json text(const SchemaNode& node) {
    const Schema* schema = find_part(node.document, node.pointer);
    for (const char* candidate : kTexts) {
      if (schema == nullptr || schema->valid(json(candidate))) {
        return candidate;
      }
    }
    return json{};
  }

  bool full_;
};

}  // namespace

std::optional<json> sample_of(const Operation& row) {
  for (const bool full : {true, false}) {
    const json body = Sampler{full}.sample(root_of(std::string{row.request_schema}));
    if (!request_violation(row, body)) {
      return body;
    }
  }
  return std::nullopt;
}

}  // namespace pcsim::contract
