#include "codec/world_file.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

#include "codec/reference_data.h"
#include "pcsim/source_dir.h"

namespace pcsim {
namespace {

TEST(WorldFile, DemoWorldReads) {
  std::ifstream file(PCSIM_SOURCE_DIR "/fixtures/worlds/demo.json");
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  const auto read = read_world(text, built_in_reference().markets);
  if (const auto* error = std::get_if<DataFailure>(&read)) {
    FAIL() << error->member << " line " << error->line << ": " << error->text;
  }
  const World& world = std::get<World>(read);
  EXPECT_EQ(world.partners.size(), 8U);
  EXPECT_EQ(world.customers.size(), 19U);
  EXPECT_EQ(world.policies.size(), 3U);
  for (const auto& [key, plan] : world.azure_subscriptions) {
    EXPECT_NE(world.subscriptions.find(plan.plan_id), nullptr) << key;
    EXPECT_NE(world.customers.find(plan.customer_id), nullptr) << key;
  }
}

void expect_refusal(const char* text, const char* member, int line) {
  const auto read = read_world(text, built_in_reference().markets);
  const auto* error = std::get_if<DataFailure>(&read);
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

TEST(WorldFile, ChoosesSwitches) {
  const auto read = read_world(R"({"switches": {"bom": "never"}})", built_in_reference().markets);
  ASSERT_TRUE(std::holds_alternative<World>(read));
  EXPECT_TRUE(std::get<World>(read).switches.is({Switch::Bom, "never"}));
  expect_refusal("{\"switches\": {\n\"bom\": \"sometimes\"}}", "switches.bom", 2);
  expect_refusal("{\"switches\": {\n\"bomb\": \"never\"}}", "switches.bomb", 2);
  expect_refusal("{\"switches\": {\n\"bom\": true}}", "switches.bom", 2);
  expect_refusal("{\n\"switches\": []}", "switches", 2);
}

/// A partner and one customer of it; `more` are further members, from line 10 on.
std::string small_world(const std::string& more) {
  return R"({"partners": [{"tenant_id": "a0000001-0000-4000-8000-000000000001",
"domain": "p.example", "company_name": "P", "kind": "direct", "country": "FR",
"admin_agents_group": "a0000001-0000-4000-8000-000000000009"}],
"customers": [{"id": "d0000001-0000-4000-8000-000000000001",
"commerce_id": "d0000001-0000-4000-8000-000000000002",
"partner_key": "p.example",
"domain": "c.example", "company_name": "C", "market": "FR",
"billing_profile": {"id": "d0000001-0000-4000-8000-000000000003",
"default_address": {"country": "FR"}}}],
)" + more +
         "}";
}

TEST(WorldFile, ReferencesMustNameSomething) {
  expect_refusal(
      "{\"partners\": [{\"tenant_id\": \"a0000001-0000-4000-8000-000000000001\",\n"
      "\"domain\": \"p.example\", \"company_name\": \"P\", \"kind\": \"direct\",\n"
      "\"country\": \"QQ\", \"admin_agents_group\": "
      "\"a0000001-0000-4000-8000-000000000009\"}]}",
      "partners[0].country", 3);
  struct Row {
    const char* more;
    const char* member;
    int line;
  };
  const Row rows[] = {
      {"\"users\": [{\"id\": \"c0000001-0000-4000-8000-000000000001\", "
       "\"user_principal_name\": \"u\",\n\"password\": \"p\",\n"
       "\"tenant_id\": \"c0000001-0000-4000-8000-00000000000f\"}]",
       "users[0].tenant_id", 12},
      {"\"policies\": [{\"customer_id\": \"d0000001-0000-4000-8000-000000000001\",\n"
       "\"partner_key\": \"other.example\", \"etag\": \"x\"}]",
       "policies[0].partner_key", 11},
      {"\"role_assignments\": [{\"id\": \"f1000001-0000-4000-8000-000000000001\", \"scope\": "
       "\"/\",\n"
       "\"role_definition_id\": \"r\",\n\"principal_id\": "
       "\"f1000001-0000-4000-8000-000000000002\", "
       "\"principal_type\": \"User\"}]",
       "role_assignments[0].principal_id", 12},
      {"\"azure_subscriptions\": [{\"id\": \"f0000001-0000-4000-8000-000000000002\",\n"
       "\"customer_id\": \"d0000001-0000-4000-8000-000000000001\",\n"
       "\"plan_id\": \"f0000001-0000-4000-8000-000000000001\", \"friendly_name\": \"x\"}]",
       "azure_subscriptions[0].plan_id", 12},
      {"\"agreements\": [{\"customer_id\": \"d0000001-0000-4000-8000-00000000000f\", "
       "\"first_name\": \"A\", \"last_name\": \"B\", \"email\": \"e\", \"template_id\": \"t\", "
       "\"type\": \"t\", \"date_agreed\": \"2024-03-02T00:00:00Z\"}]",
       "agreements[0].customer_id", 10},
  };
  for (const auto& row : rows) {
    expect_refusal(small_world(row.more).c_str(), row.member, row.line);
  }
}

