#include "contract/schema_library.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "pcsim/embedded.h"

namespace pcsim {
namespace {

constexpr std::string_view kFolder = "schemas/";
constexpr std::string_view kExtension = ".json";

void fill_store(SchemaStore& store) {
  for (const EmbeddedFile& file : embedded_schemas()) {
    if (!file.path.ends_with(kExtension)) {
      continue;
    }
    nlohmann::json document = nlohmann::json::parse(file.content, nullptr, false);
    if (document.is_object()) {
      // It repeats the address, and would be resolved against it.
      document.erase("$id");
    }
    store.add(std::string{file.path.substr(kFolder.size())}, std::move(document));
  }
}

}  // namespace

const SchemaStore& schema_library() {
  struct Library {
    Library() { fill_store(store); }
    SchemaStore store;
  };
  static const Library library;
  return library.store;
}

const Schema* find_schema(std::string_view name, std::string* error) {
  return schema_library().find(std::string{name} + std::string{kExtension}, error);
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
