#include <nlohmann/json.hpp>
#include <utility>

#include "app/audit.h"
#include "app/handlers.h"
#include "app/partner_center/requests.h"
#include "app/partner_center/user_scene.h"
#include "codec/partner_center/customer_user.h"
#include "codec/partner_center/filter.h"
#include "codec/reference_data.h"
#include "pcsim/text.h"

namespace pcsim {

namespace partner_center {

CustomerUserFacts user_facts(const Call& call, const Customer& customer,
                             const CustomerUserDraft& draft, const User* user) {
  return {call.world, call.reference.markets, customer, draft, user};
}

Result<const Customer*> administered_customer(const Call& call) {
  PCSIM_TRY(customer, path_customer(call));
  const CustomerUserDraft draft;
  PCSIM_TRY(allowed, judge_user(administration_rules(), user_facts(call, *customer, draft, nullptr),
                                call.env.trace));
  static_cast<void>(allowed);
  return customer;
}

Result<const User*> path_user(const Call& call, const Customer& customer) {
  const auto* user = find_customer_user(call.world, customer, call.path.at("userId"), call.env.now);
  if (user == nullptr) {
    return ErrorCode::UserNotFound;
  }
  return user;
}

Result<const User*> active_path_user(const Call& call, const Customer& customer) {
  PCSIM_TRY(user, path_user(call, customer));
  if (user->soft_deleted) {
    return ErrorCode::UserNotFound;
  }
  return user;
}

}  // namespace partner_center

namespace pc = partner_center;

namespace {

constexpr std::size_t kPageSize = 500;

bool allowed_condition(const pc::Filter& leaf) {
  return leaf.op == "equals" && (leaf.field == "userstate" || leaf.field == "userstatus") &&
         (equal_ignoring_case(leaf.value, "active") || equal_ignoring_case(leaf.value, "inactive"));
}

/// Without a filter the active users are meant.
Result<pc::Filter> asked_filter(const Call& call) {
  const auto text = pc::query_value(call, "filter").value_or("");
  if (text.empty()) {
    return pc::Filter{"userstate", "active", "equals", {}};
  }
  PCSIM_TRY(filter, pc::parse_filter(text));
  if (!pc::every_leaf(filter, allowed_condition)) {
    return Error{ErrorCode::InvalidRequestInput, {}, "filter"};
  }
  return filter;
}

Result<std::vector<const User*>> asked_users(const Call& call, const Customer& customer) {
  PCSIM_TRY(filter, asked_filter(call));
  const auto order = user_order(pc::query_value(call, "sortfield").value_or(""),
                                pc::query_value(call, "sortdirection").value_or(""));
  if (!order) {
    return Error{ErrorCode::InvalidRequestInput, {}, "sortField"};
  }
  auto users = customer_users(call.world, customer, *order, call.env.now);
  std::erase_if(users, [&, &wanted = filter](const User* user) {
    const char* state = user->soft_deleted ? "inactive" : "active";
    return !pc::matches(wanted,
                        [&](const pc::Filter& leaf) { return pc::text_matches(state, leaf); });
  });
  return users;
}

std::string list_uri(const Call& call, const Customer& customer) {
  std::string out =
      "/customers/" + customer.id + "/users?size=" + pc::query_value(call, "size").value_or("0");
  constexpr std::pair<const char*, const char*> kNames[] = {
      {"filter", "filter"}, {"sortfield", "sortField"}, {"sortdirection", "sortDirection"}};
  for (const auto& [name, shown] : kNames) {
    if (const auto value = pc::query_value(call, name); value && !value->empty()) {
      out += "&" + std::string{shown} + "=" + pc::encode_query(*value);
    }
  }
  return out;
}

/// Which entry of the activity log tells of a change.
std::string_view change_of(const User& before, const CustomerUserDraft& draft) {
  if (restores(before, draft)) {
    return "restore_customer_user";
  }
  if (draft.password) {
    return "reset_customer_user_password";
  }
  const bool renamed = draft.user_principal_name &&
                       !equal_ignoring_case(*draft.user_principal_name, before.user_principal_name);
  return renamed ? "update_customer_user_principal_name" : "update_customer_user";
}

void record(const Call& call, std::string_view operation, const Customer& customer,
            const User& user, const std::string& after, const std::string& before) {
  record_audit(call, "customer_user", operation, &customer,
               {{"CustomerUserId", user.id}, {"UserPrincipalName", user.user_principal_name}},
               after, before);
}

}  // namespace

Result<Reply> handle_ListCustomerUsers(const Call& call) {
  PCSIM_TRY(customer, pc::administered_customer(call));
  PCSIM_TRY(users, asked_users(call, *customer));
  PCSIM_TRY(page, pc::requested_page(call, users.size(), kPageSize));
  auto items = pc::Json::array();
  for (auto i = page.first; i < page.last; ++i) {
    items.push_back(pc::customer_user_json(*users[i], false));
  }
  return Reply{0, pc::seek_collection(items, page, list_uri(call, *customer)), {}};
}

Result<Reply> handle_CreateCustomerUser(const Call& call) {
  PCSIM_TRY(customer, pc::administered_customer(call));
  const auto draft = pc::read_customer_user(call.body);
  PCSIM_TRY(allowed, judge_user(user_creation_rules(),
                                pc::user_facts(call, *customer, draft, nullptr), call.env.trace));
  static_cast<void>(allowed);
  User user;
  user.id = call.env.ids.guid();
  user.tenant_id = customer->id;
  apply_draft(draft, user);
  call.world.users.put(user.id, user);
  record(call, "create_customer_user", *customer, user, pc::customer_user_json(user, false).dump(),
         {});
  return Reply{0, pc::customer_user_json(user, true).dump(), {}};
}

Result<Reply> handle_GetCustomerUser(const Call& call) {
  PCSIM_TRY(customer, pc::administered_customer(call));
  PCSIM_TRY(user, pc::active_path_user(call, *customer));
  return Reply{0, pc::customer_user_json(*user, false).dump(), {}};
}

Result<Reply> handle_UpdateCustomerUser(const Call& call) {
  PCSIM_TRY(customer, pc::administered_customer(call));
  PCSIM_TRY(found, pc::path_user(call, *customer));
  const auto draft = pc::read_customer_user(call.body);
  PCSIM_TRY(allowed, judge_user(user_change_rules(), pc::user_facts(call, *customer, draft, found),
                                call.env.trace));
  static_cast<void>(allowed);
  const User before = *found;
  User& user = *call.world.users.edit(before.id);
  apply_draft(draft, user);
  if (draft.password) {
    user.sessions_end = call.env.now;
    user.password_expires.reset();
  }
  record(call, change_of(before, draft), *customer, user,
         pc::customer_user_json(user, false).dump(), pc::customer_user_json(before, false).dump());
  return Reply{0, pc::customer_user_json(user, draft.password.has_value()).dump(), {}};
}

Result<Reply> handle_DeleteCustomerUser(const Call& call) {
  PCSIM_TRY(customer, pc::administered_customer(call));
  PCSIM_TRY(found, pc::path_user(call, *customer));
  const CustomerUserDraft draft;
  PCSIM_TRY(allowed, judge_user(user_deletion_rules(),
                                pc::user_facts(call, *customer, draft, found), call.env.trace));
  static_cast<void>(allowed);
  const User before = *found;
  call.world.users.edit(before.id)->soft_deleted = call.env.now;
  record(call, "delete_customer_user", *customer, before, {},
         pc::customer_user_json(before, false).dump());
  return Reply{};
}

}  // namespace pcsim
