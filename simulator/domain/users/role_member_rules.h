#pragma once

#include <span>
#include <string_view>

#include "domain/users/directory_roles.h"
#include "domain/world.h"
#include "pcsim/result.h"
#include "pcsim/trace.h"

namespace pcsim {

/// What the rules know of a membership; `role` and `user` are null when unknown.
struct RoleMemberFacts {
  const World& world;
  const Customer& customer;
  const DirectoryRole* role;
  const User* user;
};

/// One rule of a membership.
struct RoleMemberRule {
  std::string_view name;
  ErrorCode error;
  bool (*broken)(const RoleMemberFacts&);
};

/// The rules of joining a role and of leaving it. Source: docs/reference/users.md#roles.
std::span<const RoleMemberRule> role_joining_rules();
std::span<const RoleMemberRule> role_leaving_rules();

/// Judges by one of the tables.
Result<Done> judge_member(std::span<const RoleMemberRule> rules, const RoleMemberFacts& facts,
                          Trace* trace);

}  // namespace pcsim
