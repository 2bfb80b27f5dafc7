#include "domain/access/authorise.h"

#include <gtest/gtest.h>

#include "domain/access/built_in_roles.h"
#include "domain/access/role_assignments.h"

namespace pcsim {
namespace {

constexpr const char* kReader = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
constexpr const char* kContributor = "b24988ac-6180-42a0-ab88-20f7382dd24c";
constexpr const char* kReservationsAdministrator = "a8889054-8d42-49c9-bc1c-52486c10e7cd";
constexpr const char* kOrder = "/providers/Microsoft.Capacity/reservationOrders/order";

TEST(ActionPatterns, AStarStandsForAnyText) {
  struct Row {
    const char *pattern, *action;
    bool matches;
  };
  for (const Row& row :
       {Row{"*", "Microsoft.Capacity/reservationOrders/read", true},
        Row{"*/read", "microsoft.capacity/catalogs/READ", true},
        Row{"*/read", "Microsoft.Capacity/reservationOrders/write", false},
        Row{"Microsoft.Capacity/*/action", "Microsoft.Capacity/reservationorders/split/action",
            true},
        Row{"Microsoft.Capacity/*/action", "Microsoft.Capacity/calculateprice/action", true},
        Row{"Microsoft.Support/*", "Microsoft.Supporting/x/read", false},
        Row{"a*b*c", "abbc", true}, Row{"a*b*c", "abb", false}, Row{"", "a", false}}) {
    EXPECT_EQ(action_matches(row.pattern, row.action), row.matches)
        << row.pattern << " " << row.action;
  }
}

TEST(BuiltInRoles, AllowWhatTheirTablesSay) {
  struct Row {
    const char *role, *action;
    bool allows;
  };
  for (const Row& row :
       {Row{"Owner", "Microsoft.Authorization/roleAssignments/write", true},
        Row{"Contributor", "Microsoft.Authorization/roleAssignments/write", false},
        Row{"Contributor", "Microsoft.Authorization/roleAssignments/read", true},
        Row{"Contributor", "Microsoft.Subscription/cancel/action", false},
        Row{"Contributor", "Microsoft.Subscription/rename/action", true},
        Row{"Reader", "Microsoft.Support/supportTickets/write", false},
        Row{"User Access Administrator", "Microsoft.Support/supportTickets/write", true},
        Row{"Reservation Purchaser", "Microsoft.Capacity/catalogs/read", true},
        Row{"Reservation Purchaser", "Microsoft.Capacity/reservationOrders/write", false},
        Row{"Reservations Administrator", "Microsoft.Capacity/reservationOrders/return/action",
            true},
        Row{"Reservations Reader", "Microsoft.Capacity/reservationOrders/write", false},
        Row{"Support Request Contributor", "Microsoft.Support/supportTickets/write", true}}) {
    for (const BuiltInRole& role : built_in_roles()) {
      if (role.name == row.role) {
        EXPECT_EQ(actions_allow(role.actions, role.not_actions, row.action), row.allows)
            << row.role << " " << row.action;
      }
    }
  }
}

struct Authorisation : testing::Test {
  World world{};
  Actor alice{"contoso", "alice", "alice@contoso.example", {}};

  Authorisation() {
    for (const char* id : {"sub", "other"}) {
      AzureSubscription subscription;
      subscription.id = id;
      subscription.customer_id = "contoso";
      world.azure_subscriptions.put(id, subscription);
    }
    Customer customer;
    customer.id = "contoso";
    world.customers.put("contoso", customer);
    Reservation reservation;
    reservation.order_id = "order";
    reservation.customer_id = "contoso";
    world.reservations.put("r", reservation);
    world.management_groups.put("group", {"group", "contoso", "Group", {"SUB"}});
  }

