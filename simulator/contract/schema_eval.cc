#include <algorithm>
#include <nlohmann/json.hpp>

#include "schema_internal.h"

namespace pcsim::schema_detail {
namespace {

// Nested schemas applied; deeper instances count as not conforming.
constexpr int kMaximumDepth = 1024;

std::uint64_t count_code_points(const std::string& text) {
  return static_cast<std::uint64_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U;
  }));
}

unsigned types_of(const Json& value) {
  if (value.is_null())
    return kNull;
  if (value.is_boolean())
    return kBoolean;
  if (value.is_object())
    return kObject;
  if (value.is_array())
    return kArray;
  if (value.is_string())
    return kString;
  if (!value.is_number())
    return 0;
  return is_integer(value) ? kNumber | kInteger : kNumber;
}

std::string type_names(unsigned types) {
  constexpr std::pair<unsigned, const char*> kNames[] = {
      {kNull, "null"},       {kBoolean, "boolean"}, {kObject, "object"}, {kArray, "array"},
      {kInteger, "integer"}, {kNumber, "number"},   {kString, "string"},
  };
  std::string out;
  for (const auto& [bit, name] : kNames) {
    if ((types & bit) != 0)
      out += (out.empty() ? "" : " or ") + std::string(name);
  }
  return out;
}

// JSON text, cut short when long.
std::string show(const Json& value) {
  constexpr std::size_t kLongest = 80;
  if (deeper_than(value, 64))
    return value.is_array() ? "[...]" : "{...}";
  std::string text = value.dump(-1, ' ', false, Json::error_handler_t::replace);
  if (text.size() <= kLongest)
    return text;
  std::size_t end = kLongest;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U)
    --end;
  return text.substr(0, end) + "...";
}

// The way from the root of the instance to the value being checked.
struct Step {
  const Step* parent = nullptr;
  const std::string* key = nullptr;  // null for an item
  std::size_t position = 0;
};

std::string pointer_of(const Step* step) {
  if (step == nullptr)
    return {};
  const std::string before = pointer_of(step->parent);
  return append_pointer(before, step->key != nullptr ? *step->key : std::to_string(step->position));
}

class Evaluator {
 public:
  Evaluator(const Program& program, std::vector<Violation>* sink)
      : home_(program.root->document), sink_(sink) {}

  bool run(const Node& node, const Json& value, const Step* step);
  bool too_deep() const { return too_deep_; }

 private:
  bool rules(const Node& node, const Json& value, const Step* step);
  bool general(const Node& node, const Json& value, const Step* step);
  bool number(const Node& node, const Json& value, const Step* step);
  bool string(const Node& node, const Json& value, const Step* step);
  bool array(const Node& node, const Json& value, const Step* step);
  bool items(const Node& node, const Json& value, const Step* step);
  bool object(const Node& node, const Json& value, const Step* step);
  bool names(const Node& node, const Json& value, const Step* step);
  bool members(const Node& node, const Json& value, const Step* step);
  bool member(const Node& node, const std::string& key, const Json& value, const Step* step);
  bool depends(const Node& node, const Json& value, const Step* step);
  bool combined(const Node& node, const Json& value, const Step* step);

  // Whether it conforms, reporting nothing.
  bool quiet(const Node& node, const Json& value, const Step* step) {
    std::vector<Violation>* const sink = std::exchange(sink_, nullptr);
    const bool ok = run(node, value, step);
    sink_ = sink;
    return ok;
  }

  // Notes the outcome of a check; true when no more are to be made.
  bool done(bool outcome, bool* ok) const {
    *ok = *ok && outcome;
    return !outcome && sink_ == nullptr;
  }

  template <typename Message>
  bool expect(bool outcome, const Node& node, const Step* step, const char* keyword,
              const Message& message) {
    if (outcome || sink_ == nullptr)
      return outcome;
    std::string where = node.document == home_ ? std::string() : node.document->id;
    where += "#" + node.pointer;
    const bool boolean = node.kind == Node::Kind::kNever;
    if (!boolean)
      where += std::string("/") + keyword;
    sink_->push_back(Violation{pointer_of(step), std::move(where), keyword, message()});
    return false;
  }

