// A compiled JSON Schema (draft-07) engine.
//
// A schema document is compiled once into an immutable program, which any
// number of threads may then run at the same time.  Nothing here throws:
// a document which is not a schema is answered with an error text.
#pragma once

#include <map>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pcsim {

// One reason why an instance does not conform.
struct Violation {
  std::string instance_pointer;  // JSON pointer into the instance, "" is its root
  // Where the keyword stands: "#/properties/a/minimum" within the schema
  // document asked, "other-id#/definitions/b/type" within another document.
  std::string schema_pointer;
  std::string keyword;  // "false" where the schema is the boolean false
  std::string message;  // "must be >= 1 (got 0)"
};

struct SchemaOptions {
  // A keyword or format which draft-07 does not know is an error, unless set.
  bool tolerate_unknown_keywords = false;
  // "format" is checked, instead of being a mere annotation.
  bool assert_formats = true;
};

namespace schema_detail {
struct Program;
}  // namespace schema_detail

// A compiled schema.  Copies share one immutable program.
class Schema {
 public:
  // Stops at the first failure.
  bool valid(const nlohmann::json& instance) const;
  // Every violation, in the order met; empty if and only if valid().  A failed
  // anyOf, oneOf, not, contains or propertyNames counts as one violation.
  std::vector<Violation> validate(const nlohmann::json& instance) const;

 private:
  friend class SchemaStore;
  explicit Schema(std::shared_ptr<const schema_detail::Program> program);
  std::shared_ptr<const schema_detail::Program> program_;
};

// Schema documents which may refer to each other.  All members may be called
// from any thread.
class SchemaStore {
 public:
  explicit SchemaStore(SchemaOptions options = {});
  ~SchemaStore();
  SchemaStore(const SchemaStore&) = delete;
  SchemaStore& operator=(const SchemaStore&) = delete;

  // `id` is the address of the document (an absolute or a relative URI).  The
  // document's own "$id" is a further name of it, resolved against `id`.
  void add(std::string id, nlohmann::json document);

  // The compiled schema called `id`, which may carry a fragment
  // ("common.json#/definitions/port").  Compiled when first asked for; the
  // pointer stays good for the life of the store.  A null pointer, and a text
  // in *error, when there is no such schema or it does not compile.
  const Schema* find(std::string_view id, std::string* error = nullptr) const;

  // Compiles one document, with others (by address) it may refer to.
  static std::optional<Schema> compile(const nlohmann::json& document,
                                       const std::map<std::string, nlohmann::json>& remotes,
                                       std::string* error, SchemaOptions options = {});

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace pcsim
