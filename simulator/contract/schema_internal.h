// What the parts of the schema engine share; not for use outside of it.
#pragma once

#include <re2/re2.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "pcsim/schema.h"

namespace pcsim::schema_detail {

using Json = nlohmann::json;

// ---- documents and the names within them (schema_index.cc)

struct Document {
  std::string id;
  std::shared_ptr<const Json> root;
};
using DocumentPtr = std::shared_ptr<const Document>;

struct Location {
  const Document* document = nullptr;
  const Json* value = nullptr;
  std::string pointer;  // of value within the document
  std::string base;     // URI against which references within it resolve
};

// Which role the value of a keyword has.
enum class KeywordKind { kUnknown, kPlain, kSchema, kSchemaList, kSchemaMap };
KeywordKind keyword_kind(std::string_view keyword);

// The base URI within `schema`, given the one around it.
std::string base_within(const Json& schema, const std::string& base);
// "/a" + "b/c" -> "/a/b~1c"
std::string append_pointer(const std::string& pointer, std::string_view token);

class Index {
 public:
  Index();  // knows the draft-07 metaschema
  void add(DocumentPtr document);
  // Finds what `reference` (resolved against `base`) names; else *error is set.
  std::optional<Location> resolve(const std::string& base, const std::string& reference,
                                  std::string* error) const;
  const std::vector<DocumentPtr>& documents() const { return documents_; }
  const std::string& error() const { return error_; }

 private:
  void walk(const Location& at, int depth);
  void walk_members(const Location& here, int depth);
  void name(const std::string& uri, const Location& at);
  std::optional<Location> follow(Location from, const std::string& pointer) const;

  std::vector<DocumentPtr> documents_;
  std::map<std::string, Location> names_;  // absolute URI, perhaps with "#name"
  std::unordered_map<const Json*, std::string> bases_;
  std::string error_;
};

// ---- the compiled form (schema_compile.cc)

using FormatCheck = bool (*)(std::string_view);

struct Node;

struct Dependency {
  std::string property;
  std::vector<std::string> required;
  const Node* schema = nullptr;
};

struct Node {
  enum class Kind { kAlways, kNever, kRules };
  Kind kind = Kind::kAlways;
  const Document* document = nullptr;
  std::string pointer;

  const Node* ref = nullptr;
  unsigned types = 0;  // bits of TypeBit, 0 = any
  const Json* enumeration = nullptr;
  const Json* constant = nullptr;

  const Json* multiple_of = nullptr;
  const Json* minimum = nullptr;
  const Json* maximum = nullptr;
  const Json* exclusive_minimum = nullptr;
  const Json* exclusive_maximum = nullptr;

  std::optional<std::uint64_t> min_length, max_length;
  const RE2* pattern = nullptr;
  FormatCheck format = nullptr;
  std::string format_name;

  const Node* items = nullptr;  // of all items
  std::vector<const Node*> tuple;
  const Node* additional_items = nullptr;  // only beyond a tuple
  const Node* contains = nullptr;
  std::optional<std::uint64_t> min_items, max_items;
  bool unique_items = false;

  std::optional<std::uint64_t> min_properties, max_properties;
  std::vector<std::string> required;
  std::map<std::string, const Node*, std::less<>> properties;
  std::vector<std::pair<const RE2*, const Node*>> pattern_properties;
  const Node* additional_properties = nullptr;
  const Node* property_names = nullptr;
  std::vector<Dependency> dependencies;

  const Node* condition = nullptr;
  const Node* then_branch = nullptr;
  const Node* else_branch = nullptr;
  std::vector<const Node*> all_of, any_of, one_of;
  const Node* negated = nullptr;
};

enum TypeBit : unsigned {
  kNull = 1,
  kBoolean = 2,
  kObject = 4,
  kArray = 8,
  kNumber = 16,
  kString = 32,
  kInteger = 64,
};

struct Program {
  std::vector<DocumentPtr> documents;  // keeps what nodes point to
  std::vector<std::unique_ptr<Node>> nodes;
  std::map<std::string, std::unique_ptr<RE2>> patterns;
  const Node* root = nullptr;
};

std::shared_ptr<const Program> compile_program(const Index& index, const Location& root,
                                               const SchemaOptions& options, std::string* error);

// ---- values (schema_values.cc)

bool is_integer(const Json& value);
// -1, 0, 1; exact between integers and floating point numbers.
int compare_numbers(const Json& a, const Json& b);
bool equal_values(const Json& a, const Json& b);
bool is_multiple_of(const Json& value, const Json& divisor);

// The positions of two equal items.
std::optional<std::pair<std::size_t, std::size_t>> find_duplicate(const Json& array);
bool deeper_than(const Json& value, int levels);

// ---- evaluation (schema_eval.cc)

bool run_program(const Program& program, const Json& instance, std::vector<Violation>* violations);

// ---- formats (schema_formats.cc)

// Null for a format which is not known.
FormatCheck find_format(std::string_view name);
bool is_ipv6(std::string_view text);

// ---- patterns (schema_patterns.cc)

// The RE2 form of an ECMA 262 pattern; nothing, with *error set, when it has none.
std::optional<std::string> translate_pattern(std::string_view pattern, std::string* error);
// Null, with *error set, when the pattern is not a regular expression.
std::unique_ptr<RE2> compile_pattern(const std::string& pattern, std::string* error);

}  // namespace pcsim::schema_detail
