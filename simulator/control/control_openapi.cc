#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "contract/schema_library.h"
#include "control/control_call.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

/// `control/clock_request` as a component is called.
std::string component_name(std::string_view schema) {
  return std::string{schema.substr(schema.rfind('/') + 1)};
}

/// A schema document as a component: references between files become references to components.
json component_of(std::string_view schema) {
  json document = *schema_document(std::string{schema} + ".json");
  document.erase("$schema");
  document.erase("$id");
  const auto rewrite = [](auto&& self, json& node) -> void {
    if (node.is_object() && node.contains("$ref")) {
      std::string name = node["$ref"].get<std::string>();
      name = name.substr(0, name.find(".json"));
      node["$ref"] = "#/components/schemas/" + name;
    }
    if (node.is_structured()) {
      for (json& child : node) {
        self(self, child);
      }
    }
  };
  rewrite(rewrite, document);
  return document;
}

json content_of(std::string_view schema) {
  return {{"application/json",
           {{"schema", {{"$ref", "#/components/schemas/" + component_name(schema)}}}}}};
}

json parameters_of(const ControlOperation& row) {
  json out = json::array();
  for (const std::string_view part : split(row.path, '/')) {
    if (part.size() > 2 && part.front() == '{') {
      out.push_back({{"name", std::string{part.substr(1, part.size() - 2)}},
                     {"in", "path"},
                     {"required", true},
                     {"schema", {{"type", "string"}}}});
    }
  }
  for (const ControlQuery& query : control_queries()) {
    if (query.operation == row.id) {
      out.push_back({{"name", std::string{query.name}},
                     {"in", "query"},
                     {"required", false},
                     {"description", std::string{query.meaning}},
                     {"schema", {{"type", "string"}}}});
    }
  }
  return out;
}

json operation_of(const ControlOperation& row) {
  json responses{
      {"default", {{"description", "A refusal"}, {"content", content_of("control/error")}}}};
  json& success = responses[std::to_string(row.success_status)];
  success["description"] = "Done";
  if (!row.response_schema.empty()) {
    success["content"] = content_of(row.response_schema);
  }
  json out{{"operationId", std::string{row.name}},
           {"summary", std::string{row.summary}},
           {"parameters", parameters_of(row)},
           {"responses", std::move(responses)}};
  if (!row.request_schema.empty()) {
    out["requestBody"] = {{"content", content_of(row.request_schema)}};
  }
  if (row.id == ControlId::Health) {
    out["security"] = json::array();
  }
  return out;
}

}  // namespace

Response control_OpenApi(const ControlCall& call) {
  json paths = json::object();
  json schemas = json::object();
  std::set<std::string_view> names{"control/error", "control/exchange", "control/clock_facts"};
  for (const ControlOperation& row : control_operations()) {
    paths[std::string{row.path}][lower(row.method)] = operation_of(row);
    for (const std::string_view schema : {row.request_schema, row.response_schema}) {
      if (!schema.empty()) {
        names.insert(schema);
      }
    }
  }
  for (const std::string_view name : names) {
    schemas[component_name(name)] = component_of(name);
  }
  const ordered_json document{
      {"openapi", "3.1.0"},
      {"info", {{"title", "pcsim steering interface"}, {"version", "1"}}},
      {"servers", json::array({{{"url", "/"}}})},
      {"security", json::array({{{"controlToken", json::array()}}})},
      {"paths", paths},
      {"components",
       {{"securitySchemes", {{"controlToken", {{"type", "http"}, {"scheme", "bearer"}}}}},
        {"schemas", schemas}}}};
  return control_answer(call, document);
}

}  // namespace pcsim
