// Role assignments and custom roles: what may be assigned to whom, and what a list shows.
#include <gtest/gtest.h>

#include "domain/access/authorise.h"
#include "domain/access/custom_roles.h"
#include "domain/access/principals.h"
#include "domain/access/role_assignments.h"
#include "pcsim/operation.h"

namespace pcsim {
namespace {

constexpr const char* kSub = "/subscriptions/sub";
constexpr const char* kReader = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
constexpr const char* kReservationsReader = "582fc458-8989-419f-a480-75249bc5db7e";

struct Roles : testing::Test {
  World world{};
  IdSource ids{1};
  Env env{kDay, ids, 0};

  Roles() {
    world.azure_subscriptions.put("sub", {"sub", "contoso", "plan", "", true});
    Customer customer;
    customer.id = "contoso";
    customer.partner_key = "fabrikam.example";
    world.customers.put("contoso", customer);
    Partner partner{"fabrikam", "fabrikam.example", "Fabrikam", PartnerKind::Direct, "FR"};
    partner.admin_agents_group = "admins";
    partner.helpdesk_agents_group = "helpers";
    world.partners.put("fabrikam", partner);
    User alice{"alice", "alice@contoso.example", "", "contoso"};
    User agent{"agent", "agent@fabrikam.example", "", "fabrikam"};
    agent.roles = kHelpdeskAgent;
    agent.guest_of = {{"contoso", "guest"}};
    world.users.put("alice", alice);
    world.users.put("agent", agent);
    world.service_principals.put("p", {"service", "client", "contoso"});
  }

  static RoleAssignment wanted(const char* id, const char* principal, const char* role = kReader,
                               const char* scope = kSub) {
    RoleAssignment row{id, scope, role, principal, ""};
    row.tenant_id = "contoso";
    row.updated_by = "alice";
    return row;
  }
  std::optional<ErrorCode> put(const RoleAssignment& row) {
    const auto result = put_role_assignment(world, env, row);
    return result ? std::nullopt : std::optional{result.error().code};
  }
};

TEST_F(Roles, PrincipalsAreThoseOfTheDirectory) {
  for (const auto& [id, type] :
       {std::pair{"ALICE", "User"}, std::pair{"guest", "User"},
        std::pair{"service", "ServicePrincipal"}, std::pair{"admins", "ForeignGroup"},
        std::pair{"helpers", "ForeignGroup"}, std::pair{"agent", ""}}) {
    EXPECT_EQ(principal_type(world, "contoso", id), type) << id;
  }
  EXPECT_EQ(principal_type(world, "fabrikam", "admins"), "Group");
  world.customers.edit("contoso")->delegated_access = false;
  EXPECT_EQ(principal_type(world, "contoso", "admins"), "");
  EXPECT_EQ(groups_of(world, "agent"), std::vector<std::string>{"helpers"});
}

TEST_F(Roles, AreAssignedOnceToWhoIsThere) {
  EXPECT_EQ(put(wanted("1", "alice")), std::nullopt);
  EXPECT_EQ(world.role_assignments.find("1")->principal_type, "User");
  EXPECT_EQ(put(wanted("1", "alice")), std::nullopt) << "again";
  EXPECT_EQ(put(wanted("2", "alice")), ErrorCode::ArmRoleAssignmentExists);
  EXPECT_EQ(put(wanted("1", "guest")), ErrorCode::ArmRoleAssignmentUpdateNotPermitted);
  EXPECT_EQ(put(wanted("2", "nobody")), ErrorCode::ArmPrincipalNotFound);
  EXPECT_EQ(put(wanted("2", "alice", "nonsense")), ErrorCode::ArmRoleDefinitionDoesNotExist);
  EXPECT_EQ(put(wanted("2", "alice", kReservationsReader)),
            ErrorCode::ArmRoleDefinitionDoesNotExist);
  EXPECT_EQ(put(wanted("2", "alice", kReservationsReader, "/providers/Microsoft.Capacity")),
            std::nullopt);
  RoleAssignment typed = wanted("3", "admins");
  typed.principal_type = "Group";
  EXPECT_EQ(put(typed), ErrorCode::ArmUnmatchedPrincipalType);
}

TEST_F(Roles, AnAgentHasWhatHisGroupWasGiven) {
  const Actor agent{"contoso", "agent", "agent@fabrikam.example", {"helpers"}};
  EXPECT_FALSE(authorise(world, agent, "Microsoft.Support/supportTickets/read", kSub));
  ASSERT_EQ(put(wanted("1", "helpers")), std::nullopt);
  EXPECT_TRUE(authorise(world, agent, "Microsoft.Support/supportTickets/read", kSub));
  EXPECT_FALSE(authorise(world, agent, "Microsoft.Support/supportTickets/write", kSub));
}

TEST_F(Roles, ListsByScopeAndHolder) {
  put(wanted("1", "alice"));
  put(wanted("2", "helpers", kReader, "/subscriptions/sub/resourceGroups/web"));
  put(wanted("3", "alice", kReservationsReader, "/providers/Microsoft.Capacity"));
  const auto count = [&](const char* scope, const AssignmentFilter& filter = {}) {
    return list_role_assignments(world, "contoso", scope, filter).size();
  };
  EXPECT_EQ(count(kSub), 2U);
  EXPECT_EQ(count(kSub, {true}), 1U);
  EXPECT_EQ(count("/subscriptions/sub/resourceGroups/web", {true}), 2U);
  EXPECT_EQ(count(kSub, {false, "alice"}), 1U);
  EXPECT_EQ(count(kSub, {false, "", "agent"}), 1U);
  EXPECT_EQ(count("/providers/Microsoft.Capacity"), 1U);
  EXPECT_TRUE(
      list_role_assignments(world, "fabrikam", "/providers/Microsoft.Capacity", {}).empty());
}

TEST_F(Roles, CustomRolesLiveAsLongAsTheyAreHeld) {
  CustomRole role{"aaaaaaaa-0000-4000-8000-000000000001", "contoso", "Cashier", "", {kSub}};
  role.actions = {"Microsoft.Billing/*"};
  ASSERT_TRUE(put_custom_role(world, env, role));
  EXPECT_EQ(put(wanted("1", "alice", role.id.c_str())), std::nullopt);
  const auto refused = delete_custom_role(world, env, role.id, "contoso");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::ArmRoleDefinitionHasAssignments);
  world.role_assignments.erase("1");
  EXPECT_FALSE(delete_custom_role(world, env, role.id, "fabrikam")->has_value());
  EXPECT_TRUE(delete_custom_role(world, env, role.id, "contoso")->has_value());
  EXPECT_FALSE(delete_custom_role(world, env, role.id, "contoso")->has_value());
  role.assignable_scopes = {"/subscriptions/elsewhere"};
  EXPECT_EQ(put_custom_role(world, env, role).error().code, ErrorCode::ArmInvalidRequestContent);
}

}  // namespace
}  // namespace pcsim