TEST(WorldFile, OrdersCartsReservationsAndAuditRead) {
  const auto read = read_world(small_world(R"("orders": [{"id": "0b41f7c2a9de",
"customer_id": "d0000001-0000-4000-8000-000000000001", "billing_cycle": "one_time",
"currency_code": "EUR", "country": "FR", "created": "2024-03-02T09:00:00Z",
"completes": "2024-03-02T09:00:01Z",
"lines": [{"number": 0, "offer_id": "a:b:c", "quantity": 2, "provisioning": {"scope": "shared"}}]}],
"carts": [{"id": "C1", "customer_id": "d0000001-0000-4000-8000-000000000001",
"created": "2024-03-02T09:00:00Z", "modified": "2024-03-02T09:00:00Z",
"expires": "2024-03-09T09:00:00Z", "ordered": true, "placed": [{"group": "0", "order_id": "0b41f7c2a9de"}],
"lines": [{"id": 0, "catalog_item_id": "a:b:c", "quantity": 2, "billing_cycle": "one_time"}]}],
"audit": [{"partner_key": "p.example", "resource_type": "order", "operation_type": "create_order",
"date": "2024-03-02T09:00:00Z", "data": {"OrderId": "0b41f7c2a9de"}}])"),
                               built_in_reference().markets);
  if (const auto* error = std::get_if<DataFailure>(&read)) {
    FAIL() << error->member << " line " << error->line << ": " << error->text;
  }
  const World& world = std::get<World>(read);
  EXPECT_EQ(world.orders.find("0b41f7c2a9de")->lines.front().provisioning.scope, "shared");
  EXPECT_EQ(world.carts.find("c1")->lines.front().quantity, 2);
  EXPECT_EQ(world.audit.back().data.front().second, "0b41f7c2a9de");
  expect_refusal(small_world("\"orders\": [{\"id\": \"x\"}]").c_str(), "orders[0].customer_id", 10);
}

