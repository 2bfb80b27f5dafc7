#include "contract/request_schemas.h"

#include <array>
#include <functional>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "contract/schema_library.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using nlohmann::json;

/// How the contract spells each member name of a body, by its lower-case form.
using Spellings = std::map<std::string, std::string, std::less<>>;

/// Collects the member names a schema document declares, and those of the documents it refers to.
class NameCollector {
 public:
  explicit NameCollector(Spellings& names) : names_(names) {}

  void read_document(const std::string& id) {
    const json* document = schema_document(id);
    if (document != nullptr && seen_.insert(id).second) {
      read_schema(*document, id);
    }
  }

 private:
  void read_schema(const json& schema, const std::string& id) {
    if (!schema.is_object()) {
      return;
    }
    for (const auto& [keyword, value] : schema.items()) {
      if (keyword == "$ref") {
        read_document(schema_document_of(id, value.get_ref<const std::string&>()));
      } else if (keyword == "properties" || keyword == "definitions") {
        read_members(value, id, keyword == "properties");
      } else if (value.is_array()) {
        for (const json& item : value) {
          read_schema(item, id);
        }
      } else {
        read_schema(value, id);
      }
    }
  }

  void read_members(const json& members, const std::string& id, bool named) {
    for (const auto& [name, schema] : members.items()) {
      if (named) {
        names_.emplace(lower(name), name);
      }
      read_schema(schema, id);
    }
  }

  Spellings& names_;
  std::set<std::string> seen_;
};

/// `body` without explicit nulls, its members spelled as in the contract.
json canonical(const json& body, const Spellings& names) {
  if (body.is_array()) {
    json out = json::array();
    for (const json& item : body) {
      out.push_back(canonical(item, names));
    }
    return out;
  }
  if (!body.is_object()) {
    return body;
  }
  json out = json::object();
  for (const auto& [name, value] : body.items()) {
    if (!value.is_null()) {
      const auto known = names.find(name);
      out[known == names.end() ? name : known->second] = canonical(value, names);
    }
  }
  return out;
}

/// What checking one operation needs; built when the operation is first called.
struct RequestCheck {
  std::once_flag built;
  const Schema* schema = nullptr;
  Spellings names{};
};

void build(const Operation& operation, RequestCheck& check) {
  check.schema = find_schema(operation.request_schema);
  NameCollector(check.names).read_document(std::string{operation.request_schema} + ".json");
}

constexpr std::size_t kOperations = 0
#define OP(id, surface, method, path, auth, roles, status, in, out, summary) +1
#include "pcsim/operations/all.def"
#undef OP
    ;

RequestCheck& check_for(const Operation& operation) {
  static std::array<RequestCheck, kOperations> checks;
  RequestCheck& check = checks[static_cast<std::size_t>(operation.id)];
  std::call_once(check.built, build, operation, std::ref(check));
  return check;
}

/// A missing member is reported where it should be, not at the object around it.
Violation at_member(Violation violation) {
  constexpr std::string_view before = "must have the property \"";
  if (violation.keyword == "required" && violation.message.starts_with(before)) {
    std::string name = violation.message.substr(before.size());
    name.pop_back();
    violation.instance_pointer += "/" + name;
    violation.message = "is required";
  }
  return violation;
}

}  // namespace

std::optional<Violation> request_violation(const Operation& operation, const json& body) {
  if (operation.request_schema.empty()) {
    return std::nullopt;
  }
  const RequestCheck& check = check_for(operation);
  if (check.schema == nullptr) {
    return Violation{{}, std::string{operation.request_schema}, {}, "cannot be checked"};
  }
  const json instance = canonical(body, check.names);
  if (check.schema->valid(instance)) {
    return std::nullopt;
  }
  return at_member(check.schema->validate(instance).front());
}

Error request_error(Surface surface, const Violation& violation) {
  const std::string place = violation.instance_pointer.empty() ? "#" : violation.instance_pointer;
  const std::string text = place + ": " + violation.message;
  return surface == Surface::Arm ? Error{ErrorCode::ArmInvalidRequestContent, {text}, {}}
                                 : Error{ErrorCode::InvalidRequestInput, {}, text};
}

}  // namespace pcsim
