// Role assignments and definitions at every kind of scope.
#include <nlohmann/json.hpp>
#include <string>

#include "cases/story.h"

namespace pcsim::contract {
namespace {

using nlohmann::json;
using enum OperationId;

const std::string kContosoScope = std::string{"subscriptions/"} + demo::kContosoAzure;
const std::string kGroupScope =
    std::string{"providers/Microsoft.Management/managementGroups/"} + demo::kManagementGroup;

/// A GUID that ends in `number`.
std::string guid(int number) {
  const std::string digits = std::to_string(number);
  return "aaaaaaaa-0000-4000-8000-" + std::string(12 - digits.size(), '0') + digits;
}

class ArmAccess : public Contract {
 protected:
  Client alice = azure(universe, Who::Alice);
  Client bob = azure(universe, Who::Bob);

  static Ask on(OperationId id, const std::string& scope, const std::string& name = {},
                const json& body = {}) {
    return {.operation = id,
            .path = {{"*scope", scope}, {"roleAssignmentId", name}, {"roleDefinitionId", name}},
            .query = kAuthorizationVersion,
            .body = body.is_null() ? std::string{} : body.dump()};
  }

  std::size_t count(const Client& client, const std::string& scope,
                    const std::string& filter = {}) {
    Ask ask = on(ArmListRoleAssignments, scope);
    ask.query += filter.empty() ? "" : "&%24filter=" + encode(filter);
    return client.ok(ask).at("value").size();
  }
};

TEST_F(ArmAccess, AssignedReadAndTakenAway) {
  const json made = alice.ok(
      on(ArmPutRoleAssignment, kContosoScope, guid(1), assignment_of(kReaderRole, demo::kBob)));
  EXPECT_EQ(made.at("properties").at("createdBy"), demo::kAliceId);
  EXPECT_EQ(bob.ok(on(ArmGetRoleAssignment, kContosoScope, guid(1))).at("id"), made.at("id"));
  json again = assignment_of(kReaderRole, demo::kBob);
  again["properties"]["description"] = "For the audit";
  EXPECT_EQ(alice.send(on(ArmPutRoleAssignment, kContosoScope, guid(1), again)).status, 200);
  EXPECT_EQ(
      bob.ok(on(ArmGetRoleAssignment, kContosoScope, guid(1))).at("properties").at("description"),
      "For the audit");
  alice.ok(on(ArmDeleteRoleAssignment, kContosoScope, guid(1)));
  EXPECT_EQ(alice.send(on(ArmDeleteRoleAssignment, kContosoScope, guid(1))).status, 204);
  alice.refused(on(ArmGetRoleAssignment, kContosoScope, guid(1)),
                ErrorCode::ArmRoleAssignmentNotFound);
  bob.refused(on(ArmListRoleAssignments, kContosoScope), ErrorCode::ArmAuthorizationFailed);
}

TEST_F(ArmAccess, RefusalsOfAWriteNameTheAssignment) {
  const json refusal = bob.refused(
      on(ArmPutRoleAssignment, kContosoScope, guid(1), assignment_of(kReaderRole, demo::kBob)),
      ErrorCode::ArmAuthorizationFailed);
  const std::string message = refusal.at("error").at("message");
  EXPECT_NE(
      message.find("'Microsoft.Authorization/roleAssignments/write' over scope '/" + kContosoScope +
                   "/providers/Microsoft.Authorization/roleAssignments/" + guid(1) + "'"),
      std::string::npos)
      << message;
}

TEST_F(ArmAccess, AssignmentsThatAreRefused) {
  const auto refused = [&](const std::string& id, const json& body, ErrorCode error,
                           const std::string& scope = kContosoScope) {
    alice.refused(on(ArmPutRoleAssignment, scope, id, body), error);
  };
  refused("nonsense", assignment_of(kReaderRole, demo::kBob),
          ErrorCode::ArmInvalidRoleAssignmentId);
  refused(guid(1), assignment_of(kOwnerRoleId, demo::kAliceId), ErrorCode::ArmRoleAssignmentExists);
  refused(guid(1), assignment_of(kReaderRole, demo::kNobody), ErrorCode::ArmPrincipalNotFound);
  refused(guid(1), assignment_of(kReaderRole, demo::kAdminAgents, "Group"),
          ErrorCode::ArmUnmatchedPrincipalType);
  refused(guid(1), assignment_of(demo::kNobody, demo::kBob),
          ErrorCode::ArmRoleDefinitionDoesNotExist);
  refused(guid(1), assignment_of(kReservationsAdministrator, demo::kBob),
          ErrorCode::ArmRoleDefinitionDoesNotExist);
  alice.ok(
      on(ArmPutRoleAssignment, kContosoScope, guid(2), assignment_of(kReaderRole, demo::kBob)));
  refused(guid(2), assignment_of(kReaderRole, demo::kCarol),
          ErrorCode::ArmRoleAssignmentUpdateNotPermitted);
  refused(guid(2), assignment_of(kReaderRole, demo::kBob),
          ErrorCode::ArmRoleAssignmentUpdateNotPermitted, kGroupScope);
}

TEST_F(ArmAccess, HoldsBelowItsScope) {
  const std::string group = kContosoScope + "/resourceGroups/web";
  alice.ok(on(ArmPutRoleAssignment, group, guid(1), assignment_of(kReaderRole, demo::kBob)));
  bob.refused(on(ArmListRoleAssignments, kContosoScope), ErrorCode::ArmAuthorizationFailed);
  const std::size_t inherited = count(alice, kContosoScope, "atScope()");
  EXPECT_EQ(count(bob, group), inherited + 1) << "its own and those of the scopes above";
  EXPECT_EQ(count(alice, kContosoScope), inherited + 1) << "without a filter those below too";
  alice.ok(on(ArmPutRoleAssignment, kGroupScope, guid(2), assignment_of(kReaderRole, demo::kBob)));
  EXPECT_EQ(count(bob, kContosoScope, std::string{"principalId eq '"} + demo::kBob + "'"), 2U);
  EXPECT_EQ(count(bob, kGroupScope, std::string{"assignedTo('"} + demo::kBob + "')"), 1U);
  alice.refused({.operation = ArmListRoleAssignments,
                 .path = {{"*scope", kContosoScope}},
                 .query = std::string{kAuthorizationVersion} + "&$filter=name%20eq%20'x'"},
                ErrorCode::ArmInvalidFilter);
}

TEST_F(ArmAccess, AReservationOrderHasItsOwn) {
  const std::string order =
      "providers/Microsoft.Capacity/reservationOrders/" + purchase(alice, demo::kContosoAzure);
  EXPECT_EQ(count(alice, order), 1U) << "its buyer's";
  alice.ok(on(ArmPutRoleAssignment, order, guid(1), assignment_of(kReaderRole, demo::kBob)));
  EXPECT_EQ(count(bob, order), 2U);
  azure(universe, Who::AliceOff)
      .refused(on(ArmListRoleAssignments, order), ErrorCode::ArmAuthorizationFailed);
}

TEST_F(ArmAccess, ACustomerMayShutItsPartnerOut) {
  const Client agent{universe, universe.delegated_token(demo::kContoso, kArmResource)};
  agent.ok(on(ArmListRoleAssignments, kContosoScope));
  std::string foreign;
  const json before = alice.ok(on(ArmListRoleAssignments, kContosoScope));
  for (const json& row : before.at("value")) {
    if (row.at("properties").at("principalType") == "ForeignGroup") {
      foreign = row.at("name");
    }
  }
  alice.ok(on(ArmDeleteRoleAssignment, kContosoScope, foreign));
  agent.refused(on(ArmListRoleAssignments, kContosoScope), ErrorCode::ArmAuthorizationFailed);
  const Ask back = on(ArmPutRoleAssignment, kContosoScope, guid(1),
                      assignment_of(kOwnerRoleId, demo::kAdminAgents, "ForeignGroup"));
  alice.ok(back);
  agent.ok(on(ArmListRoleAssignments, kContosoScope));
  alice.refused(
      on(ArmPutRoleAssignment, kContosoScope, guid(2),
         assignment_of(kOwnerRoleId, "a0000002-0000-4000-8000-000000000009", "ForeignGroup")),
      ErrorCode::ArmPrincipalNotFound);
}

TEST_F(ArmAccess, SalesAndHelpdeskAgentsNeedAccess) {
  for (const Who who : {Who::Sales, Who::Helpdesk}) {
    const Client client = azure(universe, who);
    client.refused({.operation = ArmGetSubscription,
                    .path = {{"subscriptionId", demo::kContosoAzure}},
                    .query = kSubscriptionsVersion},
                   ErrorCode::ArmWrongIssuer);
  }
}

TEST_F(ArmAccess, AssignmentsAreLimited) {
  for (int at = 0; at < 4'000; ++at) {
    alice.send(on(ArmPutRoleAssignment, kContosoScope + "/resourceGroups/g" + std::to_string(at),
                  guid(at), assignment_of(kReaderRole, demo::kBob)));
  }
  alice.refused(
      on(ArmPutRoleAssignment, kContosoScope, guid(9'999), assignment_of(kReaderRole, demo::kBob)),
      ErrorCode::ArmRoleAssignmentLimitExceeded);
}

TEST_F(ArmAccess, Definitions) {
  const json built_in = alice.ok(on(ArmListRoleDefinitions, kContosoScope)).at("value");
  EXPECT_GE(built_in.size(), 7U);
  Ask named = on(ArmListRoleDefinitions, kContosoScope);
  named.query += "&$filter=" + encode("roleName eq 'Owner' and type eq 'BuiltInRole'");
  const json owner = alice.ok(named).at("value");
  ASSERT_EQ(owner.size(), 1U);
  EXPECT_EQ(owner.at(0).at("name"), kOwnerRoleId);
  EXPECT_EQ(alice.ok(on(ArmGetRoleDefinition, kContosoScope, kOwnerRoleId)), owner.at(0));
  alice.refused(on(ArmGetRoleDefinition, kContosoScope, demo::kNobody),
                ErrorCode::ArmRoleDefinitionDoesNotExist);
  named.query = std::string{kAuthorizationVersion} + "&$filter=" + encode("colour eq 'red'");
  alice.refused(named, ErrorCode::ArmInvalidFilter);
}

TEST_F(ArmAccess, CustomRoles) {
  const json made =
      alice.ok(on(ArmPutRoleDefinition, kContosoScope, guid(1), custom_role("Cashier")));
  EXPECT_EQ(made.at("properties").at("type"), "CustomRole");
  for (const char* name : {"Cashier", "owner"}) {
    alice.refused(on(ArmPutRoleDefinition, kContosoScope, guid(2), custom_role(name)),
                  ErrorCode::ArmRoleDefinitionNameExists);
  }
  alice.ok(on(ArmPutRoleAssignment, kContosoScope, guid(3), assignment_of(guid(1), demo::kBob)));
  const json allowed = bob.ok(on(ArmListPermissions, kContosoScope)).at("value");
  ASSERT_EQ(allowed.size(), 1U);
  EXPECT_EQ(allowed.at(0).at("actions").at(0), "Microsoft.Support/*");
  alice.refused(on(ArmDeleteRoleDefinition, kContosoScope, guid(1)),
                ErrorCode::ArmRoleDefinitionHasAssignments);
  alice.ok(on(ArmDeleteRoleAssignment, kContosoScope, guid(3)));
  alice.ok(on(ArmDeleteRoleDefinition, kContosoScope, guid(1)));
  EXPECT_EQ(alice.send(on(ArmDeleteRoleDefinition, kContosoScope, guid(1))).status, 204);
  alice.refused(on(ArmDeleteRoleDefinition, kContosoScope, kOwnerRoleId),
                ErrorCode::ArmInvalidRequestContent);
  json nowhere = custom_role("Nowhere");
  nowhere["properties"]["assignableScopes"] = json::array();
  json nameless = custom_role("");
  for (const auto& [id, body] : {std::pair{guid(2), nowhere}, std::pair{guid(2), nameless},
                                 std::pair{std::string{kOwnerRoleId}, custom_role("Mine")}}) {
    alice.refused(on(ArmPutRoleDefinition, kContosoScope, id, body),
                  ErrorCode::ArmInvalidRequestContent);
  }
}

TEST_F(ArmAccess, CustomRolesAreLimited) {
  for (int at = 0; at < 5'000; ++at) {
    alice.send(on(ArmPutRoleDefinition, kContosoScope, guid(at),
                  custom_role("Role " + std::to_string(at))));
  }
  alice.refused(on(ArmPutRoleDefinition, kContosoScope, guid(9'999), custom_role("One more")),
                ErrorCode::ArmRoleDefinitionLimitExceeded);
}

}  // namespace
}  // namespace pcsim::contract
