#include <algorithm>
#include <array>

#include "domain/customers/customer_rules.h"
#include "domain/identity/identity.h"
#include "domain/rules.h"
#include "domain/users/customer_users.h"
#include "domain/users/directory_roles.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using Facts = CustomerUserFacts;
constexpr ErrorCode kInvalid = ErrorCode::InvalidRequestInput;

constexpr std::size_t kShortestPassword = 8;
constexpr std::size_t kLongestPassword = 256;
constexpr int kCharacterKinds = 3;

bool blank(const std::optional<std::string>& value) { return value && value->empty(); }

bool federated(const Facts& f) {
  return (f.user != nullptr && !f.user->immutable_id.empty()) ||
         (f.draft.immutable_id && !f.draft.immutable_id->empty());
}

/// Three of: small letters, capitals, digits, other characters.
bool strong(std::string_view password) {
  const auto has = [&](auto kind) {
    return std::any_of(password.begin(), password.end(), kind) ? 1 : 0;
  };
  const auto small = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  const int kinds = has(small) + has(capital) + has(digit) +
                    has([&](char c) { return !small(c) && !capital(c) && !digit(c); });
  return password.size() >= kShortestPassword && password.size() <= kLongestPassword &&
         kinds >= kCharacterKinds;
}

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
         c == '-' || c == '_' || c == '\'' || c == '!' || c == '#' || c == '^' || c == '~';
}

/// `someone@domain`, in characters a directory takes.
bool is_principal_name(std::string_view text) {
  const auto at = text.find('@');
  return at != std::string_view::npos && at > 0 && at <= 64 &&
         std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at),
                     is_name_character) &&
         is_domain_name(text.substr(at + 1));
}

bool of_tenant(const Facts& f, std::string_view name) {
  return equal_ignoring_case(name.substr(name.find('@') + 1), f.customer.domain);
}

/// Whether an active user other than this one signs in by `name`.
bool name_taken(const Facts& f, std::string_view name) {
  const User* other = find_user(f.world, name);
  return other != nullptr && (f.user == nullptr || other->id != f.user->id);
}

bool last_administrator(const Facts& f) {
  const auto members = members_of_role(f.world, f.customer.id, kCompanyAdministrator);
  return members.size() == 1 && members.front()->id == f.user->id;
}

constexpr std::array<CustomerUserRule, 1> kAdministration{{
    {"tenant_administered", ErrorCode::InsufficientPrivileges, "",
     [](const Facts& f) { return !f.customer.delegated_access && !f.customer.granular_access; }},
}};

// Members that a creation and a change are judged by alike.
constexpr CustomerUserRule kLocationKnown{
    "usage_location_is_market", kInvalid, "/usageLocation", [](const Facts& f) {
      return f.draft.usage_location && f.markets.find(*f.draft.usage_location) == nullptr;
    }};
constexpr CustomerUserRule kNameWellFormed{
    "principal_name_well_formed", kInvalid, "/userPrincipalName", [](const Facts& f) {
      return f.draft.user_principal_name && !is_principal_name(*f.draft.user_principal_name);
    }};
constexpr CustomerUserRule kNameOfTenant{
    "principal_name_in_domain_of_tenant", kInvalid, "/userPrincipalName", [](const Facts& f) {
      return f.draft.user_principal_name && !of_tenant(f, *f.draft.user_principal_name);
    }};
constexpr CustomerUserRule kFirstName{"first_name_not_blank", kInvalid, "/firstName",
                                      [](const Facts& f) { return blank(f.draft.first_name); }};
constexpr CustomerUserRule kLastName{"last_name_not_blank", kInvalid, "/lastName",
                                     [](const Facts& f) { return blank(f.draft.last_name); }};
constexpr CustomerUserRule kDisplayName{"display_name_not_blank", kInvalid, "/displayName",
                                        [](const Facts& f) { return blank(f.draft.display_name); }};
constexpr CustomerUserRule kPasswordStrong{
    "password_strong", kInvalid, "/passwordProfile/password",
    [](const Facts& f) { return f.draft.password && !strong(*f.draft.password); }};
constexpr CustomerUserRule kNameFree{
    "principal_name_free", ErrorCode::Conflict, "/userPrincipalName", [](const Facts& f) {
      return f.draft.user_principal_name && name_taken(f, *f.draft.user_principal_name);
    }};

constexpr std::array kCreation{
    kLocationKnown,
    kNameWellFormed,
    kNameOfTenant,
    kFirstName,
    kLastName,
    kDisplayName,
    CustomerUserRule{"password_given_unless_federated", kInvalid, "/passwordProfile/password",
                     [](const Facts& f) { return !f.draft.password && !federated(f); }},
    kPasswordStrong,
    kNameFree,
};

constexpr std::array kChange{
    CustomerUserRule{
        "only_a_restore_reaches_deleted_users", ErrorCode::UserNotFound, "",
        [](const Facts& f) { return f.user->soft_deleted && !restores(*f.user, f.draft); }},
    CustomerUserRule{"state_becomes_active_only", kInvalid, "/state",
                     [](const Facts& f) {
                       return f.draft.state && !equal_ignoring_case(*f.draft.state, "active");
                     }},
    kLocationKnown,
    kNameWellFormed,
    kNameOfTenant,
    kFirstName,
    kLastName,
    kDisplayName,
    CustomerUserRule{"federated_passwords_live_elsewhere", ErrorCode::OperationNotSupported,
                     "/passwordProfile/password",
                     [](const Facts& f) { return f.draft.password && federated(f); }},
    kPasswordStrong,
    kNameFree,
    CustomerUserRule{"restored_name_free", ErrorCode::Conflict, "/userPrincipalName",
                     [](const Facts& f) {
                       return restores(*f.user, f.draft) && !f.draft.user_principal_name &&
                              name_taken(f, f.user->user_principal_name);
                     }},
};

constexpr std::array kDeletion{
    CustomerUserRule{"deleted_once", ErrorCode::UserNotFound, "",
                     [](const Facts& f) { return f.user->soft_deleted.has_value(); }},
    CustomerUserRule{"last_administrator_stays", ErrorCode::OperationNotSupported, "",
                     last_administrator},
};

}  // namespace

std::span<const CustomerUserRule> administration_rules() { return kAdministration; }
std::span<const CustomerUserRule> user_creation_rules() { return kCreation; }
std::span<const CustomerUserRule> user_change_rules() { return kChange; }
std::span<const CustomerUserRule> user_deletion_rules() { return kDeletion; }

Result<Done> judge_user(std::span<const CustomerUserRule> rules, const CustomerUserFacts& facts,
                        Trace* trace) {
  if (const auto* broken = first_broken(rules, facts, trace)) {
    return Error{broken->error, {}, std::string{broken->pointer}};
  }
  return Done{};
}

}  // namespace pcsim
