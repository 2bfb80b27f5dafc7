#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/markets.h"
#include "domain/world.h"
#include "pcsim/ports.h"
#include "pcsim/result.h"

namespace pcsim {

/// What a partner asks for when it creates or changes a user of its customer; a member that is
/// not there stays as it is.
struct CustomerUserDraft {
  std::optional<std::string> usage_location{}, user_principal_name{}, first_name{}, last_name{},
      display_name{}, immutable_id{}, phone_number{}, password{}, state{};
  std::optional<bool> force_change_password{};
};

/// What the rules know; `user` is null when one is to be created.
struct CustomerUserFacts {
  const World& world;
  const MarketTable& markets;
  const Customer& customer;
  const CustomerUserDraft& draft;
  const User* user;
};

/// One rule: its error, where in the request, and when it is broken.
struct CustomerUserRule {
  std::string_view name;
  ErrorCode error;
  std::string_view pointer;
  bool (*broken)(const CustomerUserFacts&);
};

/// Whether the partner may manage the users of the tenant at all.
/// Source: docs/reference/users.md#who-manages-users.
std::span<const CustomerUserRule> administration_rules();

/// The rules of a new user, of a change and of a deletion, in their order.
/// Source: docs/reference/users.md#users.
std::span<const CustomerUserRule> user_creation_rules();
std::span<const CustomerUserRule> user_change_rules();
std::span<const CustomerUserRule> user_deletion_rules();

/// Judges by one of the tables.
Result<Done> judge_user(std::span<const CustomerUserRule> rules, const CustomerUserFacts& facts,
                        Trace* trace);

/// How long a deleted user can be restored.
constexpr Instant kUserRetention = 30 * kDay;

/// The user of the tenant with this id, deleted or not, as long as it can be restored; or null.
const User* find_customer_user(const World& world, const Customer& customer, std::string_view id,
                               Instant now);

/// Whether a restore is asked for: an active state for a deleted user.
bool restores(const User& user, const CustomerUserDraft& draft);

/// Copies what the draft names into the user; a restore undoes the deletion.
void apply_draft(const CustomerUserDraft& draft, User& user);

/// By which member users are listed.
struct UserOrder {
  std::string User::*member = nullptr;  ///< null for the order of ids
  bool descending = false;
};

/// The order that `sortField` and `sortDirection` name.
std::optional<UserOrder> user_order(std::string_view field, std::string_view direction);

/// The users of the tenant who can still be restored, in order; all states.
std::vector<const User*> customer_users(const World& world, const Customer& customer,
                                        const UserOrder& order, Instant now);

}  // namespace pcsim
