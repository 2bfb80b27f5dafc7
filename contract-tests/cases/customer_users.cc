// Users of a customer's tenant and their directory roles.
#include <nlohmann/json.hpp>

#include "cases/story.h"

namespace pcsim::contract {
namespace {

using nlohmann::json;
using enum OperationId;

constexpr const char* kAdministrator = "62e90394-69f5-4237-9190-012177145e10";
constexpr const char* kHelpdesk = "729827e3-9c14-49f7-bb1b-9608f156bbb8";

class CustomerUsers : public Contract {
 protected:
  Path user_path(const std::string& user) const {
    return {{"customerId", demo::kContoso}, {"userId", user}};
  }
  static json new_user(const std::string& name) {
    return {{"usageLocation", "FR"},
            {"userPrincipalName", name + "@contoso.onmicrosoft.com"},
            {"firstName", "Ana"},
            {"lastName", "Petit"},
            {"displayName", name},
            {"passwordProfile", {{"password", "Passw0rd!"}, {"forceChangePassword", false}}},
            {"attributes", {{"objectType", "CustomerUser"}}}};
  }
  json create(const Client& client, const json& body) const {
    return client.ok({.operation = CreateCustomerUser,
                      .path = customer_path(demo::kContoso),
                      .body = body.dump()});
  }
  json change(const Client& client, const std::string& user, const json& body) const {
    return client.ok(
        {.operation = UpdateCustomerUser, .path = user_path(user), .body = body.dump()});
  }
  json list(const Client& client, const std::string& query = {}) const {
    return client.ok(
        {.operation = ListCustomerUsers, .path = customer_path(demo::kContoso), .query = query});
  }
  /// What the token endpoint answers a user of the customer.
  json sign_in(const std::string& name, const std::string& password) const {
    const Credentials with = credentials_of(Who::Alice);
    return json::parse(universe.ask_token(with.tenant, form({{"grant_type", "password"},
                                                             {"client_id", with.client},
                                                             {"client_secret", with.secret},
                                                             {"resource", kArmResource},
                                                             {"username", name},
                                                             {"password", password}})));
  }
};

std::string state_filter(const char* field, const char* state) {
  return "filter=" +
         encode(json{{"Field", field}, {"Value", state}, {"Operator", "equals"}}.dump());
}

TEST_F(CustomerUsers, CreatedReadChangedDeletedRestored) {
  const Client client = partner(universe);
  const json made = create(client, new_user("cat"));
  EXPECT_EQ(made.at("passwordProfile").at("password"), "Passw0rd!");
  EXPECT_TRUE(made.at("softDeletionTime").is_null());
  const std::string id = made.at("id").get<std::string>();
  const Ask get{.operation = GetCustomerUser, .path = user_path(id)};
  EXPECT_FALSE(client.ok(get).contains("passwordProfile"));
  EXPECT_EQ(change(client, id, {{"FirstName", "Anna"}}).at("firstName"), "Anna");
  EXPECT_TRUE(sign_in("cat@contoso.onmicrosoft.com", "Passw0rd!").contains("access_token"));
  client.ok({.operation = DeleteCustomerUser, .path = user_path(id)});
  client.refused(get, ErrorCode::UserNotFound);
  client.refused({.operation = DeleteCustomerUser, .path = user_path(id)}, ErrorCode::UserNotFound);
  client.refused({.operation = UpdateCustomerUser,
                  .path = user_path(id),
                  .body = json{{"firstName", "Ana"}}.dump()},
                 ErrorCode::UserNotFound);
  EXPECT_FALSE(sign_in("cat@contoso.onmicrosoft.com", "Passw0rd!").contains("access_token"));
  const json deleted = list(client, state_filter("UserState", "Inactive"));
  ASSERT_GE(deleted.at("totalCount"), 1);
  EXPECT_FALSE(deleted.at("items").at(0).at("softDeletionTime").is_null());
  EXPECT_EQ(change(client, id, {{"State", "active"}}).at("state"), "active");
  EXPECT_EQ(client.ok(get).at("firstName"), "Anna");
}

TEST_F(CustomerUsers, AMonthAfterItsDeletionAUserIsGone) {
  Client client = partner(universe);
  const std::string id = create(client, new_user("cat")).at("id").get<std::string>();
  client.ok({.operation = DeleteCustomerUser, .path = user_path(id)});
  universe.advance(30LL * 86'400 + 1);
  partner(universe).refused({.operation = UpdateCustomerUser,
                             .path = user_path(id),
                             .body = json{{"state", "active"}}.dump()},
                            ErrorCode::UserNotFound);
}

TEST_F(CustomerUsers, PasswordsAreResetUnlessFederated) {
  const Client client = partner(universe);
  const std::string id = create(client, new_user("cat")).at("id").get<std::string>();
  const json reset{{"passwordProfile", {{"password", "N3w!word"}, {"forceChangePassword", true}}}};
  EXPECT_EQ(change(client, id, reset).at("passwordProfile").at("forceChangePassword"), true);
  EXPECT_FALSE(sign_in("cat@contoso.onmicrosoft.com", "Passw0rd!").contains("access_token"));
  EXPECT_TRUE(sign_in("cat@contoso.onmicrosoft.com", "N3w!word").contains("access_token"));
  json federated = new_user("dan");
  federated["immutableId"] = "anchor";
  federated.erase("passwordProfile");
  const json made = create(client, federated);
  EXPECT_EQ(made.at("userDomainType"), "federated");
  client.refused({.operation = UpdateCustomerUser,
                  .path = user_path(made.at("id").get<std::string>()),
                  .body = reset.dump()},
                 ErrorCode::OperationNotSupported);
}

TEST_F(CustomerUsers, FlawsAreRefused) {
  const Client client = partner(universe);
  const std::pair<const char*, json> flaws[] = {
      {"/usageLocation", "QQ"},
      {"/userPrincipalName", "cat"},
      {"/userPrincipalName", "cat@fabrikam.onmicrosoft.com"},
      {"/firstName", ""},
      {"/lastName", ""},
      {"/displayName", ""},
      {"/passwordProfile/password", "weak"},
      {"/passwordProfile", nullptr},
  };
  for (const auto& [pointer, value] : flaws) {
    json body = new_user("cat");
    body.at(json::json_pointer{pointer}) = value;
    client.refused({.operation = CreateCustomerUser,
                    .path = customer_path(demo::kContoso),
                    .body = body.dump()},
                   ErrorCode::InvalidRequestInput);
  }
  client.refused({.operation = CreateCustomerUser,
                  .path = customer_path(demo::kContoso),
                  .body = new_user("ALICE").dump()},
                 ErrorCode::Conflict);
  const std::string id = create(client, new_user("cat")).at("id").get<std::string>();
  client.refused({.operation = UpdateCustomerUser,
                  .path = user_path(id),
                  .body = json{{"userPrincipalName", "alice@contoso.onmicrosoft.com"}}.dump()},
                 ErrorCode::Conflict);
  client.refused({.operation = UpdateCustomerUser,
                  .path = user_path(id),
                  .body = json{{"state", "inactive"}}.dump()},
                 ErrorCode::InvalidRequestInput);
}

TEST_F(CustomerUsers, ListsAreFilteredSortedAndPaged) {
  const Client client = partner(universe);
  create(client, new_user("zoe"));
  const json all = list(client);
  const auto count = all.at("items").size();
  EXPECT_EQ(list(client, state_filter("UserStatus", "Active")).at("items").size(), count);
  const json down = list(client, "sortField=displayName&sortDirection=Descending");
  EXPECT_EQ(down.at("items").at(0).at("displayName"), "zoe");
  const json first = list(client, "size=1&sortField=DisplayName");
  ASSERT_EQ(first.at("totalCount"), 1);
  const json& next = first.at("links").at("next");
  const json second =
      client.ok({.operation = ListCustomerUsers,
                 .path = customer_path(demo::kContoso),
                 .query = next.at("uri").get<std::string>().substr(
                     next.at("uri").get<std::string>().find('?') + 1),
                 .headers = {{"MS-ContinuationToken",
                              next.at("headers").at(0).at("value").get<std::string>()}}});
  EXPECT_NE(second.at("items").at(0).at("id"), first.at("items").at(0).at("id"));
  for (const std::string& query :
       {state_filter("UserState", "Asleep"), state_filter("Name", "Active"),
        std::string{"sortField=shoeSize"}, std::string{"sortDirection=sideways"},
        std::string{"size=many"}}) {
    client.refused(
        {.operation = ListCustomerUsers, .path = customer_path(demo::kContoso), .query = query},
        ErrorCode::InvalidRequestInput);
  }
}

TEST_F(CustomerUsers, RolesAreGivenAndTaken) {
  const Client client = partner(universe);
  const json roles =
      client.ok({.operation = ListDirectoryRoles, .path = customer_path(demo::kContoso)});
  EXPECT_GE(roles.at("totalCount"), 4);
  const json made = create(client, new_user("cat"));
  const std::string id = made.at("id").get<std::string>();
  const Path of_role{{"customerId", demo::kContoso}, {"roleId", kHelpdesk}, {"userId", id}};
  const json member{{"id", id},
                    {"displayName", made.at("displayName")},
                    {"userPrincipalName", made.at("userPrincipalName")},
                    {"attributes", {{"objectType", "UserMember"}}}};
  const Ask add{.operation = AddRoleMember, .path = of_role, .body = member.dump()};
  const int before =
      client.ok({.operation = ListRoleMembers, .path = of_role}).at("totalCount").get<int>();
  EXPECT_EQ(client.ok(add).at("roleId"), kHelpdesk);
  client.refused(add, ErrorCode::Conflict);
  EXPECT_EQ(client.ok({.operation = ListRoleMembers, .path = of_role}).at("totalCount"),
            before + 1);
  const json mine = client.ok({.operation = ListUserDirectoryRoles, .path = user_path(id)});
  EXPECT_EQ(mine.at("items").at(0).at("name"), "Helpdesk Administrator");
  client.ok({.operation = RemoveRoleMember, .path = of_role});
  client.refused({.operation = RemoveRoleMember, .path = of_role}, ErrorCode::UserNotFound);
  client.refused({.operation = ListRoleMembers, .path = of_role, .query = "size=many"},
                 ErrorCode::InvalidRequestInput);
  json stranger = member;
  stranger["id"] = demo::kNobody;
  client.refused({.operation = AddRoleMember, .path = of_role, .body = stranger.dump()},
                 ErrorCode::UserNotFound);
  Path unknown = of_role;
  unknown["roleId"] = demo::kNobody;
  client.refused({.operation = AddRoleMember, .path = unknown, .body = member.dump()},
                 ErrorCode::ResourceNotFound);
  client.refused({.operation = RemoveRoleMember, .path = unknown}, ErrorCode::ResourceNotFound);
  client.refused({.operation = ListRoleMembers, .path = unknown}, ErrorCode::ResourceNotFound);
  client.refused({.operation = ListUserDirectoryRoles, .path = user_path(demo::kNobody)},
                 ErrorCode::UserNotFound);
}

TEST_F(CustomerUsers, TheLastAdministratorStays) {
  const Client client = partner(universe);
  const std::string customer = create_customer(client, "FR");
  const Path administrators{{"customerId", customer}, {"roleId", kAdministrator}};
  const json members = client.ok({.operation = ListRoleMembers, .path = administrators});
  ASSERT_EQ(members.at("totalCount"), 1);
  Path last = administrators;
  last["userId"] = members.at("items").at(0).at("id").get<std::string>();
  client.refused({.operation = RemoveRoleMember, .path = last}, ErrorCode::OperationNotSupported);
  client.refused({.operation = DeleteCustomerUser, .path = last}, ErrorCode::OperationNotSupported);
}

TEST_F(CustomerUsers, NobodyManagesATenantItDoesNotAdminister) {
  const Client client = partner(universe);
  client.ok({.operation = PatchCustomer,
             .path = customer_path(demo::kContoso),
             .body = json{{"allowDelegatedAccess", false}}.dump()});
  const Path path{{"customerId", demo::kContoso},
                  {"userId", "e0000001-0000-4000-8000-000000000001"},
                  {"roleId", kHelpdesk}};
  const std::pair<OperationId, json> calls[] = {
      {ListCustomerUsers, nullptr},
      {CreateCustomerUser, new_user("cat")},
      {GetCustomerUser, nullptr},
      {UpdateCustomerUser, {{"firstName", "Al"}}},
      {DeleteCustomerUser, nullptr},
      {ListUserDirectoryRoles, nullptr},
      {ListDirectoryRoles, nullptr},
      {ListRoleMembers, nullptr},
      {AddRoleMember, {{"id", "e0000001-0000-4000-8000-000000000001"}}},
      {RemoveRoleMember, nullptr},
  };
  for (const auto& [operation, body] : calls) {
    client.refused({.operation = operation,
                    .path = path,
                    .body = body.is_null() ? std::string{} : body.dump()},
                   ErrorCode::InsufficientPrivileges);
  }
}

TEST_F(CustomerUsers, WritesAreRecorded) {
  const Client client = partner(universe);
  const std::string id = create(client, new_user("cat")).at("id").get<std::string>();
  change(client, id, {{"firstName", "Anna"}});
  change(client, id, {{"userPrincipalName", "kat@contoso.onmicrosoft.com"}});
  change(client, id, {{"passwordProfile", {{"password", "N3w!word"}}}});
  const Path of_role{{"customerId", demo::kContoso}, {"roleId", kHelpdesk}, {"userId", id}};
  client.ok({.operation = AddRoleMember, .path = of_role, .body = json{{"id", id}}.dump()});
  client.ok({.operation = RemoveRoleMember, .path = of_role});
  client.ok({.operation = DeleteCustomerUser, .path = user_path(id)});
  change(client, id, {{"state", "active"}});
  const json records = client.ok({.operation = ListAuditRecords}).at("items");
  const char* expected[] = {"restore_customer_user",        "delete_customer_user",
                            "remove_user_member",           "add_user_member",
                            "reset_customer_user_password", "update_customer_user_principal_name",
                            "update_customer_user",         "create_customer_user"};
  std::size_t at = 0;
  for (const char* operation : expected) {
    EXPECT_EQ(records.at(at).at("operationType"), operation);
    EXPECT_EQ(records.at(at).dump().find("N3w!word"), std::string::npos);
    ++at;
  }
}

}  // namespace
}  // namespace pcsim::contract