  template <typename Compare>
  bool bound(const Json* limit, const Node& node, const Json& value, const Step* step,
             const char* keyword, const char* sign, Compare holds) {
    if (limit == nullptr)
      return true;
    return expect(holds(compare_numbers(value, *limit)), node, step, keyword, [&] {
      return std::string("must be ") + sign + " " + show(*limit) + " (got " + show(value) + ")";
    });
  }

  // A lower and an upper limit of a count.
  bool count(std::uint64_t size, const std::optional<std::uint64_t>& least,
             const std::optional<std::uint64_t>& most, const char* least_keyword,
             const char* most_keyword, const char* what, const Node& node, const Step* step) {
    const auto text = [&](const char* sign, std::uint64_t limit) {
      return std::string("must have ") + sign + " " + std::to_string(limit) + " " + what +
             " (got " + std::to_string(size) + ")";
    };
    const bool enough = expect(!least || size >= *least, node, step, least_keyword,
                               [&] { return text(">=", *least); });
    if (!enough && sink_ == nullptr)
      return false;
    return expect(!most || size <= *most, node, step, most_keyword,
                  [&] { return text("<=", *most); }) &&
           enough;
  }

  const Document* home_;
  std::vector<Violation>* sink_;
  int depth_ = 0;
  bool too_deep_ = false;
};

bool Evaluator::run(const Node& node, const Json& value, const Step* step) {
  if (node.kind == Node::Kind::kAlways)
    return true;
  if (node.kind == Node::Kind::kNever) {
    return expect(false, node, step, "false", [] { return "nothing is allowed here"; });
  }
  if (too_deep_)
    return false;
  if (depth_ == kMaximumDepth) {
    too_deep_ = true;
    return expect(false, node, step, "", [] { return "is nested too deeply"; });
  }
  ++depth_;
  const bool ok = rules(node, value, step);
  --depth_;
  return ok;
}

bool Evaluator::rules(const Node& node, const Json& value, const Step* step) {
  if (node.ref != nullptr)
    return run(*node.ref, value, step);
  bool ok = true;
  if (done(general(node, value, step), &ok))
    return false;
  if (value.is_number()) {
    if (done(number(node, value, step), &ok))
      return false;
  } else if (value.is_string()) {
    if (done(string(node, value, step), &ok))
      return false;
  } else if (value.is_array()) {
    if (done(array(node, value, step), &ok))
      return false;
  } else if (value.is_object()) {
    if (done(object(node, value, step), &ok))
      return false;
  }
  done(combined(node, value, step), &ok);
  return ok;
}

bool Evaluator::general(const Node& node, const Json& value, const Step* step) {
  bool ok = true;
  if (node.types != 0) {
    const unsigned types = types_of(value);
    const bool fits = expect((types & node.types) != 0, node, step, "type", [&] {
      return "must be " + type_names(node.types) + " (got " +
             type_names((types & kInteger) != 0 ? unsigned{kInteger} : types) + ")";
    });
    if (done(fits, &ok))
      return false;
  }
  if (node.enumeration != nullptr) {
    const Json& list = *node.enumeration;
    const bool listed = std::any_of(list.begin(), list.end(),
                                    [&](const Json& one) { return equal_values(one, value); });
    const bool fits = expect(listed, node, step, "enum", [&] {
      return "must be one of " + show(list) + " (got " + show(value) + ")";
    });
    if (done(fits, &ok))
      return false;
  }
  if (node.constant != nullptr) {
    done(expect(equal_values(*node.constant, value), node, step, "const",
                [&] { return "must be " + show(*node.constant) + " (got " + show(value) + ")"; }),
         &ok);
  }
  return ok;
}

