#include "codec/world_file.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

namespace pcsim {
namespace {

TEST(WorldFile, DemoWorldReads) {
  std::ifstream file(PCSIM_SOURCE_DIR "/fixtures/worlds/demo.json");
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  const auto read = read_world(text);
  if (const auto* error = std::get_if<WorldFileError>(&read)) {
    FAIL() << error->member << " line " << error->line << ": " << error->text;
  }
  const World& world = std::get<World>(read);
  EXPECT_EQ(world.partners.size(), 4U);
  EXPECT_EQ(world.customers.size(), 6U);
  EXPECT_EQ(world.policies.size(), 3U);
  for (const auto& [key, plan] : world.azure_subscriptions) {
    EXPECT_NE(world.subscriptions.find(plan.plan_id), nullptr) << key;
    EXPECT_NE(world.customers.find(plan.customer_id), nullptr) << key;
  }
}

void expect_refusal(const char* text, const char* member, int line) {
  const auto read = read_world(text);
  const auto* error = std::get_if<WorldFileError>(&read);
  ASSERT_NE(error, nullptr) << text;
  EXPECT_EQ(error->member, member);
  EXPECT_EQ(error->line, line);
}

TEST(WorldFile, RefusalsNameMemberAndLine) {
  expect_refusal("{\n\"partner\": []}", "partner", 2);
  expect_refusal("{\n\"users\": [\n{\n\"mfa\": 1\n}]}", "users[0].mfa", 4);
  expect_refusal("{\"users\": [\n{\n\"nmae\": \"x\"}]}", "users[0].nmae", 3);
  expect_refusal("{\"users\": 5}", "users", 1);
  expect_refusal("{\n\n\"users\": [}", "users", 3);
  expect_refusal("{\"users\": [],\n\"users\": []}", "users", 2);
}

}  // namespace
}  // namespace pcsim
