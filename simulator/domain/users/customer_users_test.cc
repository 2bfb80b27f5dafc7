#include "domain/users/customer_users.h"

#include <gtest/gtest.h>

#include "domain/users/directory_roles.h"
#include "domain/users/role_member_rules.h"

namespace pcsim {
namespace {

const std::string kTenant = "22222222-2222-4222-8222-222222222222";
const std::string kAnn = "33333333-3333-4333-8333-333333333333";
const std::string kBen = "44444444-4444-4444-8444-444444444444";

struct CustomerUsers : testing::Test {
  World world{};
  MarketTable markets{{{"FR", "France", "France", "Europe", "EUR", "", {}}}};
  Customer customer{};
  CustomerUserDraft draft{};

  CustomerUsers() {
    customer.id = kTenant;
    customer.domain = "moulin.example";
    world.users.put(kAnn, user(kAnn, "ann"));
    world.users.put(kBen, user(kBen, "ben"));
    world.users.edit(kAnn)->directory_roles.emplace_back(kCompanyAdministrator);
    draft.usage_location = "FR";
    draft.user_principal_name = "cat@moulin.example";
    draft.first_name = "Cat";
    draft.last_name = "Petit";
    draft.display_name = "Cat Petit";
    draft.password = "Passw0rd!";
  }

