// Tenants and subscriptions at the resource manager: seen, created, renamed, cancelled, registered.
#include <nlohmann/json.hpp>
#include <string>

#include "cases/story.h"

namespace pcsim::contract {
namespace {

using nlohmann::json;
using enum OperationId;

constexpr const char* kSubscriptionVersion = "api-version=2021-10-01";
constexpr const char* kOldVersion = "api-version=2020-01-01";

class ArmSubscriptions : public Contract {
 protected:
  Client agent = azure(universe, Who::Admin);
  Client alice = azure(universe, Who::Alice);
};

Path of(const std::string& subscription) { return {{"subscriptionId", subscription}}; }

std::string billing_scope(const std::string& customer,
                          const std::string& account = demo::kFabrikamAccount) {
  return "/providers/Microsoft.Billing/billingAccounts/" + account + "/customers/" + customer;
}

json alias_body(const std::string& customer, const std::string& name = "Spring") {
  return {{"properties",
           {{"displayName", name},
            {"workload", "Production"},
            {"billingScope", billing_scope(customer)}}}};
}

Ask put_alias(const std::string& name, const json& body) {
  return {.operation = ArmPutAlias,
          .path = {{"aliasName", name}},
          .query = kSubscriptionVersion,
          .body = body.dump()};
}

Ask asking(OperationId id, const std::string& subscription, const char* version,
           const std::string& body = {}) {
  return {.operation = id, .path = of(subscription), .query = version, .body = body};
}

TEST_F(ArmSubscriptions, TenantsThatTheCallerReaches) {
  const Ask ask{.operation = ArmListTenants, .query = kSubscriptionsVersion};
  const json own = alice.ok(ask).at("value");
  ASSERT_EQ(own.size(), 1U);
  EXPECT_EQ(own.at(0).at("tenantCategory"), "Home");
  const json managed = agent.ok(ask).at("value");
  EXPECT_GT(managed.size(), 5U) << "an agent's own tenant and those of the partner's customers";
  int home = 0;
  for (const json& tenant : managed) {
    home += tenant.at("tenantCategory") == "Home" ? 1 : 0;
  }
  EXPECT_EQ(home, 1);
  const json old =
      alice.ok({.operation = ArmListTenants, .query = "api-version=2016-06-01"}).at("value").at(0);
  EXPECT_FALSE(old.contains("displayName"));
}

TEST_F(ArmSubscriptions, OneSubscription) {
  const json read =
      alice.ok(asking(ArmGetSubscription, demo::kContosoAzure, kSubscriptionsVersion));
  EXPECT_EQ(read.at("state"), "Enabled");
  EXPECT_EQ(read.at("subscriptionPolicies").at("quotaId"), "CSP_2015-05-01");
  EXPECT_EQ(read.at("managedByTenants").at(0).at("tenantId"), demo::kProvider);
}

TEST_F(ArmSubscriptions, DelegatedTenantsReadAndDoNotBuy) {
  const Client manager = azure(universe, Who::Provider);
  const json list = manager.ok({.operation = ArmListSubscriptions, .query = kSubscriptionsVersion});
  ASSERT_EQ(list.at("value").size(), 1U);
  EXPECT_EQ(list.at("value").at(0).at("subscriptionId"), demo::kContosoAzure);
  manager.ok(asking(ArmGetSubscription, demo::kContosoAzure, kSubscriptionsVersion));
  Ask enrol = asking(ArmRegisterProvider, demo::kContosoAzure, kSubscriptionsVersion);
  enrol.path["namespace"] = "Microsoft.Capacity";
  manager.refused(enrol, ErrorCode::ArmAuthorizationFailed);
}

TEST_F(ArmSubscriptions, CreatedUnderAnAlias) {
  json body = alias_body(demo::kContoso);
  body["properties"]["additionalProperties"] = {{"managementGroupId", demo::kManagementGroup},
                                                {"subscriptionOwnerId", demo::kBob}};
  body["properties"]["workload"] = "DevTest";
  const json alias = agent.ok(put_alias("spring", body));
  const std::string id = alias.at("properties").at("subscriptionId");
  EXPECT_EQ(agent.send(put_alias("Spring", body)).status, 200) << "asked for again";
  json other = body;
  other["properties"]["workload"] = "Production";
  agent.refused(put_alias("spring", other), ErrorCode::ArmAliasConflict);
  const Path path{{"aliasName", "spring"}};
  EXPECT_EQ(agent.ok({.operation = ArmGetAlias, .path = path, .query = kSubscriptionVersion})
                .at("properties")
                .at("provisioningState"),
            "Succeeded");
  EXPECT_EQ(
      agent.ok({.operation = ArmListAliases, .query = kSubscriptionVersion}).at("value").size(),
      1U);
  EXPECT_EQ(
      alice.ok({.operation = ArmListAliases, .query = kSubscriptionVersion}).at("value").size(),
      0U);
  const json read =
      azure(universe, Who::Bob).ok(asking(ArmGetSubscription, id, kSubscriptionsVersion));
  EXPECT_EQ(read.at("subscriptionPolicies").at("quotaId"), "CSPDEVTEST_2018-05-01");
  alice.ok(asking(ArmGetSubscription, id, kSubscriptionsVersion));
  agent.ok({.operation = ArmDeleteAlias, .path = path, .query = kSubscriptionVersion});
  EXPECT_EQ(
      agent.send({.operation = ArmDeleteAlias, .path = path, .query = kSubscriptionVersion}).status,
      204);
  agent.refused({.operation = ArmGetAlias, .path = path, .query = kSubscriptionVersion},
                ErrorCode::ArmResourceNotFound);
}

TEST_F(ArmSubscriptions, AreOneWithPartnerCenter) {
  const std::string id =
      agent.ok(put_alias("one", alias_body(demo::kContoso))).at("properties").at("subscriptionId");
  const Client director = partner(universe, Who::Director);
  Path path = subscription_path(demo::kContoso, demo::kContosoPlan);
  path["entitlementId"] = id;
  const auto entitlement = [&] {
    return director.ok({.operation = GetAzureEntitlement, .path = path});
  };
  EXPECT_EQ(entitlement().at("friendlyName"), "Spring");
  const std::string delegated = universe.delegated_token(demo::kContoso, kArmResource);
  const Client owner{universe, delegated};
  owner.ok(
      asking(ArmRenameSubscription, id, kSubscriptionVersion, R"({"subscriptionName":"Autumn"})"));
  EXPECT_EQ(entitlement().at("friendlyName"), "Autumn");
  owner.ok(asking(ArmCancelSubscription, id, kSubscriptionVersion));
  EXPECT_EQ(entitlement().at("status"), "disabled");
  owner.refused(asking(ArmCancelSubscription, id, kSubscriptionVersion),
                ErrorCode::ArmSubscriptionStateConflict);
  director.ok({.operation = ReactivateAzureEntitlement, .path = path});
  EXPECT_EQ(owner.ok(asking(ArmGetSubscription, id, kSubscriptionsVersion)).at("state"), "Enabled");
  owner.refused(asking(ArmEnableSubscription, id, kSubscriptionVersion),
                ErrorCode::ArmSubscriptionStateConflict);
  owner.ok(asking(ArmCancelSubscription, id, kSubscriptionVersion));
  owner.ok(asking(ArmEnableSubscription, id, kSubscriptionVersion));
  EXPECT_EQ(entitlement().at("status"), "active");
}

TEST_F(ArmSubscriptions, AliasesThatAreRefused) {
  alice.refused(put_alias("a", alias_body(demo::kContoso)), ErrorCode::ArmAuthorizationFailed);
  agent.refused(put_alias("a", alias_body(demo::kNorthwind)), ErrorCode::ArmResourceNotFound);
  json body = alias_body(demo::kContoso);
  body["properties"]["billingScope"] = billing_scope(demo::kContoso, "nobody");
  agent.refused(put_alias("a", body), ErrorCode::ArmResourceNotFound);
  agent.refused(put_alias("a", alias_body(demo::kLegacy)), ErrorCode::ArmAzurePlanMissing);
  for (const auto& [member, value] :
       {std::pair{"billingScope", "/subscriptions/x"}, std::pair{"workload", "Hobby"},
        std::pair{"displayName", ""}, std::pair{"resellerId", "1000004"}}) {
    body = alias_body(demo::kContoso);
    body["properties"][member] = value;
    agent.refused(put_alias("a", body), ErrorCode::ArmInvalidRequestContent);
  }
  for (const auto& [member, value] :
       {std::pair{"managementGroupId", "nobodys"}, std::pair{"subscriptionOwnerId", demo::kNobody},
        std::pair{"subscriptionTenantId", demo::kLegacy}}) {
    body = alias_body(demo::kContoso);
    body["properties"]["additionalProperties"] = {{member, value}};
    agent.refused(put_alias("a", body), ErrorCode::ArmInvalidRequestContent);
  }
}

TEST_F(ArmSubscriptions, ANameForOneThatIsThere) {
  const auto named = [](const char* id) {
    return put_alias("mine", {{"properties", {{"subscriptionId", id}}}});
  };
  alice.refused(named(demo::kNobody), ErrorCode::ArmSubscriptionNotFound);
  alice.refused(named(demo::kPermissionOffAzure), ErrorCode::ArmWrongIssuer);
  azure(universe, Who::Bob).refused(named(demo::kContosoAzure), ErrorCode::ArmAuthorizationFailed);
  EXPECT_EQ(alice.ok(named(demo::kContosoAzure)).at("properties").at("subscriptionId"),
            demo::kContosoAzure);
}

TEST_F(ArmSubscriptions, TheOlderOrder) {
  Ask order{.operation = ArmCreateSubscription,
            .path = {{"billingAccount", demo::kFabrikamAccount}, {"customer", demo::kContoso}},
            .query = kOldVersion,
            .body = R"({"displayName":"Winter","skuId":"0002"})"};
  Answer answer;
  agent.ok(order, &answer);
  const std::string location = answer.header("Location");
  const std::size_t start = location.rfind('/') + 1;
  const std::string operation = location.substr(start, location.find('?') - start);
  const json done = agent.ok({.operation = ArmGetSubscriptionOperation,
                              .path = {{"operationId", operation}},
                              .query = kOldVersion});
  EXPECT_TRUE(done.at("subscriptionLink").get<std::string>().starts_with("/subscriptions/"));
  agent.refused({.operation = ArmGetSubscriptionOperation,
                 .path = {{"operationId", demo::kNobody}},
                 .query = kOldVersion},
                ErrorCode::ArmResourceNotFound);
  order.body = R"({"displayName":"Winter","skuId":"0009"})";
  agent.refused(order, ErrorCode::ArmInvalidRequestContent);
  order.body = R"({"displayName":"Winter"})";
  order.path["customer"] = demo::kLegacy;
  agent.refused(order, ErrorCode::ArmAzurePlanMissing);
}

TEST_F(ArmSubscriptions, AreLimited) {
  for (int at = 0; at < 199; ++at) {
    agent.send(put_alias("a" + std::to_string(at), alias_body(demo::kContoso)));
  }
  agent.refused(put_alias("last", alias_body(demo::kContoso)), ErrorCode::ArmResourceLimitExceeded);
  agent.refused({.operation = ArmCreateSubscription,
                 .path = {{"billingAccount", demo::kFabrikamAccount}, {"customer", demo::kContoso}},
                 .query = kOldVersion,
                 .body = R"({"displayName":"Winter"})"},
                ErrorCode::ArmResourceLimitExceeded);
}

TEST_F(ArmSubscriptions, ACancelledOneIsReadOnly) {
  const auto refused = [&](Ask ask) {
    ask.path["subscriptionId"] = demo::kContosoAzure;
    ask.path["*scope"] = std::string{"subscriptions/"} + demo::kContosoAzure;
    ask.path["namespace"] = "Microsoft.Compute";
    ask.path["roleAssignmentId"] = demo::kNobody;
    alice.refused(ask, ErrorCode::ArmReadOnlyDisabledSubscription);
  };
  alice.ok(asking(ArmCancelSubscription, demo::kContosoAzure, kSubscriptionVersion));
  refused({.operation = ArmRenameSubscription,
           .query = kSubscriptionVersion,
           .body = R"({"subscriptionName":"Autumn"})"});
  refused({.operation = ArmRegisterProvider, .query = kSubscriptionsVersion});
  refused({.operation = ArmPutRoleAssignment,
           .query = kAuthorizationVersion,
           .body = assignment_of(kReaderRole, demo::kBob).dump()});
  refused({.operation = ArmDeleteRoleAssignment, .query = kAuthorizationVersion});
  EXPECT_EQ(
      alice.ok(asking(ArmGetSubscription, demo::kContosoAzure, kSubscriptionsVersion)).at("state"),
      "Disabled");
  alice.ok(asking(ArmEnableSubscription, demo::kContosoAzure, kSubscriptionVersion));
}

TEST_F(ArmSubscriptions, RegisterProviders) {
  const auto provider = [](OperationId id, const char* name) {
    Ask ask = asking(id, demo::kContosoAzure, kSubscriptionsVersion);
    ask.path["namespace"] = name;
    return ask;
  };
  EXPECT_EQ(alice.ok(provider(ArmGetProvider, "microsoft.compute")).at("registrationState"),
            "NotRegistered");
  EXPECT_EQ(alice.ok(provider(ArmRegisterProvider, "Microsoft.Compute")).at("registrationState"),
            "Registered");
  EXPECT_EQ(alice.ok(provider(ArmGetProvider, "Microsoft.Compute")).at("registrationState"),
            "Registered");
  for (const OperationId id : {ArmGetProvider, ArmRegisterProvider}) {
    alice.refused(provider(id, "Microsoft.Nothing"), ErrorCode::ArmInvalidResourceNamespace);
  }
  alice.refused(asking(ArmRenameSubscription, demo::kContosoAzure, kSubscriptionVersion,
                       R"({"subscriptionName":""})"),
                ErrorCode::ArmInvalidRequestContent);
}

}  // namespace
}  // namespace pcsim::contract
