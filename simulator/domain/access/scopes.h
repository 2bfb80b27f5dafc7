#pragma once

#include <string>
#include <string_view>

#include "domain/world.h"

/// Where roles are assigned: paths of resources. Source: docs/reference/arm.md#scopes.
namespace pcsim {

/// Whether `outer` is `inner` or one of its ancestors by their paths, without regard to case.
bool scope_covers(std::string_view outer, std::string_view inner);

/// Whether what holds at `outer` holds at `inner`: its path does, or it is a management group
/// above the subscription or group of `inner`.
bool scope_inherits(const World& world, std::string_view outer, std::string_view inner);

/// The id after `/subscriptions/` at the start of a scope in lower case, or an empty text.
std::string subscription_in_scope(std::string_view scope);

/// The id of the management group that `scope` is in lower case, or an empty text.
std::string management_group_in_scope(std::string_view scope);

/// The id of the reservation order that `scope` is or lies under in lower case, or an empty text.
std::string order_in_scope(std::string_view scope);

/// The tenant whose directory knows the principals of `scope`; empty when the scope is no
/// tenant's own (`/`, `/providers/Microsoft.Capacity`) or unknown.
std::string tenant_of_scope(const World& world, std::string_view scope);

}  // namespace pcsim