  static User user(const std::string& id, const std::string& name) {
    User out;
    out.id = id;
    out.user_principal_name = name + "@moulin.example";
    out.display_name = name;
    out.tenant_id = kTenant;
    return out;
  }
  Result<Done> judged(std::span<const CustomerUserRule> rules, const std::string& id = {}) {
    return judge_user(rules, {world, markets, customer, draft, world.users.find(id)}, nullptr);
  }
  Result<Done> created() { return judged(user_creation_rules()); }
  Result<Done> changed(const std::string& id) { return judged(user_change_rules(), id); }
  Result<Done> deleted(const std::string& id) { return judged(user_deletion_rules(), id); }
};

TEST_F(CustomerUsers, OnlyAdministratorsOfTheTenantManageUsers) {
  EXPECT_TRUE(judged(administration_rules()));
  customer.delegated_access = false;
  EXPECT_EQ(judged(administration_rules()).error().code, ErrorCode::InsufficientPrivileges);
  customer.granular_access = true;
  EXPECT_TRUE(judged(administration_rules()));
}

TEST_F(CustomerUsers, ACompleteUserIsCreated) { EXPECT_TRUE(created()); }

TEST_F(CustomerUsers, NameTheWrongMember) {
  using Member = std::optional<std::string> CustomerUserDraft::*;
  const std::tuple<Member, const char*, const char*> rows[] = {
      {&CustomerUserDraft::usage_location, "QQ", "/usageLocation"},
      {&CustomerUserDraft::user_principal_name, "cat", "/userPrincipalName"},
      {&CustomerUserDraft::user_principal_name, "c t@moulin.example", "/userPrincipalName"},
      {&CustomerUserDraft::user_principal_name, "cat@other.example", "/userPrincipalName"},
      {&CustomerUserDraft::first_name, "", "/firstName"},
      {&CustomerUserDraft::last_name, "", "/lastName"},
      {&CustomerUserDraft::display_name, "", "/displayName"},
      {&CustomerUserDraft::password, "Short1!", "/passwordProfile/password"},
      {&CustomerUserDraft::password, "password", "/passwordProfile/password"},
  };
  const auto good = draft;
  for (const auto& [member, value, pointer] : rows) {
    draft = good;
    draft.*member = value;
    EXPECT_EQ(created().error().pointer, pointer) << value;
    EXPECT_EQ(changed(kAnn).error().pointer, pointer) << value;
  }
}

TEST_F(CustomerUsers, NamesAreTakenByActiveUsers) {
  draft.user_principal_name = "BEN@moulin.example";
  EXPECT_EQ(created().error().code, ErrorCode::Conflict);
  EXPECT_EQ(changed(kAnn).error().code, ErrorCode::Conflict);
  EXPECT_TRUE(changed(kBen));
  world.users.edit(kBen)->soft_deleted = 0;
  EXPECT_TRUE(created());
}

TEST_F(CustomerUsers, PasswordsOfFederatedUsersLiveElsewhere) {
  draft.password.reset();
  EXPECT_EQ(created().error().pointer, "/passwordProfile/password");
  draft.immutable_id = "anchor";
  EXPECT_TRUE(created());
  world.users.edit(kAnn)->immutable_id = "anchor";
  draft = {};
  draft.password = "Passw0rd!";
  EXPECT_EQ(changed(kAnn).error().code, ErrorCode::OperationNotSupported);
}

TEST_F(CustomerUsers, DeletedUsersAreOnlyRestored) {
  world.users.edit(kBen)->soft_deleted = 0;
  draft = {};
  draft.first_name = "Ben";
  EXPECT_EQ(changed(kBen).error().code, ErrorCode::UserNotFound);
  draft.state = "Active";
  EXPECT_TRUE(changed(kBen));
  User restored = *world.users.find(kBen);
  apply_draft(draft, restored);
  EXPECT_FALSE(restored.soft_deleted);
  draft.state = "inactive";
  EXPECT_EQ(changed(kAnn).error().pointer, "/state");
  draft.state = "active";
  world.users.put("x", user("x", "ben"));
  EXPECT_EQ(changed(kBen).error().code, ErrorCode::Conflict);
}

TEST_F(CustomerUsers, DeletedUsersAreForgottenAfterAMonth) {
  world.users.edit(kBen)->soft_deleted = kDay;
  EXPECT_NE(find_customer_user(world, customer, kBen, 30 * kDay), nullptr);
  EXPECT_EQ(find_customer_user(world, customer, kBen, 31 * kDay), nullptr);
  EXPECT_EQ(customer_users(world, customer, {}, 31 * kDay).size(), 1U);
  customer.id = kAnn;
  EXPECT_EQ(find_customer_user(world, customer, kAnn, 0), nullptr);
}

TEST_F(CustomerUsers, TheLastAdministratorStays) {
  EXPECT_EQ(deleted(kAnn).error().code, ErrorCode::OperationNotSupported);
  EXPECT_TRUE(deleted(kBen));
  world.users.edit(kBen)->directory_roles.emplace_back(kCompanyAdministrator);
  EXPECT_TRUE(deleted(kAnn));
  world.users.edit(kAnn)->soft_deleted = 0;
  EXPECT_EQ(deleted(kAnn).error().code, ErrorCode::UserNotFound);
}

TEST_F(CustomerUsers, AreOrderedByAMember) {
  EXPECT_FALSE(user_order("shoeSize", ""));
  EXPECT_FALSE(user_order("displayName", "sideways"));
  const auto down = user_order("DisplayName", "Descending");
  ASSERT_TRUE(down);
  EXPECT_EQ(customer_users(world, customer, *down, 0).front()->id, kBen);
  EXPECT_EQ(customer_users(world, customer, *user_order("", ""), 0).front()->id, kAnn);
}

TEST_F(CustomerUsers, RolesAreJoinedAndLeftOnce) {
  const auto judge = [&](std::span<const RoleMemberRule> rules, std::string_view role,
                         const std::string& id) {
    const auto result = judge_member(
        rules, {world, customer, find_directory_role(role), world.users.find(id)}, nullptr);
    return result ? std::optional<ErrorCode>{} : result.error().code;
  };
  const auto helpdesk = directory_role_named("Helpdesk Administrator")->id;
  EXPECT_EQ(judge(role_joining_rules(), "none", kBen), ErrorCode::ResourceNotFound);
  EXPECT_EQ(judge(role_joining_rules(), helpdesk, "none"), ErrorCode::UserNotFound);
  EXPECT_EQ(judge(role_joining_rules(), helpdesk, kBen), std::nullopt);
  EXPECT_EQ(judge(role_joining_rules(), kCompanyAdministrator, kAnn), ErrorCode::Conflict);
  EXPECT_EQ(judge(role_leaving_rules(), "none", kBen), ErrorCode::ResourceNotFound);
  EXPECT_EQ(judge(role_leaving_rules(), helpdesk, kBen), ErrorCode::UserNotFound);
  EXPECT_EQ(judge(role_leaving_rules(), kCompanyAdministrator, kAnn),
            ErrorCode::OperationNotSupported);
  world.users.edit(kBen)->directory_roles.emplace_back(kCompanyAdministrator);
  EXPECT_EQ(judge(role_leaving_rules(), kCompanyAdministrator, kAnn), std::nullopt);
  world.users.edit(kBen)->soft_deleted = 0;
  EXPECT_EQ(judge(role_leaving_rules(), kCompanyAdministrator, kBen), ErrorCode::UserNotFound);
}

}  // namespace
}  // namespace pcsim