TEST(WorldFile, AzureSubscriptionsAreBilledInOneWay) {
  const std::string azure =
      R"("azure_subscriptions": [{"id": "f0000001-0000-4000-8000-000000000002",
"customer_id": "d0000001-0000-4000-8000-000000000001", "friendly_name": "A")";
  const auto refuse = [&](const std::string& rest, const char* member, int line) {
    expect_refusal(small_world(azure + rest + "}]").c_str(), member, line);
  };
  refuse("", "azure_subscriptions[0]", 10);
  refuse(",\n\"plan_id\": \"f0000001-0000-4000-8000-000000000001\", \"billed_by\": \"direct\"",
         "azure_subscriptions[0]", 10);
  refuse(",\n\"billed_by\": \"nobody.example\"", "azure_subscriptions[0].billed_by", 12);
  const auto read =
      read_world(small_world(azure + R"(, "billed_by": "Direct", "sync_complete": false}],
"transfers": [{"id": "f4000001-0000-4000-8000-000000000001",
"customer_id": "d0000001-0000-4000-8000-000000000001",
"source_id": "a0000001-0000-4000-8000-000000000001",
"target_id": "a0000001-0000-4000-8000-000000000001", "source_name": "P", "target_name": "P",
"customer_name": "C", "created": "2024-03-02T09:00:00Z", "modified": "2024-03-02T09:00:00Z",
"status": "partially_complete",
"lines": [{"subscription_id": "f0000001-0000-4000-8000-000000000002", "failure": "late"}]}])"),
                 built_in_reference().markets);
  if (const auto* error = std::get_if<DataFailure>(&read)) {
    FAIL() << error->member << " line " << error->line << ": " << error->text;
  }
  const World& world = std::get<World>(read);
  EXPECT_EQ(world.azure_subscriptions.find("f0000001-0000-4000-8000-000000000002")->billed_by,
            "direct");
  const Transfer* transfer = world.transfers.find("f4000001-0000-4000-8000-000000000001");
  ASSERT_NE(transfer, nullptr);
  EXPECT_EQ(transfer->status, TransferStatus::PartiallyComplete);
  EXPECT_EQ(transfer->lines.front().failure, "late");
}

TEST(WorldFile, WhatTenantsSayAboutSignIns) {
  const std::string application =
      R"("applications": [{"client_id": "b0000001-0000-4000-8000-000000000001",
"tenant_id": "a0000001-0000-4000-8000-000000000001",
"object_id": "b0000001-0000-4000-8000-000000000002", "redirect_uris": ["http://localhost"]}])";
  const std::string principal =
      R"({"object_id": "b0000001-0000-4000-8000-000000000003",
"client_id": "b0000001-0000-4000-8000-000000000001",
"tenant_id": "d0000001-0000-4000-8000-000000000001"})";
  const auto read = read_world(small_world(application + ", \"service_principals\": [" + principal +
                                           R"(], "access_policies": [
{"id": "ca000001-0000-4000-8000-000000000001", "demand": "external_challenge",
"tenant_id": "d0000001-0000-4000-8000-000000000001", "audiences": ["https://r"]}])"),
                               built_in_reference().markets);
  if (const auto* error = std::get_if<DataFailure>(&read)) {
    FAIL() << error->member << " line " << error->line << ": " << error->text;
  }
  const World& world = std::get<World>(read);
  EXPECT_EQ(world.service_principals.size(), 1U);
  EXPECT_EQ((*world.access_policies.begin()).second.demand, AccessDemand::ExternalChallenge);
  EXPECT_EQ((*world.applications.begin()).second.client_secret, "");
  expect_refusal(small_world("\"service_principals\": [" + principal + "]").c_str(),
                 "service_principals[0].client_id", 11);
  expect_refusal(
      small_world(application + ", \"service_principals\": [" + principal + "," + principal + "]")
          .c_str(),
      "service_principals[1]", 14);
  expect_refusal(R"({"applications": [{"certificates": ["no certificate"]}]})",
                 "applications[0].certificates", 1);
  expect_refusal(R"({"access_policies": [{"demand": "please"}]})", "access_policies[0].demand", 1);
  expect_refusal(R"({"users": [{"guest_of": [{"tenant_id": "there"}]}]})", "users[0].id", 1);
}

