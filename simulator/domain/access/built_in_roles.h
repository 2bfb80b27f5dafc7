#pragma once

#include <span>
#include <string_view>

namespace pcsim {

/// A role every tenant has. Lists are separated by spaces.
/// Source: Azure built-in roles; docs/reference/arm.md#roles.
struct BuiltInRole {
  std::string_view id, name, description, actions, not_actions{}, assignable_scopes{"/"};
};

/// All of them.
std::span<const BuiltInRole> built_in_roles();

/// The role of that id, or null.
const BuiltInRole* built_in_role(std::string_view id);

/// Whether the pattern of a role names `action`: `*` stands for any text, case does not matter.
bool action_matches(std::string_view pattern, std::string_view action);

/// Whether lists of patterns allow `action`: one of `actions` names it, none of `not_actions`.
bool actions_allow(std::string_view actions, std::string_view not_actions, std::string_view action);

}  // namespace pcsim
