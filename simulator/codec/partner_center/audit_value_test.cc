#include "codec/partner_center/audit_value.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace pcsim::partner_center {
namespace {

nlohmann::json dumped(const char* operation, const char* json) {
  return nlohmann::json::parse(audit_value(audited_schema(operation), json));
}

TEST(AuditValue, AbsentMembersBecomeNulls) {
  const auto value =
      dumped("create_agreement", R"({"templateId":"t","primaryContact":{"firstName":"Ana"}})");
  EXPECT_EQ(value["TemplateId"], "t");
  EXPECT_TRUE(value.contains("UserId"));
  EXPECT_TRUE(value["UserId"].is_null());
  EXPECT_EQ(value["PrimaryContact"]["FirstName"], "Ana");
  EXPECT_TRUE(value["PrimaryContact"].contains("PhoneNumber"));
}

TEST(AuditValue, ReferencesAndArraysAreFollowed) {
  const auto order = dumped("create_order", R"({"id":"o","lineItems":[{"quantity":2}]})");
  EXPECT_EQ(order["LineItems"][0]["Quantity"], 2);
  EXPECT_TRUE(order["LineItems"][0].contains("FriendlyName"));
  const auto policy = dumped("create_self_serve_policy", R"({"grantor":{"tenantID":"x"}})");
  EXPECT_EQ(policy["Grantor"]["TenantID"], "x");
}

TEST(AuditValue, AnOperationWithoutSchemaKeepsItsMembers) {
  EXPECT_EQ(dumped("something_else", R"({"firstName":"Ana"})"),
            nlohmann::json::parse(R"({"FirstName":"Ana"})"));
}

}  // namespace
}  // namespace pcsim::partner_center