bool Evaluator::number(const Node& node, const Json& value, const Step* step) {
  const auto at_least = [](int order) { return order >= 0; };
  const auto at_most = [](int order) { return order <= 0; };
  const auto above = [](int order) { return order > 0; };
  const auto below = [](int order) { return order < 0; };
  bool ok = true;
  if (done(bound(node.minimum, node, value, step, "minimum", ">=", at_least), &ok) ||
      done(bound(node.maximum, node, value, step, "maximum", "<=", at_most), &ok) ||
      done(bound(node.exclusive_minimum, node, value, step, "exclusiveMinimum", ">", above), &ok) ||
      done(bound(node.exclusive_maximum, node, value, step, "exclusiveMaximum", "<", below), &ok)) {
    return false;
  }
  if (node.multiple_of == nullptr)
    return ok;
  done(expect(is_multiple_of(value, *node.multiple_of), node, step, "multipleOf",
              [&] {
                return "must be a multiple of " + show(*node.multiple_of) + " (got " + show(value) +
                       ")";
              }),
       &ok);
  return ok;
}

bool Evaluator::string(const Node& node, const Json& value, const Step* step) {
  const auto& text = value.get_ref<const std::string&>();
  bool ok = true;
  if (node.min_length || node.max_length) {
    if (done(count(count_code_points(text), node.min_length, node.max_length, "minLength",
                   "maxLength", "characters", node, step),
             &ok)) {
      return false;
    }
  }
  if (node.pattern != nullptr) {
    const bool fits = expect(RE2::PartialMatch(text, *node.pattern), node, step, "pattern",
                             [&] { return "must match the pattern (got " + show(value) + ")"; });
    if (done(fits, &ok))
      return false;
  }
  if (node.format != nullptr) {
    done(expect(
             node.format(text), node, step, "format",
             [&] { return "must be a valid " + node.format_name + " (got " + show(value) + ")"; }),
         &ok);
  }
  return ok;
}

bool Evaluator::array(const Node& node, const Json& value, const Step* step) {
  bool ok = true;
  if (done(count(value.size(), node.min_items, node.max_items, "minItems", "maxItems", "items",
                 node, step),
           &ok)) {
    return false;
  }
  if (node.unique_items) {
    if (deeper_than(value, kMaximumDepth)) {
      too_deep_ = true;
      return false;
    }
    const auto twins = find_duplicate(value);
    const bool unique = expect(!twins, node, step, "uniqueItems", [&] {
      return "must not have equal items (items " + std::to_string(twins->first) + " and " +
             std::to_string(twins->second) + " are)";
    });
    if (done(unique, &ok))
      return false;
  }
  if (node.contains != nullptr) {
    bool contained = false;
    for (std::size_t i = 0; i < value.size() && !contained; ++i) {
      const Step inner{step, nullptr, i};
      contained = quiet(*node.contains, value[i], &inner);
    }
    const bool fits = expect(contained, node, step, "contains",
                             [] { return "must contain an item of the kind required"; });
    if (done(fits, &ok))
      return false;
  }
  done(items(node, value, step), &ok);
  return ok;
}

bool Evaluator::items(const Node& node, const Json& value, const Step* step) {
  bool ok = true;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const bool in_tuple = i < node.tuple.size();
    const Node* schema = node.items;
    if (in_tuple) {
      schema = node.tuple[i];
    } else if (node.additional_items != nullptr) {
      schema = node.additional_items;
    }
    if (schema == nullptr)
      return ok;
    if (!in_tuple && node.items == nullptr && schema->kind == Node::Kind::kNever) {
      return expect(false, node, step, "additionalItems", [&] {
        return "must have <= " + std::to_string(node.tuple.size()) + " items (got " +
               std::to_string(value.size()) + ")";
      });
    }
    const Step inner{step, nullptr, i};
    if (done(run(*schema, value[i], &inner), &ok))
      return false;
  }
  return ok;
}

bool Evaluator::object(const Node& node, const Json& value, const Step* step) {
  bool ok = true;
  if (done(count(value.size(), node.min_properties, node.max_properties, "minProperties",
                 "maxProperties", "properties", node, step),
           &ok)) {
    return false;
  }
  for (const std::string& key : node.required) {
    const bool present = expect(value.contains(key), node, step, "required",
                                [&] { return "must have the property " + show(key); });
    if (done(present, &ok))
      return false;
  }
  if (done(names(node, value, step), &ok) || done(members(node, value, step), &ok))
    return false;
  done(depends(node, value, step), &ok);
  return ok;
}

