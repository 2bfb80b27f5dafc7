#include <algorithm>
#include <array>
#include <mutex>
#include <nlohmann/json.hpp>

#include "schema_internal.h"
#include "uri.h"

namespace pcsim::schema_detail {
namespace {

constexpr int kMaximumDepth = 256;

// The draft-07 metaschema, as published by the JSON Schema project.
constexpr const char* kMetaschema = R"json(
{
"$schema":"http://json-schema.org/draft-07/schema#",
"$id":"http://json-schema.org/draft-07/schema#",
"title":"Core schema meta-schema",
"definitions":{
 "schemaArray":{"type":"array","minItems":1,"items":{"$ref":"#"}},
 "nonNegativeInteger":{"type":"integer","minimum":0},
 "nonNegativeIntegerDefault0":{"allOf":[{"$ref":"#/definitions/nonNegativeInteger"},{"default":0}]},
 "simpleTypes":{"enum":["array","boolean","integer","null","number","object","string"]},
 "stringArray":{"type":"array","items":{"type":"string"},"uniqueItems":true,"default":[]}
},
"type":["object","boolean"],
"properties":{
 "$id":{"type":"string","format":"uri-reference"},
 "$schema":{"type":"string","format":"uri"},
 "$ref":{"type":"string","format":"uri-reference"},
 "$comment":{"type":"string"},
 "title":{"type":"string"},
 "description":{"type":"string"},
 "default":true,
 "readOnly":{"type":"boolean","default":false},
 "examples":{"type":"array","items":true},
 "multipleOf":{"type":"number","exclusiveMinimum":0},
 "maximum":{"type":"number"},
 "exclusiveMaximum":{"type":"number"},
 "minimum":{"type":"number"},
 "exclusiveMinimum":{"type":"number"},
 "maxLength":{"$ref":"#/definitions/nonNegativeInteger"},
 "minLength":{"$ref":"#/definitions/nonNegativeIntegerDefault0"},
 "pattern":{"type":"string","format":"regex"},
 "additionalItems":{"$ref":"#"},
 "items":{"anyOf":[{"$ref":"#"},{"$ref":"#/definitions/schemaArray"}],"default":true},
 "maxItems":{"$ref":"#/definitions/nonNegativeInteger"},
 "minItems":{"$ref":"#/definitions/nonNegativeIntegerDefault0"},
 "uniqueItems":{"type":"boolean","default":false},
 "contains":{"$ref":"#"},
 "maxProperties":{"$ref":"#/definitions/nonNegativeInteger"},
 "minProperties":{"$ref":"#/definitions/nonNegativeIntegerDefault0"},
 "required":{"$ref":"#/definitions/stringArray"},
 "additionalProperties":{"$ref":"#"},
 "definitions":{"type":"object","additionalProperties":{"$ref":"#"},"default":{}},
 "properties":{"type":"object","additionalProperties":{"$ref":"#"},"default":{}},
 "patternProperties":{"type":"object","additionalProperties":{"$ref":"#"},
  "propertyNames":{"format":"regex"},"default":{}},
 "dependencies":{"type":"object","additionalProperties":{"anyOf":[{"$ref":"#"},
  {"$ref":"#/definitions/stringArray"}]}},
 "propertyNames":{"$ref":"#"},
 "const":true,
 "enum":{"type":"array","items":true,"minItems":1,"uniqueItems":true},
 "type":{"anyOf":[{"$ref":"#/definitions/simpleTypes"},{"type":"array",
  "items":{"$ref":"#/definitions/simpleTypes"},"minItems":1,"uniqueItems":true}]},
 "format":{"type":"string"},
 "contentMediaType":{"type":"string"},
 "contentEncoding":{"type":"string"},
 "if":{"$ref":"#"},
 "then":{"$ref":"#"},
 "else":{"$ref":"#"},
 "allOf":{"$ref":"#/definitions/schemaArray"},
 "anyOf":{"$ref":"#/definitions/schemaArray"},
 "oneOf":{"$ref":"#/definitions/schemaArray"},
 "not":{"$ref":"#"}
},
"default":true
}
)json";

DocumentPtr metaschema() {
  static const DocumentPtr document = std::make_shared<const Document>(
      Document{"http://json-schema.org/draft-07/schema",
               std::make_shared<const nlohmann::json>(nlohmann::json::parse(kMetaschema))});
  return document;
}

struct KeywordEntry {
  std::string_view name;
  KeywordKind kind;
};

constexpr std::array<KeywordEntry, 46> kKeywords = {{
    {"$schema", KeywordKind::kPlain},
    {"$id", KeywordKind::kPlain},
    {"$ref", KeywordKind::kPlain},
    {"$comment", KeywordKind::kPlain},
    {"title", KeywordKind::kPlain},
    {"description", KeywordKind::kPlain},
    {"default", KeywordKind::kPlain},
    {"examples", KeywordKind::kPlain},
    {"readOnly", KeywordKind::kPlain},
    {"writeOnly", KeywordKind::kPlain},
    {"contentEncoding", KeywordKind::kPlain},
    {"contentMediaType", KeywordKind::kPlain},
    {"type", KeywordKind::kPlain},
    {"enum", KeywordKind::kPlain},
    {"const", KeywordKind::kPlain},
    {"multipleOf", KeywordKind::kPlain},
    {"minimum", KeywordKind::kPlain},
    {"maximum", KeywordKind::kPlain},
    {"exclusiveMinimum", KeywordKind::kPlain},
    {"exclusiveMaximum", KeywordKind::kPlain},
    {"minLength", KeywordKind::kPlain},
    {"maxLength", KeywordKind::kPlain},
    {"pattern", KeywordKind::kPlain},
    {"format", KeywordKind::kPlain},
    {"minItems", KeywordKind::kPlain},
    {"maxItems", KeywordKind::kPlain},
    {"uniqueItems", KeywordKind::kPlain},
    {"minProperties", KeywordKind::kPlain},
    {"maxProperties", KeywordKind::kPlain},
    {"required", KeywordKind::kPlain},
    {"additionalItems", KeywordKind::kSchema},
    {"contains", KeywordKind::kSchema},
    {"additionalProperties", KeywordKind::kSchema},
    {"propertyNames", KeywordKind::kSchema},
    {"if", KeywordKind::kSchema},
    {"then", KeywordKind::kSchema},
    {"else", KeywordKind::kSchema},
    {"not", KeywordKind::kSchema},
    {"items", KeywordKind::kSchemaList},  // or one schema
    {"allOf", KeywordKind::kSchemaList},
    {"anyOf", KeywordKind::kSchemaList},
    {"oneOf", KeywordKind::kSchemaList},
    {"properties", KeywordKind::kSchemaMap},
    {"patternProperties", KeywordKind::kSchemaMap},
    {"definitions", KeywordKind::kSchemaMap},
    {"dependencies", KeywordKind::kSchemaMap},  // or lists of names
}};

// The member of `value` a JSON pointer token names, or null.
const Json* descend(const Json& value, const std::string& token) {
  if (value.is_object()) {
    const auto found = value.find(token);
    return found == value.end() ? nullptr : &*found;
  }
  if (!value.is_array() || token.empty() || token.size() > 9)
    return nullptr;
  if (token.size() > 1 && token.front() == '0')
    return nullptr;
  std::size_t position = 0;
  for (const char c : token) {
    if (c < '0' || c > '9')
      return nullptr;
    position = position * 10 + static_cast<std::size_t>(c - '0');
  }
  return position < value.size() ? &value[position] : nullptr;
}

// Reads one "/token" off the front of `rest`; false when it is malformed.
bool next_token(std::string_view* rest, std::string* token) {
  if (rest->front() != '/')
    return false;
  rest->remove_prefix(1);
  const std::size_t end = std::min(rest->find('/'), rest->size());
  token->clear();
  for (std::size_t i = 0; i < end; ++i) {
    const char c = (*rest)[i];
    if (c != '~') {
      *token += c;
      continue;
    }
    if (++i == end || ((*rest)[i] != '0' && (*rest)[i] != '1'))
      return false;
    *token += (*rest)[i] == '0' ? '~' : '/';
  }
  rest->remove_prefix(end);
  return true;
}

}  // namespace

