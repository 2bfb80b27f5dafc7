#include <nlohmann/json.hpp>

#include "cases/story.h"

namespace pcsim::contract {
namespace {

using nlohmann::json;
using enum OperationId;

class Policies : public Contract {};

std::string policy_id(const std::string& customer, const std::string& tenant = demo::kFabrikam) {
  return tenant + "_" + customer;
}

json policy(const std::string& customer, const std::string& tenant = demo::kFabrikam) {
  return {{"selfServeEntity", {{"selfServeEntityType", "customer"}, {"tenantID", customer}}},
          {"grantor", {{"grantorType", "billToPartner"}, {"tenantID", tenant}}},
          {"permissions", {{{"resource", "AzureReservedInstances"}, {"action", "Purchase"}}}}};
}

Path policy_path(const std::string& id) { return {{"policyId", id}}; }

TEST_F(Policies, CreatedReadChangedWithdrawn) {
  const Client client = partner(universe);
  const std::string entity = std::string{"entity_id="} + demo::kPermissionOff;
  EXPECT_EQ(client.ok({.operation = ListSelfServePolicies, .query = entity}).at("totalCount"), 0);
  const Ask create{.operation = CreateSelfServePolicy, .body = policy(demo::kPermissionOff).dump()};
  json made = client.ok(create);
  EXPECT_EQ(made.at("id"), policy_id(demo::kPermissionOff));
  client.refused(create, ErrorCode::SelfServePolicyExists);
  EXPECT_EQ(client.ok({.operation = ListSelfServePolicies, .query = entity}).at("totalCount"), 1);
  const Path path = policy_path(policy_id(demo::kPermissionOff));
  EXPECT_EQ(client.ok({.operation = GetSelfServePolicy, .path = path}), made);
  const json stale = made;
  made["permissions"].push_back({{"resource", "AzureSavingsPlan"}, {"action", "Purchase"}});
  const json changed = client.ok({.operation = UpdateSelfServePolicy, .body = made.dump()});
  EXPECT_EQ(changed.at("permissions").size(), 2U);
  client.refused({.operation = UpdateSelfServePolicy, .body = stale.dump()},
                 ErrorCode::EtagNoLongerValid);
  client.refused({.operation = UpdateSelfServePolicyById, .path = path, .body = stale.dump()},
                 ErrorCode::EtagNoLongerValid);
  client.ok({.operation = UpdateSelfServePolicyById, .path = path, .body = changed.dump()});
  client.ok({.operation = DeleteSelfServePolicy, .path = path});
  client.refused({.operation = DeleteSelfServePolicy, .path = path},
                 ErrorCode::SelfServePolicyNotFound);
  client.refused({.operation = GetSelfServePolicy, .path = path},
                 ErrorCode::SelfServePolicyNotFound);
  client.refused({.operation = UpdateSelfServePolicy, .body = changed.dump()},
                 ErrorCode::SelfServePolicyNotFound);
  client.refused({.operation = UpdateSelfServePolicyById, .path = path, .body = changed.dump()},
                 ErrorCode::SelfServePolicyNotFound);
}

TEST(PolicySwitches, SavingsPlansCameIn2022) {
  Universe universe{{{"permission-resources", "until-2022"}}};
  json body = policy(demo::kPermissionOff);
  body["permissions"].push_back({{"resource", "AzureSavingsPlan"}, {"action", "Purchase"}});
  const Client client = partner(universe);
  client.refused({.operation = CreateSelfServePolicy, .body = body.dump()},
                 ErrorCode::InvalidRequestInput);
  client.ok({.operation = CreateSelfServePolicy, .body = policy(demo::kPermissionOff).dump()});
}

TEST(PolicySwitches, ThePortalsConditionMayBeAsked) {
  Universe universe{{{"policy-needs-azure", "on"}}};
  const Client client = partner(universe);
  client.refused({.operation = CreateSelfServePolicy, .body = policy(demo::kNoAgreement).dump()},
                 ErrorCode::InvalidAzureSubscription);
  client.ok({.operation = CreateSelfServePolicy, .body = policy(demo::kPermissionOff).dump()});
}

TEST_F(Policies, EveryPartnerRoleReads) {
  for (const Who who : {Who::Sales, Who::Helpdesk, Who::Admin, Who::GlobalAdmin, Who::UserAdmin}) {
    partner(universe, who)
        .ok({.operation = GetSelfServePolicy, .path = policy_path(policy_id(demo::kContoso))});
  }
}

TEST_F(Policies, MalformedIds) {
  const Client client = partner(universe);
  const Path path = policy_path("nonsense");
  client.refused({.operation = GetSelfServePolicy, .path = path},
                 ErrorCode::SelfServePolicyIdIncorrect);
  client.refused({.operation = DeleteSelfServePolicy, .path = path},
                 ErrorCode::SelfServePolicyIdIncorrect);
  json body = policy(demo::kContoso);
  client.refused({.operation = UpdateSelfServePolicyById, .path = path, .body = body.dump()},
                 ErrorCode::SelfServePolicyIdIncorrect);
  body["id"] = "nonsense";
  client.refused({.operation = UpdateSelfServePolicy, .body = body.dump()},
                 ErrorCode::SelfServePolicyIdIncorrect);
  client.refused({.operation = ListSelfServePolicies, .query = "entity_id=nonsense"},
                 ErrorCode::InvalidRequestInput);
  client.refused({.operation = ListSelfServePolicies}, ErrorCode::InvalidRequestInput);
}

/// Sends a policy by each of the three operations that take one.
void refused_everywhere(const Client& client, json body, const std::string& id, ErrorCode error) {
  client.refused({.operation = CreateSelfServePolicy, .body = body.dump()}, error);
  body["id"] = id;
  client.refused({.operation = UpdateSelfServePolicy, .body = body.dump()}, error);
  client.refused(
      {.operation = UpdateSelfServePolicyById, .path = policy_path(id), .body = body.dump()},
      error);
}

TEST_F(Policies, OnlyForOnesOwnCustomers) {
  const Client client = partner(universe);
  refused_everywhere(client, policy(demo::kNobody), policy_id(demo::kNobody),
                     ErrorCode::TenantNotFound);
  refused_everywhere(client, policy(demo::kNorthwind), policy_id(demo::kNorthwind),
                     ErrorCode::NoCommerceRelationship);
  refused_everywhere(partner(universe, Who::Reseller), policy(demo::kNorthwind, demo::kReseller),
                     policy_id(demo::kNorthwind, demo::kReseller), ErrorCode::PartnerAccessDenied);
}

TEST_F(Policies, Flaws) {
  const Client client = partner(universe);
  const std::pair<const char*, json> flaws[] = {
      {"/selfServeEntity/selfServeEntityType", "partner"},
      {"/selfServeEntity/tenantID", "nonsense"},
      {"/grantor/grantorType", "customer"},
      {"/grantor/tenantID", demo::kProvider},
      {"/permissions", json::array()},
      {"/permissions/0/resource", "Everything"},
      {"/permissions/0/action", "Sell"},
  };
  for (const auto& [pointer, value] : flaws) {
    json body = policy(demo::kPermissionOff);
    body.at(json::json_pointer{pointer}) = value;
    client.refused({.operation = CreateSelfServePolicy, .body = body.dump()},
                   ErrorCode::InvalidRequestInput);
  }
}

}  // namespace
}  // namespace pcsim::contract
