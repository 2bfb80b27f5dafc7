#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>

#include "schema_internal.h"

namespace pcsim::schema_detail {
namespace {

constexpr int kMaximumDepth = 256;
constexpr std::string_view kDraft = "http://json-schema.org/draft-07/schema";

struct TypeName {
  std::string_view name;
  unsigned bits;
};
constexpr TypeName kTypeNames[] = {
    {"null", kNull},     {"boolean", kBoolean}, {"object", kObject},   {"array", kArray},
    {"number", kNumber}, {"string", kString},   {"integer", kInteger},
};

class Compiler {
 public:
  Compiler(const Index& index, const SchemaOptions& options, Program* program)
      : index_(index), options_(options), program_(*program) {}

  const Node* compile(const Location& here);
  const std::string& error() const { return error_; }

 private:
  void fill(Node* node, const Location& at);
  void reference(Node* node, const Location& at);
  void keyword(Node* node, const Location& at, const std::string& key, const Json& value);
  bool header_keyword(const Location& at, const std::string& key, const Json& value);
  bool value_keyword(Node* node, const Location& at, const std::string& key, const Json& value);
  bool number_keyword(Node* node, const Location& at, const std::string& key, const Json& value);
  bool count_keyword(Node* node, const Location& at, const std::string& key, const Json& value);
  bool array_keyword(Node* node, const Location& at, const std::string& key, const Json& value);
  bool object_keyword(Node* node, const Location& at, const std::string& key, const Json& value);
  bool logic_keyword(Node* node, const Location& at, const std::string& key, const Json& value);

  void type(Node* node, const Location& at, const Json& value);
  void format(Node* node, const Location& at, const Json& value);
  void items(Node* node, const Location& at, const Json& value);
  void members(const Location& at, const std::string& key, const Json& value,
               std::vector<std::pair<std::string, const Node*>>* out);
  void dependencies(Node* node, const Location& at, const Json& value);
  const Node* child(const Location& at, const std::string& key, const Json& value);
  std::vector<const Node*> list(const Location& at, const std::string& key, const Json& value);
  std::vector<std::string> names(const Location& at, const std::string& key, const Json& value);
  const RE2* pattern(const Location& at, const std::string& key, const std::string& text);

  // Keeps the first error.
  void fail(const Location& at, const std::string& text) {
    if (error_.empty())
      error_ = at.document->id + "#" + at.pointer + ": " + text;
  }
  bool require(bool holds, const Location& at, const std::string& key, const char* what) {
    if (!holds)
      fail(at, "\"" + key + "\" must be " + what);
    return holds;
  }