KeywordKind keyword_kind(std::string_view keyword) {
  const auto found = std::find_if(kKeywords.begin(), kKeywords.end(),
                                  [&](const KeywordEntry& e) { return e.name == keyword; });
  return found == kKeywords.end() ? KeywordKind::kUnknown : found->kind;
}

std::string base_within(const Json& schema, const std::string& base) {
  if (!schema.is_object() || schema.contains("$ref"))
    return base;
  const auto id = schema.find("$id");
  if (id == schema.end() || !id->is_string())
    return base;
  return split_fragment(resolve_uri(base, id->get_ref<const std::string&>())).first;
}

std::string append_pointer(const std::string& pointer, std::string_view token) {
  std::string out = pointer + "/";
  for (const char c : token) {
    if (c == '~') {
      out += "~0";
    } else if (c == '/') {
      out += "~1";
    } else {
      out += c;
    }
  }
  return out;
}

Index::Index() { add(metaschema()); }

void Index::add(DocumentPtr document) {
  Location root;
  root.document = document.get();
  root.value = document->root.get();
  root.base = split_fragment(resolve_uri("", document->id)).first;
  documents_.push_back(std::move(document));
  name(root.base, root);
  walk(root, 0);
}

void Index::name(const std::string& uri, const Location& at) {
  Location named = at;
  named.base = base_within(*at.value, at.base);
  const auto [entry, fresh] = names_.emplace(uri, named);
  if (fresh || entry->second.value == at.value || !error_.empty())
    return;
  if (*entry->second.value != *at.value)
    error_ = "two schemas are called \"" + uri + "\"";
}

