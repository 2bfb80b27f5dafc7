#include "harness/schema_walk.h"

#include <nlohmann/json.hpp>
#include <vector>

#include "harness/schemas.h"
#include "pcsim/text.h"

namespace pcsim::contract {
namespace {

using nlohmann::json;

std::string escaped(std::string name) {
  for (std::size_t at = 0; (at = name.find_first_of("~/", at)) != std::string::npos; at += 2) {
    name.replace(at, 1, name[at] == '~' ? "~0" : "~1");
  }
  return name;
}

SchemaNode child(const SchemaNode& node, const std::string& path, const json& schema) {
  return {node.document, node.pointer + "/" + path, &schema};
}

/// `text` as a document name, seen from the folder of `from`: "../error.json" beside "a/b/c" is
/// "a/error".
std::string document_name(const std::string& from, std::string_view text) {
  for (const std::string_view extension : {".json", ".schema"}) {
    if (text.ends_with(extension)) {
      text.remove_suffix(extension.size());
    }
  }
  std::vector<std::string> parts;
  if (text.find("://") == std::string_view::npos && !text.starts_with('/')) {
    for (const auto piece : split(from, '/')) {
      parts.emplace_back(piece);
    }
    parts.pop_back();
  }
  for (const auto piece : split(text, '/')) {
    if (piece == ".." && !parts.empty()) {
      parts.pop_back();
    } else if (piece != "." && piece != ".." && !piece.empty()) {
      parts.emplace_back(piece);
    }
  }
  std::string out;
  for (const std::string& part : parts) {
    out += (out.empty() ? "" : "/") + part;
  }
  return out;
}

bool holds(const SchemaNode& node, const json& value) {
  const Schema* schema = find_part(node.document, node.pointer);
  return schema != nullptr && schema->valid(value);
}

using Child = std::function<void(const SchemaNode&)>;

void each_alternative(const SchemaNode& node, const Child& visit) {
  for (const char* keyword : {"allOf", "anyOf", "oneOf"}) {
    if (node.schema->contains(keyword)) {
      std::size_t index = 0;
      for (const json& branch : node.schema->at(keyword)) {
        visit(child(node, std::string{keyword} + "/" + std::to_string(index++), branch));
      }
    }
  }
  for (const char* keyword : {"then", "else"}) {
    if (node.schema->contains(keyword)) {
      visit(child(node, keyword, node.schema->at(keyword)));
    }
  }
}

/// Whether what stands at `branch` applies to `value`.
bool applies(const SchemaNode& node, const SchemaNode& branch, const json& value) {
  const std::string keyword = branch.pointer.substr(node.pointer.size() + 1);
  if (keyword == "then" || keyword == "else") {
    const bool condition = holds(child(node, "if", node.schema->at("if")), value);
    return condition == (keyword == "then");
  }
  return keyword.starts_with("allOf") || holds(branch, value);
}

}  // namespace

SchemaNode root_of(const std::string& name) {
  const json& document = schema_document(name);
  return {name, "", document.is_null() ? nullptr : &document};
}

SchemaNode resolved(SchemaNode node) {
  while (node.schema != nullptr && node.schema->is_object() && node.schema->contains("$ref")) {
    const std::string reference = node.schema->at("$ref").get<std::string>();
    const std::size_t hash = reference.find('#');
    const std::string file = reference.substr(0, hash);
    const std::string name = file.empty() ? node.document : document_name(node.document, file);
    const std::string pointer = hash == std::string::npos ? "" : reference.substr(hash + 1);
    SchemaNode next = root_of(name);
    if (next.schema != nullptr) {
      const json::json_pointer at{pointer};
      next.schema = next.schema->contains(at) ? &next.schema->at(at) : nullptr;
    }
    next.pointer = pointer;
    node = next;
  }
  return node;
}

void each_node(const SchemaNode& unresolved, std::set<std::string>& seen, const Child& visit) {
  const SchemaNode node = resolved(unresolved);
  if (node.schema == nullptr || !node.schema->is_object() || !seen.insert(node.key()).second) {
    return;
  }
  visit(node);
  const auto descend = [&](const SchemaNode& next) { each_node(next, seen, visit); };
  if (node.schema->contains("properties")) {
    for (const auto& [name, schema] : node.schema->at("properties").items()) {
      descend(child(node, "properties/" + escaped(name), schema));
    }
  }
  for (const char* keyword : {"additionalProperties", "items"}) {
    if (node.schema->contains(keyword) && node.schema->at(keyword).is_object()) {
      descend(child(node, keyword, node.schema->at(keyword)));
    }
  }
  each_alternative(node, descend);
}

void each_judgement(const SchemaNode& unresolved, const json& instance,
                    const std::string& instance_pointer,
                    const std::function<void(const SchemaNode&, const std::string&)>& visit) {
  const SchemaNode node = resolved(unresolved);
  if (node.schema == nullptr || !node.schema->is_object()) {
    return;
  }
  visit(node, instance_pointer);
  const json& schema = *node.schema;
  if (instance.is_object()) {
    for (const auto& [name, value] : instance.items()) {
      const std::string below = instance_pointer + "/" + escaped(name);
      if (schema.contains("properties") && schema.at("properties").contains(name)) {
        each_judgement(child(node, "properties/" + escaped(name), schema.at("properties").at(name)),
                       value, below, visit);
      } else if (schema.contains("additionalProperties")) {
        each_judgement(child(node, "additionalProperties", schema.at("additionalProperties")),
                       value, below, visit);
      }
    }
  }
  if (instance.is_array() && schema.contains("items") && schema.at("items").is_object()) {
    for (std::size_t i = 0; i < instance.size(); ++i) {
      each_judgement(child(node, "items", schema.at("items")), instance[i],
                     instance_pointer + "/" + std::to_string(i), visit);
    }
  }
  each_alternative(node, [&](const SchemaNode& branch) {
    if (applies(node, branch, instance)) {
      each_judgement(branch, instance, instance_pointer, visit);
    }
  });
}

std::set<std::string> required_members(const SchemaNode& node) {
  std::set<std::string> out;
  if (node.schema->contains("required") && node.schema->at("required").is_array()) {
    for (const json& name : node.schema->at("required")) {
      out.insert(name.get<std::string>());
    }
  }
  return out;
}

}  // namespace pcsim::contract