  const Index& index_;
  const SchemaOptions& options_;
  Program& program_;
  std::map<std::pair<const Json*, std::string>, const Node*> done_;
  std::string error_;
  int depth_ = 0;
};

Location below(const Location& at, std::string_view token, const Json& value) {
  Location inner = at;
  inner.value = &value;
  inner.pointer = append_pointer(at.pointer, token);
  return inner;
}

// `here.base` is the base within the schema.
const Node* Compiler::compile(const Location& here) {
  const auto [entry, fresh] = done_.emplace(std::make_pair(here.value, here.base), nullptr);
  if (!fresh)
    return entry->second;
  program_.nodes.push_back(std::make_unique<Node>());
  Node* const node = program_.nodes.back().get();
  entry->second = node;
  node->document = here.document;
  node->pointer = here.pointer;
  if (here.value->is_boolean()) {
    node->kind = here.value->get<bool>() ? Node::Kind::kAlways : Node::Kind::kNever;
  } else if (!here.value->is_object()) {
    fail(here, "a schema must be an object or a boolean");
  } else if (depth_ == kMaximumDepth) {
    fail(here, "is nested too deeply");
  } else if (error_.empty()) {
    ++depth_;
    fill(node, here);
    --depth_;
  }
  return node;
}

void Compiler::fill(Node* node, const Location& at) {
  if (!at.value->empty())
    node->kind = Node::Kind::kRules;
  if (at.value->contains("$ref")) {
    reference(node, at);
    return;
  }
  for (const auto& [key, value] : at.value->items())
    keyword(node, at, key, value);
}

void Compiler::reference(Node* node, const Location& at) {
  const Json& ref = *at.value->find("$ref");
  if (!require(ref.is_string(), at, "$ref", "a string"))
    return;
  std::string why;
  const auto target = index_.resolve(at.base, ref.get_ref<const std::string&>(), &why);
  if (target) {
    node->ref = compile(*target);
  } else {
    fail(at, why);
  }
}

void Compiler::keyword(Node* node, const Location& at, const std::string& key, const Json& value) {
  if (!error_.empty())
    return;
  if (keyword_kind(key) == KeywordKind::kUnknown) {
    if (!options_.tolerate_unknown_keywords)
      fail(at, "unknown keyword \"" + key + "\"");
    return;
  }
  if (header_keyword(at, key, value) || value_keyword(node, at, key, value) ||
      number_keyword(node, at, key, value) || count_keyword(node, at, key, value) ||
      array_keyword(node, at, key, value) || object_keyword(node, at, key, value)) {
    return;
  }
  logic_keyword(node, at, key, value);
}

// Keywords which check nothing.
bool Compiler::header_keyword(const Location& at, const std::string& key, const Json& value) {
  if (key == "default")
    return true;
  if (key == "examples") {
    require(value.is_array(), at, key, "an array");
  } else if (key == "readOnly" || key == "writeOnly") {
    require(value.is_boolean(), at, key, "a boolean");
  } else if (key == "$schema") {
    if (!require(value.is_string(), at, key, "a string"))
      return true;
    std::string draft = value.get<std::string>();
    if (!draft.empty() && draft.back() == '#')
      draft.pop_back();
    if (!options_.tolerate_unknown_keywords) {
      require(draft == kDraft, at, key, "the address of draft-07");
    }
  } else if (key == "$id" || key == "$comment" || key == "title" || key == "description" ||
             key == "contentEncoding" || key == "contentMediaType") {
    require(value.is_string(), at, key, "a string");
  } else {
    return false;
  }
  return true;
}

bool Compiler::value_keyword(Node* node, const Location& at, const std::string& key,
                             const Json& value) {
  if (key == "type") {
    type(node, at, value);
  } else if (key == "enum") {
    if (require(value.is_array(), at, key, "an array"))
      node->enumeration = &value;
  } else if (key == "const") {
    node->constant = &value;
  } else if (key == "pattern") {
    if (require(value.is_string(), at, key, "a string")) {
      node->pattern = pattern(at, key, value.get<std::string>());
    }
  } else if (key == "format") {
    format(node, at, value);
  } else {
    return false;
  }
  return true;
}

void Compiler::type(Node* node, const Location& at, const Json& value) {
  const auto add = [&](const Json& name) {
    const auto known = std::find_if(std::begin(kTypeNames), std::end(kTypeNames),
                                    [&](const TypeName& t) { return name == Json(t.name); });
    if (require(known != std::end(kTypeNames), at, "type", "the name of a type, or several")) {
      node->types |= known->bits;
    }
  };
  if (value.is_array()) {
    require(!value.empty(), at, "type", "the name of a type, or several");
    for (const Json& name : value)
      add(name);
  } else {
    add(value);
  }
}

void Compiler::format(Node* node, const Location& at, const Json& value) {
  if (!require(value.is_string(), at, "format", "a string") || !options_.assert_formats)
    return;
  node->format_name = value.get<std::string>();
  node->format = find_format(node->format_name);
  if (node->format == nullptr && !options_.tolerate_unknown_keywords) {
    fail(at, "unknown format \"" + node->format_name + "\"");
  }
}

bool Compiler::number_keyword(Node* node, const Location& at, const std::string& key,
                              const Json& value) {
  const Json** target = nullptr;
  if (key == "multipleOf")
    target = &node->multiple_of;
  if (key == "minimum")
    target = &node->minimum;
  if (key == "maximum")
    target = &node->maximum;
  if (key == "exclusiveMinimum")
    target = &node->exclusive_minimum;
  if (key == "exclusiveMaximum")
    target = &node->exclusive_maximum;
  if (target == nullptr)
    return false;
  if (!require(value.is_number(), at, key, "a number"))
    return true;
  *target = &value;
  if (key == "multipleOf")
    require(compare_numbers(value, Json(0)) > 0, at, key, "above 0");
  return true;
}

bool Compiler::count_keyword(Node* node, const Location& at, const std::string& key,
                             const Json& value) {
  std::optional<std::uint64_t>* target = nullptr;
  if (key == "minLength")
    target = &node->min_length;
  if (key == "maxLength")
    target = &node->max_length;
  if (key == "minItems")
    target = &node->min_items;
  if (key == "maxItems")
    target = &node->max_items;
  if (key == "minProperties")
    target = &node->min_properties;
  if (key == "maxProperties")
    target = &node->max_properties;
  if (target == nullptr)
    return false;
  const bool fits = is_integer(value) && compare_numbers(value, Json(0)) >= 0;
  if (!require(fits, at, key, "an integer not below 0"))
    return true;
  constexpr auto kMost = std::numeric_limits<std::uint64_t>::max();
  *target = compare_numbers(value, Json(kMost)) >= 0 ? kMost : value.get<std::uint64_t>();
  return true;
}

bool Compiler::array_keyword(Node* node, const Location& at, const std::string& key,
                             const Json& value) {
  if (key == "items") {
    items(node, at, value);
  } else if (key == "additionalItems") {
    const Node* const schema = child(at, key, value);
    const auto tuple = at.value->find("items");
    if (tuple != at.value->end() && tuple->is_array())
      node->additional_items = schema;
  } else if (key == "contains") {
    node->contains = child(at, key, value);
  } else if (key == "uniqueItems") {
    if (require(value.is_boolean(), at, key, "a boolean"))
      node->unique_items = value.get<bool>();
  } else {
    return false;
  }
  return true;
}

void Compiler::items(Node* node, const Location& at, const Json& value) {
  if (value.is_array()) {
    node->tuple = list(at, "items", value);
  } else {
    node->items = child(at, "items", value);
  }
}

bool Compiler::object_keyword(Node* node, const Location& at, const std::string& key,
                              const Json& value) {
  std::vector<std::pair<std::string, const Node*>> found;
  if (key == "required") {
    node->required = names(at, key, value);
  } else if (key == "properties") {
    members(at, key, value, &found);
    for (auto& [name, schema] : found)
      node->properties.emplace(name, schema);
  } else if (key == "patternProperties") {
    members(at, key, value, &found);
    for (auto& [text, schema] : found) {
      node->pattern_properties.emplace_back(pattern(at, key, text), schema);
    }
  } else if (key == "definitions") {
    members(at, key, value, &found);
  } else if (key == "additionalProperties") {
    node->additional_properties = child(at, key, value);
  } else if (key == "propertyNames") {
    node->property_names = child(at, key, value);
  } else if (key == "dependencies") {
    dependencies(node, at, value);
  } else {
    return false;
  }
  return true;
}

bool Compiler::logic_keyword(Node* node, const Location& at, const std::string& key,
                             const Json& value) {
  const auto some = [&] {
    require(value.is_array() && !value.empty(), at, key, "a list of one or more schemas");
    return list(at, key, value);
  };
  if (key == "allOf") {
    node->all_of = some();
  } else if (key == "anyOf") {
    node->any_of = some();
  } else if (key == "oneOf") {
    node->one_of = some();
  } else if (key == "not") {
    node->negated = child(at, key, value);
  } else if (key == "if") {
    node->condition = child(at, key, value);
  } else if (key == "then") {
    node->then_branch = child(at, key, value);
  } else if (key == "else") {
    node->else_branch = child(at, key, value);
  } else {
    return false;
  }
  return true;
}

void Compiler::members(const Location& at, const std::string& key, const Json& value,
                       std::vector<std::pair<std::string, const Node*>>* out) {
  if (!require(value.is_object(), at, key, "an object"))
    return;
  const Location inner = below(at, key, value);
  for (const auto& [name, schema] : value.items()) {
    out->emplace_back(name, child(inner, name, schema));
  }
}

void Compiler::dependencies(Node* node, const Location& at, const Json& value) {
  if (!require(value.is_object(), at, "dependencies", "an object"))
    return;
  const Location inner = below(at, "dependencies", value);
  for (const auto& [name, wanted] : value.items()) {
    Dependency dependency;
    dependency.property = name;
    if (wanted.is_array()) {
      dependency.required = names(inner, name, wanted);
    } else {
      dependency.schema = child(inner, name, wanted);
    }
    node->dependencies.push_back(std::move(dependency));
  }
}

const Node* Compiler::child(const Location& at, const std::string& key, const Json& value) {
  Location inner = below(at, key, value);
  inner.base = base_within(value, at.base);
  return compile(inner);
}

std::vector<const Node*> Compiler::list(const Location& at, const std::string& key,
                                        const Json& value) {
  std::vector<const Node*> out;
  if (!value.is_array())
    return out;
  const Location inner = below(at, key, value);
  for (std::size_t i = 0; i < value.size(); ++i) {
    out.push_back(child(inner, std::to_string(i), value[i]));
  }
  return out;
}

std::vector<std::string> Compiler::names(const Location& at, const std::string& key,
                                         const Json& value) {
  std::vector<std::string> out;
  if (!require(value.is_array(), at, key, "an array of strings"))
    return out;
  for (const Json& name : value) {
    if (!require(name.is_string(), at, key, "an array of strings"))
      return out;
    out.push_back(name.get<std::string>());
  }
  return out;
}

const RE2* Compiler::pattern(const Location& at, const std::string& key, const std::string& text) {
  auto& entry = program_.patterns[text];
  if (entry)
    return entry.get();
  std::string why;
  entry = compile_pattern(text, &why);
  if (!entry)
    fail(at, "\"" + key + "\" holds an unusable pattern \"" + text + "\": " + why);
  return entry.get();
}

// Finds schemas which apply themselves to the very same instance: to evaluate
// these would never end.
class LoopFinder {
 public:
  // A node of a loop, or null.
  const Node* search(const Program& program) {
    for (const auto& node : program.nodes) {
      if (const Node* found = visit(node.get()))
        return found;
    }
    return nullptr;
  }

