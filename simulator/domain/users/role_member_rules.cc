#include "domain/users/role_member_rules.h"

#include <array>

#include "domain/rules.h"

namespace pcsim {
namespace {

using Facts = RoleMemberFacts;

constexpr RoleMemberRule kRoleKnown{"role_known", ErrorCode::ResourceNotFound,
                                    [](const Facts& f) { return f.role == nullptr; }};
constexpr RoleMemberRule kUserActive{
    "member_is_active_user", ErrorCode::UserNotFound,
    [](const Facts& f) { return f.user == nullptr || f.user->soft_deleted.has_value(); }};

constexpr std::array kJoining{
    kRoleKnown,
    kUserActive,
    RoleMemberRule{"joins_once", ErrorCode::Conflict,
                   [](const Facts& f) { return has_directory_role(*f.user, f.role->id); }},
};

constexpr std::array kLeaving{
    kRoleKnown,
    kUserActive,
    RoleMemberRule{"leaves_what_it_joined", ErrorCode::UserNotFound,
                   [](const Facts& f) { return !has_directory_role(*f.user, f.role->id); }},
    RoleMemberRule{"last_administrator_keeps_role", ErrorCode::OperationNotSupported,
                   [](const Facts& f) {
                     return f.role->id == kCompanyAdministrator &&
                            members_of_role(f.world, f.customer.id, f.role->id).size() == 1;
                   }},
};

}  // namespace

std::span<const RoleMemberRule> role_joining_rules() { return kJoining; }
std::span<const RoleMemberRule> role_leaving_rules() { return kLeaving; }

Result<Done> judge_member(std::span<const RoleMemberRule> rules, const RoleMemberFacts& facts,
                          Trace* trace) {
  if (const auto* broken = first_broken(rules, facts, trace)) {
    return broken->error;
  }
  return Done{};
}

}  // namespace pcsim
