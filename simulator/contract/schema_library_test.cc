#include "contract/schema_library.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "pcsim/control_operation.h"
#include "pcsim/embedded.h"
#include "pcsim/error_code.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using nlohmann::json;
using ::testing::IsEmpty;

/// The schema documents by path below schemas/.
const std::map<std::string, json>& documents() {
  static const std::map<std::string, json> all = [] {
    std::map<std::string, json> out;
    for (const EmbeddedFile& file : embedded_schemas()) {
      if (file.path.ends_with(".json")) {
        out[std::string{file.path.substr(std::string_view{"schemas/"}.size())}] =
            json::parse(file.content);
      }
    }
    return out;
  }();
  return all;
}

/// What one document says of others, and which member names it declares.
struct Facts {
  std::set<std::string> references{};
  std::set<std::string> members{};
};

void gather(const json& node, const std::string& id, Facts& facts) {
  if (node.is_object()) {
    for (const auto& [key, value] : node.items()) {
      if (key == "$ref" && value.is_string()) {
        facts.references.insert(schema_document_of(id, value.get_ref<const std::string&>()));
      }
      if (key == "properties" && value.is_object()) {
        for (const auto& entry : value.items()) {
          facts.members.insert(entry.key());
        }
      }
    }
  }
  if (node.is_structured()) {
    for (const json& child : node) {
      gather(child, id, facts);
    }
  }
}

/// The document called `name` and all that it refers to, directly or not.
void reach(const std::string& name, std::set<std::string>& out) {
  const auto found = documents().find(name);
  if (found == documents().end() || !out.insert(name).second) {
    return;
  }
  Facts facts;
  gather(found->second, name, facts);
  for (const std::string& other : facts.references) {
    reach(other, out);
  }
}

std::vector<std::string> named_schemas() {
  std::vector<std::string> out{"partner_center/errors/throttled"};
  for (const Operation& row : operations()) {
    for (const std::string_view name : {row.request_schema, row.response_schema}) {
      if (!name.empty()) {
        out.emplace_back(name);
      }
    }
  }
  out.emplace_back("control/error");
  for (const ControlOperation& row : control_operations()) {
    for (const std::string_view name : {row.request_schema, row.response_schema}) {
      if (!name.empty()) {
        out.emplace_back(name);
      }
    }
  }
  for (std::size_t i = 0; i < error_count(); ++i) {
    const ErrorRow& row = error_row(static_cast<ErrorCode>(i));
    for (const auto& [surface, word] : {std::pair{Surface::PartnerCenter, "PartnerCenter"},
                                        {Surface::Arm, "Arm"},
                                        {Surface::Entra, "Entra"}}) {
      if (row.surface == word) {
        out.emplace_back(error_schema(surface, row.status, row.code));
      }
    }
  }
  return out;
}

TEST(SchemaLibrary, EveryFileCompilesAndGoesByItsPath) {
  ASSERT_FALSE(documents().empty());
  for (const auto& [path, document] : documents()) {
    EXPECT_EQ(document.value("$id", ""), path);
    EXPECT_EQ(document.value("$schema", ""), "http://json-schema.org/draft-07/schema#") << path;
    EXPECT_FALSE(document.value("title", "").empty()) << path;
    std::string error;
    EXPECT_NE(find_schema(path.substr(0, path.size() - 5), &error), nullptr)
        << path << ": " << error;
  }
}

TEST(SchemaLibrary, EveryDefinitionCompiles) {
  for (const auto& [path, document] : documents()) {
    const json definitions = document.value("definitions", json::object());
    for (const auto& entry : definitions.items()) {
      std::string error;
      EXPECT_NE(schema_library().find(path + "#/definitions/" + entry.key(), &error), nullptr)
          << error;
    }
  }
}

TEST(SchemaLibrary, EveryNameResolves) {
  for (const std::string& name : named_schemas()) {
    std::string error;
    EXPECT_NE(find_schema(name, &error), nullptr) << name << ": " << error;
  }
}

TEST(SchemaLibrary, EveryFileIsReferenced) {
  std::set<std::string> used;
  for (const std::string& name : named_schemas()) {
    reach(name + ".json", used);
  }
  for (const auto& [path, document] : documents()) {
    EXPECT_TRUE(used.contains(path)) << path;
  }
}

// The spelling of a member is restored from its lower-case form.
TEST(SchemaLibrary, ARequestSpellsEachMemberInOneWay) {
  for (const Operation& row : operations()) {
    std::set<std::string> files;
    reach(std::string{row.request_schema} + ".json", files);
    std::map<std::string, std::string> spelled;
    for (const std::string& file : files) {
      Facts facts;
      gather(documents().at(file), file, facts);
      for (const std::string& name : facts.members) {
        EXPECT_EQ(spelled.emplace(lower(name), name).first->second, name) << row.name;
      }
    }
  }
}

// Answers are closed, so that an undocumented member is noticed; requests are open.
/// Operations of the resource manager whose answers have no body: long-running ones that tell by
/// headers where to look, and those that only acknowledge.
const std::set<OperationId>& answered_by_headers() {
  using enum OperationId;
  static const std::set<OperationId> all{
      ArmArchiveReservation, ArmUnarchiveReservation, ArmCalculateExchange,
      ArmExchange,           ArmCreateSubscription,   ArmDeleteAlias,
      ArmPutSupportTicket,   ArmPutCommunication,     ArmGetSupportResult};
  return all;
}

TEST(SchemaLibrary, OperationsWithAnAnswerDeclareIt) {
  for (const Operation& row : operations()) {
    // What Partner Center only accepts is told by the place to look at later.
    const bool accepted = row.success_status == 202 && row.surface == Surface::PartnerCenter;
    const bool redirects = row.success_status == 302;
    const bool empty = row.success_status == 204 || redirects ||
                       answered_by_headers().contains(row.id) || row.method == "HEAD" || accepted;
    EXPECT_EQ(row.response_schema.empty(), empty) << row.name;
  }
}

TEST(SchemaLibrary, TellsAnUnknownName) {
  std::string error;
  EXPECT_EQ(find_schema("partner_center/nothing", &error), nullptr);
  EXPECT_NE(error, "");
}

TEST(SchemaLibrary, ErrorsHaveTheirEnvelope) {
  EXPECT_EQ(error_schema(Surface::PartnerCenter, 400, "800002"), "partner_center/errors/classic");
  EXPECT_EQ(error_schema(Surface::PartnerCenter, 400, "600061"),
            "partner_center/errors/customer_service");
  EXPECT_EQ(error_schema(Surface::PartnerCenter, 429, ""), "partner_center/errors/throttled");
  EXPECT_EQ(error_schema(Surface::Arm, 429, ""), "arm/errors/error");
  EXPECT_EQ(error_schema(Surface::Entra, 400, "90002|invalid_request"), "entra/errors/error");
}

}  // namespace
}  // namespace pcsim