TEST(WorldFile, UsersTellWhatTheirTenantKnows) {
  const std::string user = R"("users": [{"id": "e0000001-0000-4000-8000-000000000001",
"user_principal_name": "u@c.example", "password": "p",
"tenant_id": "d0000001-0000-4000-8000-000000000001", )";
  const auto read = read_world(
      small_world(user + R"("directory_roles": ["Company Administrator"], "usage_location": "FR",
"soft_deleted": "2024-03-02T09:00:00Z"}])"),
      built_in_reference().markets);
  if (const auto* error = std::get_if<DataFailure>(&read)) {
    FAIL() << error->member << " line " << error->line << ": " << error->text;
  }
  const User& found = *std::get<World>(read).users.find("e0000001-0000-4000-8000-000000000001");
  EXPECT_EQ(found.directory_roles.size(), 1U);
  EXPECT_TRUE(found.soft_deleted.has_value());
  EXPECT_FALSE(found.directory_synced.has_value());
  const std::pair<const char*, const char*> wrong[] = {
      {"\"directory_roles\": [\"Chief\"]", "users[0].directory_roles"},
      {"\"directory_roles\": \"Company Administrator\"", "users[0].directory_roles"},
      {"\"soft_deleted\": \"soon\"", "users[0].soft_deleted"},
      {"\"usage_location\": \"QQ\"", "users[0].usage_location"},
  };
  for (const auto& [members, path] : wrong) {
    expect_refusal(small_world(user + members + "}]").c_str(), path, 12);
  }
}

TEST(WorldFile, ReadsWhatMicrosoftDecides) {
  const auto read = read_world(small_world(R"("offers": [{"item": "P:0001", "market": "FR",
"withdrawn": true, "stock": 3, "updates": "paused"}, {"item": "P:0001"}],
"holds": [{"customer_id": "d0000001-0000-4000-8000-000000000001", "reason": "risk"}],
"upgrades": [{"id": "e0000001-0000-4000-8000-000000000001",
"customer_id": "d0000001-0000-4000-8000-000000000001", "created": "2024-01-02",
"begins": "2024-01-03", "completes": "2024-01-04", "failure": "x", "lines": [
{"source_id": "e0000001-0000-4000-8000-000000000002", "source_name": "a", "target_name": "b"}]}],
"subscriptions": [{"id": "f0000001-0000-4000-8000-000000000001",
"customer_id": "d0000001-0000-4000-8000-000000000001", "offer_id": "x", "offer_name": "x",
"created": "2024-01-02", "suspended": "2024-01-03", "trial": true,
"scheduled": {"offer_id": "y", "billing_cycle": "annual", "term_duration": "P1Y", "quantity": 2,
"custom_term_end": "2024-01-31"},
"support": {"tenant_id": "a0000001-0000-4000-8000-000000000001", "mpn_id": "1", "name": "n"}}])"),
                               built_in_reference().markets);
  if (const auto* error = std::get_if<DataFailure>(&read)) {
    FAIL() << error->member << " line " << error->line << ": " << error->text;
  }
  const World& world = std::get<World>(read);
  const OfferState& offer = *world.offers.find("p:0001@fr");
  EXPECT_TRUE(offer.withdrawn);
  EXPECT_EQ(offer.stock, 3);
  EXPECT_EQ(offer.updates, OfferUpdates::Paused);
  EXPECT_NE(world.offers.find("p:0001@"), nullptr);
  EXPECT_EQ(world.holds.find("d0000001-0000-4000-8000-000000000001@")->reason, HoldReason::Risk);
  EXPECT_EQ(world.upgrades.size(), 1U);
  const Subscription& row = *world.subscriptions.find("f0000001-0000-4000-8000-000000000001");
  EXPECT_TRUE(row.trial);
  ASSERT_TRUE(row.scheduled && row.support && row.suspended);
  EXPECT_EQ(row.scheduled->quantity, 2);
  EXPECT_EQ(row.support->name, "n");
  expect_refusal("{\"offers\": [\n{\"item\": \"a\"}, {\"item\": \"A\"}]}", "offers[1]", 2);
  expect_refusal("{\"holds\": [\n{\"reason\": \"mood\"}]}", "holds[0].reason", 2);
}

}  // namespace
}  // namespace pcsim
