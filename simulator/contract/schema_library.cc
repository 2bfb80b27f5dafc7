#include "contract/schema_library.h"

#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <utility>

#include "contract/uri.h"
#include "pcsim/embedded.h"

namespace pcsim {
namespace {

using nlohmann::json;

constexpr std::string_view kFolder = "schemas/";
constexpr std::string_view kExtension = ".json";

/// The documents read so far. Reading all of them takes longer than answering a request does, so
/// each is read when it is first needed.
class Library {
 public:
  const json* document(const std::string& path) {
    const std::lock_guard lock(mutex_);
    return load(path);
  }

  const Schema* find(const std::string& path, std::string* error) {
    document(path);
    return store_.find(path, error);
  }

  const SchemaStore& whole() {
    const std::lock_guard lock(mutex_);
    for (const EmbeddedFile& file : embedded_schemas()) {
      if (file.path.ends_with(kExtension)) {
        load(std::string{file.path.substr(kFolder.size())});
      }
    }
    return store_;
  }

 private:
  const json* load(const std::string& path) {
    if (const auto known = documents_.find(path); known != documents_.end()) {
      return &known->second;
    }
    const auto content = embedded_file(std::string{kFolder} + path);
    if (!content) {
      return nullptr;
    }
    const json& document =
        documents_.emplace(path, json::parse(*content, nullptr, false)).first->second;
    json added = document;
    if (added.is_object()) {
      // It repeats the address, and would be resolved against it.
      added.erase("$id");
    }
    store_.add(path, std::move(added));
    load_references(document, path);
    return &document;
  }

  void load_references(const json& node, const std::string& path) {
    if (node.is_object()) {
      const auto reference = node.find("$ref");
      if (reference != node.end() && reference->is_string()) {
        load(schema_document_of(path, reference->get_ref<const std::string&>()));
      }
    }
    if (node.is_structured()) {
      for (const json& child : node) {
        load_references(child, path);
      }
    }
  }

  std::mutex mutex_;
  std::map<std::string, json, std::less<>> documents_;
  SchemaStore store_;
};

Library& library() {
  static Library only;
  return only;
}

}  // namespace

const SchemaStore& schema_library() { return library().whole(); }

const Schema* find_schema(std::string_view name, std::string* error) {
  return library().find(std::string{name} + std::string{kExtension}, error);
}

const json* schema_document(std::string_view path) { return library().document(std::string{path}); }

std::string schema_document_of(std::string_view path, std::string_view reference) {
  return schema_detail::split_fragment(schema_detail::resolve_uri(path, reference)).first;
}

std::string_view error_schema(Surface surface, int status, std::string_view code) {
  switch (surface) {
    case Surface::Arm:
      return "arm/errors/error";
    case Surface::Entra:
      return "entra/errors/error";
    case Surface::PartnerCenter:
      break;
  }
  if (status == 429 && code.empty()) {
    return "partner_center/errors/throttled";
  }
  return code == "600061" || code == "600074" ? "partner_center/errors/customer_service"
                                              : "partner_center/errors/classic";
}

}  // namespace pcsim