// `at.base` is the base around the value.
void Index::walk(const Location& at, int depth) {
  if (!at.value->is_object())
    return;
  if (depth > kMaximumDepth) {
    error_ = "the schema \"" + at.document->id + "\" is nested too deeply";
    return;
  }
  Location here = at;
  here.base = base_within(*at.value, at.base);
  bases_.emplace(at.value, here.base);
  const auto id = at.value->find("$id");
  if (id != at.value->end() && id->is_string() && !at.value->contains("$ref")) {
    const std::string uri = resolve_uri(at.base, id->get_ref<const std::string&>());
    const auto [resource, fragment] = split_fragment(uri);
    if (!fragment.empty())
      name(resource + "#" + fragment, at);
    if (fragment.empty() || (resource != at.base && names_.count(resource) == 0)) {
      name(resource, at);
    }
  }
  walk_members(here, depth);
}

void Index::walk_members(const Location& here, int depth) {
  for (const auto& [key, value] : here.value->items()) {
    const KeywordKind kind = keyword_kind(key);
    if (kind == KeywordKind::kUnknown || kind == KeywordKind::kPlain)
      continue;
    Location child = here;
    child.value = &value;
    child.pointer = append_pointer(here.pointer, key);
    if (kind == KeywordKind::kSchemaMap) {
      if (!value.is_object())
        continue;
      for (const auto& [member, schema] : value.items()) {
        Location inner = child;
        inner.value = &schema;
        inner.pointer = append_pointer(child.pointer, member);
        walk(inner, depth + 1);
      }
    } else if (value.is_array()) {
      for (std::size_t i = 0; i < value.size(); ++i) {
        Location inner = child;
        inner.value = &value[i];
        inner.pointer = append_pointer(child.pointer, std::to_string(i));
        walk(inner, depth + 1);
      }
    } else {
      walk(child, depth + 1);
    }
  }
}

std::optional<Location> Index::follow(Location from, const std::string& pointer) const {
  std::string_view rest = pointer;
  std::string token;
  while (!rest.empty()) {
    if (!next_token(&rest, &token))
      return std::nullopt;
    from.value = descend(*from.value, token);
    if (from.value == nullptr)
      return std::nullopt;
    from.pointer = append_pointer(from.pointer, token);
    const auto base = bases_.find(from.value);
    if (base != bases_.end())
      from.base = base->second;
  }
  return from;
}