bool Evaluator::names(const Node& node, const Json& value, const Step* step) {
  if (node.property_names == nullptr)
    return true;
  bool ok = true;
  for (const auto& [key, ignored] : value.items()) {
    const bool fits =
        expect(quiet(*node.property_names, Json(key), step), node, step, "propertyNames",
               [&k = key] { return "must not have a property named " + show(k); });
    if (done(fits, &ok))
      return false;
  }
  return ok;
}

bool Evaluator::members(const Node& node, const Json& value, const Step* step) {
  if (node.properties.empty() && node.pattern_properties.empty() &&
      node.additional_properties == nullptr) {
    return true;
  }
  bool ok = true;
  for (auto entry = value.begin(); entry != value.end(); ++entry) {
    if (done(member(node, entry.key(), *entry, step), &ok))
      return false;
  }
  return ok;
}

bool Evaluator::member(const Node& node, const std::string& key, const Json& value,
                       const Step* step) {
  const Step inner{step, &key, 0};
  bool ok = true;
  bool known = false;
  if (const auto found = node.properties.find(key); found != node.properties.end()) {
    known = true;
    if (done(run(*found->second, value, &inner), &ok))
      return false;
  }
  for (const auto& [pattern, schema] : node.pattern_properties) {
    if (!RE2::PartialMatch(key, *pattern))
      continue;
    known = true;
    if (done(run(*schema, value, &inner), &ok))
      return false;
  }
  if (known || node.additional_properties == nullptr)
    return ok;
  if (node.additional_properties->kind == Node::Kind::kNever) {
    return expect(false, node, step, "additionalProperties",
                  [&] { return "must not have the property " + show(key); });
  }
  return run(*node.additional_properties, value, &inner);
}

bool Evaluator::depends(const Node& node, const Json& value, const Step* step) {
  bool ok = true;
  for (const Dependency& dependency : node.dependencies) {
    if (!value.contains(dependency.property))
      continue;
    for (const std::string& key : dependency.required) {
      const bool present = expect(value.contains(key), node, step, "dependencies", [&] {
        return "must have the property " + show(key) + ", as it has " + show(dependency.property);
      });
      if (done(present, &ok))
        return false;
    }
    if (dependency.schema != nullptr && done(run(*dependency.schema, value, step), &ok)) {
      return false;
    }
  }
  return ok;
}

bool Evaluator::combined(const Node& node, const Json& value, const Step* step) {
  bool ok = true;
  for (const Node* schema : node.all_of) {
    if (done(run(*schema, value, step), &ok))
      return false;
  }
  const auto conforms = [&](const Node* schema) { return quiet(*schema, value, step); };
  if (!node.any_of.empty()) {
    const bool any = std::any_of(node.any_of.begin(), node.any_of.end(), conforms);
    if (done(expect(any, node, step, "anyOf",
                    [] { return "must conform to at least one of the schemas"; }),
             &ok)) {
      return false;
    }
  }
  if (!node.one_of.empty()) {
    const auto matches = std::count_if(node.one_of.begin(), node.one_of.end(), conforms);
    if (done(expect(matches == 1, node, step, "oneOf",
                    [&] {
                      return "must conform to exactly one of the schemas (does to " +
                             std::to_string(matches) + ")";
                    }),
             &ok)) {
      return false;
    }
  }
  if (node.negated != nullptr && done(expect(!conforms(node.negated), node, step, "not",
                                             [] { return "must not conform to the schema"; }),
                                      &ok)) {
    return false;
  }
  if (node.condition != nullptr) {
    const Node* branch = conforms(node.condition) ? node.then_branch : node.else_branch;
    if (branch != nullptr)
      done(run(*branch, value, step), &ok);
  }
  return ok;
}

}  // namespace

bool run_program(const Program& program, const Json& instance, std::vector<Violation>* violations) {
  Evaluator evaluator(program, violations);
  const bool ok = evaluator.run(*program.root, instance, nullptr);
  if (!evaluator.too_deep())
    return ok;
  // Within anyOf and the like it went unreported.
  if (violations != nullptr && violations->empty()) {
    violations->push_back(Violation{"", "#", "", "is nested too deeply"});
  }
  return false;
}

}  // namespace pcsim::schema_detail