 private:
  const Node* visit(const Node* node) {
    if (node == nullptr || finished_.count(node) != 0)
      return nullptr;
    if (!open_.insert(node).second)
      return node;
    std::vector<const Node*> next = {node->ref, node->negated, node->condition, node->then_branch,
                                     node->else_branch};
    next.insert(next.end(), node->all_of.begin(), node->all_of.end());
    next.insert(next.end(), node->any_of.begin(), node->any_of.end());
    next.insert(next.end(), node->one_of.begin(), node->one_of.end());
    for (const Dependency& dependency : node->dependencies)
      next.push_back(dependency.schema);
    for (const Node* one : next) {
      if (const Node* found = visit(one))
        return found;
    }
    open_.erase(node);
    finished_.insert(node);
    return nullptr;
  }

  std::set<const Node*> open_;
  std::set<const Node*> finished_;
};

}  // namespace

std::shared_ptr<const Program> compile_program(const Index& index, const Location& root,
                                               const SchemaOptions& options, std::string* error) {
  auto program = std::make_shared<Program>();
  program->documents = index.documents();
  Compiler compiler(index, options, program.get());
  program->root = compiler.compile(root);
  *error = compiler.error();
  if (!error->empty())
    return nullptr;
  if (const Node* loop = LoopFinder().search(*program)) {
    *error = loop->document->id + "#" + loop->pointer + ": refers to itself without end";
    return nullptr;
  }
  return program;
}

}  // namespace pcsim::schema_detail
