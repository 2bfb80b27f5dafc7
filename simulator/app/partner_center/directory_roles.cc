#include <nlohmann/json.hpp>
#include <utility>

#include "app/audit.h"
#include "app/handlers.h"
#include "app/partner_center/requests.h"
#include "app/partner_center/user_scene.h"
#include "codec/partner_center/customer_user.h"
#include "domain/users/role_member_rules.h"
#include "pcsim/text.h"

namespace pcsim {

namespace pc = partner_center;

namespace {

constexpr std::size_t kPageSize = 500;

/// The activity log entry of a membership that begins (`after`) or ends (`before`).
void record(const Call& call, std::string_view operation, const Customer& customer,
            const DirectoryRole& role, const User& user, const std::string& after,
            const std::string& before) {
  record_audit(call, "customer_directory_role", operation, &customer,
               {{"RoleId", std::string{role.id}},
                {"RoleName", std::string{role.name}},
                {"CustomerUserId", user.id}},
               after, before);
}

void set_membership(const Call& call, const std::string& user_id, std::string_view role_id,
                    bool member) {
  auto& roles = call.world.users.edit(user_id)->directory_roles;
  std::erase_if(roles, [&](const std::string& id) { return equal_ignoring_case(id, role_id); });
  if (member) {
    roles.emplace_back(role_id);
  }
}

}  // namespace

Result<Reply> handle_ListUserDirectoryRoles(const Call& call) {
  PCSIM_TRY(customer, pc::administered_customer(call));
  PCSIM_TRY(user, pc::active_path_user(call, *customer));
  auto items = pc::Json::array();
  for (const DirectoryRole& role : directory_roles()) {
    if (has_directory_role(*user, role.id)) {
      items.push_back(pc::directory_role_json(role));
    }
  }
  return Reply{0, pc::collection(items), {}};
}

Result<Reply> handle_ListDirectoryRoles(const Call& call) {
  PCSIM_TRY(customer, pc::administered_customer(call));
  static_cast<void>(customer);
  auto items = pc::Json::array();
  for (const DirectoryRole& role : directory_roles()) {
    items.push_back(pc::directory_role_json(role));
  }
  return Reply{0, pc::collection(items), {}};
}

Result<Reply> handle_ListRoleMembers(const Call& call) {
  PCSIM_TRY(customer, pc::administered_customer(call));
  const auto* role = find_directory_role(call.path.at("roleId"));
  if (role == nullptr) {
    return ErrorCode::ResourceNotFound;
  }
  const auto members = members_of_role(call.world, customer->id, role->id);
  PCSIM_TRY(page, pc::requested_page(call, members.size(), kPageSize));
  auto items = pc::Json::array();
  for (auto i = page.first; i < page.last; ++i) {
    items.push_back(pc::user_member_json(*members[i]));
  }
  const auto uri = "/customers/" + customer->id + "/directoryroles/" + std::string{role->id} +
                   "/usermembers?size=" + pc::query_value(call, "size").value_or("0");
  return Reply{0, pc::seek_collection(items, page, uri), {}};
}

Result<Reply> handle_AddRoleMember(const Call& call) {
  PCSIM_TRY(customer, pc::administered_customer(call));
  const auto* role = find_directory_role(call.path.at("roleId"));
  const auto* user =
      find_customer_user(call.world, *customer, pc::text_of(call.body, "id"), call.env.now);
  PCSIM_TRY(allowed, judge_member(role_joining_rules(), {call.world, *customer, role, user},
                                  call.env.trace));
  static_cast<void>(allowed);
  auto json = pc::user_member_json(*user, role->id).dump();
  const User before = *user;
  set_membership(call, before.id, role->id, true);
  record(call, "add_user_member", *customer, *role, before, json, {});
  return Reply{0, std::move(json), {}};
}

Result<Reply> handle_RemoveRoleMember(const Call& call) {
  PCSIM_TRY(customer, pc::administered_customer(call));
  const auto* role = find_directory_role(call.path.at("roleId"));
  const auto* user =
      find_customer_user(call.world, *customer, call.path.at("userId"), call.env.now);
  PCSIM_TRY(allowed, judge_member(role_leaving_rules(), {call.world, *customer, role, user},
                                  call.env.trace));
  static_cast<void>(allowed);
  const User before = *user;
  set_membership(call, before.id, role->id, false);
  record(call, "remove_user_member", *customer, *role, before, {},
         pc::user_member_json(before, role->id).dump());
  return Reply{};
}

}  // namespace pcsim