  void give(const char* scope, const char* role, const char* principal = "alice",
            const char* type = "User", const char* tenant = "") {
    RoleAssignment row{"a" + std::to_string(world.role_assignments.size()), scope, role, principal,
                       type};
    row.tenant_id = tenant;
    assign_role(world, row);
  }
  bool may(const Actor& actor, const char* action, const char* scope) const {
    return authorise(world, actor, action, scope).has_value();
  }
};

TEST_F(Authorisation, IsInheritedDownwards) {
  give("/subscriptions/sub", kReader);
  EXPECT_TRUE(may(alice, "Microsoft.Resources/subscriptions/read", "/subscriptions/SUB"));
  EXPECT_TRUE(may(alice, "x/read", "/subscriptions/sub/resourceGroups/web/providers/a/b/c"));
  EXPECT_FALSE(may(alice, "x/write", "/subscriptions/sub"));
  EXPECT_FALSE(may(alice, "x/read", "/subscriptions/other"));
  EXPECT_FALSE(may(alice, "x/read", "/subscriptions/sub2"));
}

TEST_F(Authorisation, ManagementGroupsHoldSubscriptions) {
  give("/providers/Microsoft.Management/managementGroups/group", kContributor);
  EXPECT_TRUE(may(alice, "x/write", "/subscriptions/sub/resourceGroups/web"));
  EXPECT_FALSE(may(alice, "x/write", "/subscriptions/other"));
  give("/providers/Microsoft.Management/managementGroups/contoso", kReader);
  EXPECT_TRUE(may(alice, "x/read", "/subscriptions/other"));
  EXPECT_TRUE(may(alice, "x/read", "/providers/Microsoft.Management/managementGroups/group"));
  EXPECT_FALSE(may(alice, "x/read", kOrder));
}

TEST_F(Authorisation, AReservationOrderIsAScopeOfItsOwn) {
  give("/subscriptions/sub", "8e3af657-a8ff-443c-a75c-2fe8c4bcb635");
  EXPECT_FALSE(may(alice, "Microsoft.Capacity/reservationOrders/read", kOrder));
  give("/providers/Microsoft.Capacity", kReservationsAdministrator, "alice", "User", "contoso");
  EXPECT_TRUE(may(alice, "Microsoft.Capacity/reservationOrders/return/action", kOrder));
  EXPECT_FALSE(may(alice, "Microsoft.Support/supportTickets/write", kOrder));
}

TEST_F(Authorisation, TenantWideRolesHoldInTheirTenantOnly) {
  const Actor agent{"contoso", "bob", "bob@partner.example", {"agents"}};
  Actor elsewhere = agent;
  elsewhere.tenant_id = "fabrikam";
  give("/providers/Microsoft.Capacity", kReservationsAdministrator, "agents", "ForeignGroup",
       "contoso");
  EXPECT_TRUE(may(agent, "Microsoft.Capacity/reservationOrders/read", kOrder));
  EXPECT_FALSE(may(elsewhere, "Microsoft.Capacity/catalogs/read", "/providers/Microsoft.Capacity"));
}

TEST_F(Authorisation, GuestsAreGuests) {
  Actor agent{"contoso", "bob", "bob@partner.example", {"agents"}};
  give("/subscriptions/sub", kReader, "agents", "ForeignGroup");
  EXPECT_TRUE(may(agent, "x/read", "/subscriptions/sub"));
  agent.is_guest = true;
  EXPECT_FALSE(may(agent, "x/read", "/subscriptions/sub"));
  give("/subscriptions/sub", kReader, "bob");
  EXPECT_TRUE(may(agent, "x/read", "/subscriptions/sub"));
}

TEST_F(Authorisation, DelegationsReadAndBuyNothing) {
  const Actor manager{"partner", "bob", "bob@partner.example", {"team"}};
  EXPECT_FALSE(sees_scope(world, manager, "/subscriptions/sub"));
  world.delegations.put("d", {"d", "sub", "partner", "team", kContributor});
  EXPECT_TRUE(sees_scope(world, manager, "/subscriptions/sub"));
  EXPECT_TRUE(may(manager, "Microsoft.Capacity/catalogs/read", "/subscriptions/sub"));
  EXPECT_TRUE(may(manager, "Microsoft.Support/supportTickets/write", "/subscriptions/sub"));
  EXPECT_FALSE(may(manager, "Microsoft.Capacity/register/action", "/subscriptions/sub"));
  EXPECT_FALSE(may(manager, "Microsoft.Capacity/reservationOrders/write", "/subscriptions/sub"));
  EXPECT_FALSE(may(manager, "x/read", "/subscriptions/other"));
  EXPECT_FALSE(may({"partner", "eve", "", {}}, "x/read", "/subscriptions/sub"));
}

TEST_F(Authorisation, CustomRolesAllowTheirOwn) {
  CustomRole role{"mine", "contoso", "Cashier", ""};
  role.actions = {"Microsoft.Billing/*", "Microsoft.Support/*"};
  role.not_actions = {"*/delete"};
  world.custom_roles.put("mine", role);
  give("/subscriptions/sub", "/subscriptions/sub/providers/x/roleDefinitions/MINE");
  EXPECT_TRUE(may(alice, "Microsoft.Support/supportTickets/write", "/subscriptions/sub"));
  EXPECT_FALSE(may(alice, "Microsoft.Support/supportTickets/delete", "/subscriptions/sub"));
  EXPECT_FALSE(may(alice, "Microsoft.Capacity/catalogs/read", "/subscriptions/sub"));
  give("/subscriptions/sub", "unknown");
  EXPECT_FALSE(may(alice, "Microsoft.Capacity/catalogs/read", "/subscriptions/sub"));
}

TEST_F(Authorisation, RefusalsNameWhoWhatAndWhere) {
  const auto refused = authorise(world, alice, "x/read", "/subscriptions/sub");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::ArmAuthorizationFailed);
  EXPECT_EQ(refused.error().arguments, (std::vector<std::string>{"alice@contoso.example", "alice",
                                                                 "x/read", "/subscriptions/sub"}));
}

}  // namespace
}  // namespace pcsim