std::optional<Location> Index::resolve(const std::string& base, const std::string& reference,
                                       std::string* error) const {
  const std::string uri = resolve_uri(base, reference);
  const auto [resource, fragment] = split_fragment(uri);
  const bool by_pointer = fragment.empty() || fragment.front() == '/';
  const auto named = names_.find(by_pointer ? resource : resource + "#" + fragment);
  std::optional<Location> found;
  if (named != names_.end())
    found = follow(named->second, by_pointer ? fragment : std::string());
  if (!found) {
    *error = "cannot resolve \"" + reference + "\"";
    if (uri != reference)
      *error += " (\"" + uri + "\")";
  }
  return found;
}

}  // namespace pcsim::schema_detail

namespace pcsim {

using schema_detail::Document;
using schema_detail::Index;
using schema_detail::Location;

struct SchemaStore::State {
  struct Entry {
    std::optional<Schema> schema;
    std::string error;
  };
  SchemaOptions options;
  std::mutex mutex;
  Index index;
  std::map<std::string, Entry, std::less<>> compiled;
};

Schema::Schema(std::shared_ptr<const schema_detail::Program> program)
    : program_(std::move(program)) {}

bool Schema::valid(const nlohmann::json& instance) const {
  return schema_detail::run_program(*program_, instance, nullptr);
}

std::vector<Violation> Schema::validate(const nlohmann::json& instance) const {
  std::vector<Violation> violations;
  schema_detail::run_program(*program_, instance, &violations);
  return violations;
}

SchemaStore::SchemaStore(SchemaOptions options) : state_(std::make_unique<State>()) {
  state_->options = options;
}

SchemaStore::~SchemaStore() = default;

void SchemaStore::add(std::string id, nlohmann::json document) {
  auto owned = std::make_shared<Document>();
  owned->id = std::move(id);
  owned->root = std::make_shared<const nlohmann::json>(std::move(document));
  const std::lock_guard<std::mutex> lock(state_->mutex);
  state_->index.add(std::move(owned));
  // What failed may have lacked this very document.
  std::erase_if(state_->compiled, [](const auto& entry) { return !entry.second.schema; });
}

namespace {

std::shared_ptr<const schema_detail::Program> compile_named(const Index& index,
                                                            const std::string& id,
                                                            const SchemaOptions& options,
                                                            std::string* error) {
  if (!index.error().empty()) {
    *error = index.error();
    return nullptr;
  }
  const std::optional<Location> root = index.resolve("", id, error);
  return root ? schema_detail::compile_program(index, *root, options, error) : nullptr;
}

}  // namespace

const Schema* SchemaStore::find(std::string_view id, std::string* error) const {
  const std::lock_guard<std::mutex> lock(state_->mutex);
  auto found = state_->compiled.find(id);
  if (found == state_->compiled.end()) {
    State::Entry entry;
    auto program = compile_named(state_->index, std::string(id), state_->options, &entry.error);
    if (program)
      entry.schema = Schema(std::move(program));
    found = state_->compiled.emplace(std::string(id), std::move(entry)).first;
  }
  if (found->second.schema)
    return &*found->second.schema;
  if (error != nullptr)
    *error = found->second.error;
  return nullptr;
}

std::optional<Schema> SchemaStore::compile(const nlohmann::json& document,
                                           const std::map<std::string, nlohmann::json>& remotes,
                                           std::string* error, SchemaOptions options) {
  Index index;
  for (const auto& [id, remote] : remotes) {
    auto owned = std::make_shared<Document>();
    owned->id = id;
    owned->root = std::make_shared<const nlohmann::json>(remote);
    index.add(std::move(owned));
  }
  auto owned = std::make_shared<Document>();
  owned->root = std::make_shared<const nlohmann::json>(document);
  index.add(std::move(owned));
  std::string text;
  auto program = compile_named(index, "", options, &text);
  if (program)
    return Schema(std::move(program));
  if (error != nullptr)
    *error = text;
  return std::nullopt;
}

}  // namespace pcsim
