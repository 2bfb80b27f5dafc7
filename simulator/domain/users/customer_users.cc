#include "domain/users/customer_users.h"

#include <algorithm>
#include <array>

#include "domain/users/directory_roles.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

bool gone(const User& user, Instant now) {
  return user.soft_deleted && now - *user.soft_deleted >= kUserRetention;
}

struct SortField {
  std::string_view name;
  std::string User::*member;
};

constexpr std::array<SortField, 5> kFields{{
    {"displayname", &User::display_name},
    {"userprincipalname", &User::user_principal_name},
    {"firstname", &User::first_name},
    {"lastname", &User::last_name},
    {"usagelocation", &User::usage_location},
}};

void take(const std::optional<std::string>& value, std::string& member) {
  if (value) {
    member = *value;
  }
}

}  // namespace

const User* find_customer_user(const World& world, const Customer& customer, std::string_view id,
                               Instant now) {
  const User* found = world.users.find(lower(id));
  const bool here = found != nullptr && equal_ignoring_case(found->tenant_id, customer.id);
  return here && !gone(*found, now) ? found : nullptr;
}

bool restores(const User& user, const CustomerUserDraft& draft) {
  return user.soft_deleted && draft.state && equal_ignoring_case(*draft.state, "active");
}

void apply_draft(const CustomerUserDraft& draft, User& user) {
  take(draft.usage_location, user.usage_location);
  take(draft.user_principal_name, user.user_principal_name);
  take(draft.first_name, user.first_name);
  take(draft.last_name, user.last_name);
  take(draft.display_name, user.display_name);
  take(draft.immutable_id, user.immutable_id);
  take(draft.phone_number, user.phone_number);
  take(draft.password, user.password);
  user.force_change_password = draft.force_change_password.value_or(user.force_change_password);
  if (restores(user, draft)) {
    user.soft_deleted.reset();
  }
}

std::optional<UserOrder> user_order(std::string_view field, std::string_view direction) {
  UserOrder out;
  const auto way = lower(direction);
  out.descending = way == "descending" || way == "desc";
  if (!out.descending && !way.empty() && way != "ascending" && way != "asc") {
    return std::nullopt;
  }
  if (field.empty()) {
    return out;
  }
  const auto* row = std::find_if(kFields.begin(), kFields.end(), [&](const SortField& known) {
    return known.name == lower(field);
  });
  if (row == kFields.end()) {
    return std::nullopt;
  }
  out.member = row->member;
  return out;
}

std::vector<const User*> customer_users(const World& world, const Customer& customer,
                                        const UserOrder& order, Instant now) {
  std::vector<const User*> out;
  for (const auto& [id, user] : world.users) {
    if (equal_ignoring_case(user.tenant_id, customer.id) && !gone(user, now)) {
      out.push_back(&user);
    }
  }
  if (order.member != nullptr) {
    std::stable_sort(out.begin(), out.end(), [&](const User* left, const User* right) {
      return lower(left->*order.member) < lower(right->*order.member);
    });
  }
  if (order.descending) {
    std::reverse(out.begin(), out.end());
  }
  return out;
}

}  // namespace pcsim
