#pragma once

#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <set>
#include <string>

namespace pcsim::contract {

/// A place in the schema documents.
struct SchemaNode {
  std::string document;  ///< the name of the document
  std::string pointer;   ///< JSON pointer within it
  const nlohmann::json* schema;

  std::string key() const { return document + "#" + pointer; }
};

/// The root of a document; its schema is null when there is no such document.
SchemaNode root_of(const std::string& name);

/// Follows `$ref` as long as there is one.
SchemaNode resolved(SchemaNode node);

/// Every place from which an answer may be judged: properties, items, references, combinations.
/// Conditions and negations are left out, for they ask for nothing.
void each_node(const SchemaNode& node, std::set<std::string>& seen,
               const std::function<void(const SchemaNode&)>& visit);

/// The same along an instance: `visit` is given the places that judge the value at a pointer.
/// Of alternatives only those the value fulfils are followed.
void each_judgement(const SchemaNode& node, const nlohmann::json& instance,
                    const std::string& instance_pointer,
                    const std::function<void(const SchemaNode&, const std::string&)>& visit);

/// The members a node requires.
std::set<std::string> required_members(const SchemaNode& node);

}  // namespace pcsim::contract
