#include "instances.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "contract/schema_library.h"
#include "contract/uri.h"
#include "pattern_text.h"

namespace pcsim::agreement {
namespace {

using nlohmann::json;

/// Schemas that contain themselves end here.
constexpr int kDeepest = 8;

constexpr std::array kSamples = {"2024-03-02T09:05:11.4005136Z", "2024-03-02",
                                 "https://host.example/path", "a@b.example",
                                 "7e21aaaa-0000-4000-8000-00000000c0de"};

struct At {
  std::string id;
  std::string pointer;
  const json* schema;

  std::string name() const { return id + "#" + pointer; }
  At child(const std::string& step) const {
    return {id, pointer + step, &schema->at(json::json_pointer(step))};
  }
};

bool conforms(const At& at, const json& instance) {
  const Schema* schema = schema_library().find(at.name());
  return schema != nullptr && schema->valid(instance);
}

class Maker {
 public:
  Maker(const Documents& documents, Detail detail, std::vector<Made>& made)
      : documents_(documents), full_(detail == Detail::Full), made_(made) {}

  json make(const At& at, const std::string& place, int depth) {
    const json& schema = *at.schema;
    if (!schema.is_object()) {
      return "anything";
    }
    if (schema.contains("$ref")) {
      return make(follow(at), place, depth + 1);
    }
    made_.push_back({place, at.name()});
    if (schema.contains("const")) {
      return schema["const"];
    }
    if (schema.contains("enum")) {
      return full_ ? schema["enum"].back() : schema["enum"].front();
    }
    if (schema.contains("allOf")) {
      return merged(at, place, depth);
    }
    for (const char* keyword : {"oneOf", "anyOf"}) {
      const auto type = schema.find("type");
      if (schema.contains(keyword) && (type == schema.end() || type->is_array())) {
        const std::size_t last = full_ ? schema[keyword].size() - 1 : 0;
        return make(at.child("/" + std::string{keyword} + "/" + std::to_string(last)), place,
                    depth + 1);
      }
    }
    return of_type(at, place, depth);
  }

 private:
  At follow(const At& at) const {
    const auto [document, fragment] = schema_detail::split_fragment(
        schema_detail::resolve_uri(at.id, at.schema->at("$ref").get<std::string>()));
    const json& root = documents_.at(document);
    return {document, fragment, &root.at(json::json_pointer(fragment))};
  }

  json merged(const At& at, const std::string& place, int depth) {
    json out;
    for (std::size_t i = 0; i < at.schema->at("allOf").size(); ++i) {
      const json part = make(at.child("/allOf/" + std::to_string(i)), place, depth);
      if (out.is_object() && part.is_object()) {
        out.update(part);
      } else {
        out = part;
      }
    }
    return out;
  }

  json of_type(const At& at, const std::string& place, int depth) {
    const json type = at.schema->value("type", json("object"));
    const std::string name =
        (type.is_array() ? (full_ ? type.back() : type.front()) : type).get<std::string>();
    if (name == "object") {
      return object(at, place, depth);
    }
    if (name == "array") {
      return array(at, place, depth);
    }
    if (name == "string") {
      return text(at);
    }
    if (name == "boolean") {
      return full_;
    }
    if (name == "null") {
      return nullptr;
    }
    const std::int64_t least = at.schema->value("minimum", std::int64_t{1});
    return full_ ? least + 1 : least;
  }

  json text(const At& at) {
    const json& schema = *at.schema;
    json out = std::string(schema.value("minLength", std::size_t{0}) > 1 ? 8 : 1, 'a');
    if (const auto pattern = schema.find("pattern"); pattern != schema.end()) {
      out = text_matching(pattern->get<std::string>()).value_or("");
    }
    for (const char* sample : kSamples) {
      if (!conforms(at, out)) {
        out = sample;
      }
    }
    return out;
  }

  json array(const At& at, const std::string& place, int depth) {
    json out = json::array();
    std::size_t count = at.schema->value("minItems", std::size_t{0});
    if (full_ && depth < kDeepest) {
      count = std::max<std::size_t>(count, 1);
    }
    for (std::size_t i = 0; i < count && at.schema->contains("items"); ++i) {
      out.push_back(make(at.child("/items"), place + "/" + std::to_string(i), depth + 1));
    }
    return out;
  }

  json object(const At& at, const std::string& place, int depth) {
    json out = members(at, at.schema->value("required", json::array()), {}, place, depth);
    for (const char* keyword : {"oneOf", "anyOf"}) {
      const json branches = at.schema->value(keyword, json::array());
      for (std::size_t i = 0; i < branches.size() && !conforms(at, out); ++i) {
        out = members(at, branches[i].value("required", json::array()), others(branches, i), place,
                      depth);
      }
    }
    const auto extra = at.schema->find("additionalProperties");
    if (full_ && extra != at.schema->end() && extra->is_object()) {
      out["Key"] = make(at.child("/additionalProperties"), place + "/Key", depth + 1);
    }
    return out;
  }

  // What the branches of a choice other than the one at `chosen` ask for.
  static std::set<std::string> others(const json& branches, std::size_t chosen) {
    std::set<std::string> out;
    for (std::size_t i = 0; i < branches.size(); ++i) {
      for (const json& name : branches[i].value("required", json::array())) {
        if (i != chosen) {
          out.insert(name.get<std::string>());
        }
      }
    }
    return out;
  }

  json members(const At& at, const json& wanted, const std::set<std::string>& unwanted,
               const std::string& place, int depth) {
    std::set<std::string> names;
    for (const json& list : {wanted, at.schema->value("required", json::array())}) {
      for (const json& name : list) {
        names.insert(name.get<std::string>());
      }
    }
    const json properties = at.schema->value("properties", json::object());
    json out = json::object();
    for (const auto& entry : properties.items()) {
      const bool optional = full_ && depth < kDeepest && !unwanted.contains(entry.key());
      if (optional || names.contains(entry.key())) {
        out[entry.key()] =
            make(at.child("/properties/" + entry.key()), place + "/" + entry.key(), depth + 1);
      }
    }
    return out;
  }

  const Documents& documents_;
  bool full_;
  std::vector<Made>& made_;
};

}  // namespace

json make_instance(const Documents& documents, const std::string& id, Detail detail,
                   std::vector<Made>& made) {
  return Maker(documents, detail, made).make({id, "", &documents.at(id)}, "", 0);
}

}  // namespace pcsim::agreement
