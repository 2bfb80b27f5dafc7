#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/arm/arm_call.h"
#include "app/handlers.h"
#include "codec/arm/purchase_codec.h"
#include "domain/commerce/lifecycle.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

/// Conditions of an OData filter on role assignments.
struct AssignmentFilter {
  bool at_scope = false;
  std::string principal{}, assigned_to{};
};

/// The text between `before` and the next quote, when `filter` holds `before`.
std::string quoted_after(const std::string& filter, const std::string& before) {
  const auto at = filter.find(before);
  if (at == std::string::npos) {
    return {};
  }
  const auto start = at + before.size();
  return filter.substr(start, filter.find('\'', start) - start);
}

AssignmentFilter parse_filter(const std::string& text) {
  const std::string filter = lower(text);
  return {filter.find("atscope()") != std::string::npos, quoted_after(filter, "principalid eq '"),
          quoted_after(filter, "assignedto('")};
}

bool matches(const RoleAssignment& row, const AssignmentFilter& filter, const Actor& actor,
             const std::string& scope) {
  if (!scope_covers(row.scope, scope) && (filter.at_scope || !scope_covers(scope, row.scope))) {
    return false;
  }
  if (!filter.principal.empty() && lower(row.principal_id) != filter.principal) {
    return false;
  }
  if (filter.assigned_to.empty() || lower(row.principal_id) == filter.assigned_to) {
    return true;
  }
  return filter.assigned_to == actor.object_id && actor.is(row.principal_id);
}

}  // namespace

Result<Reply> handle_ArmListSubscriptions(const Call& call) {
  const Actor actor = actor_of(call);
  std::vector<AzureSubscription> rows;
  for (const auto& [id, row] : call.world.azure_subscriptions) {
    if (lower(row.customer_id) == actor.tenant_id &&
        sees_scope(call.world, actor, "/subscriptions/" + id)) {
      rows.push_back(row);
      rows.back().active = azure_active(row, call.env.now, call.env.delay);
    }
  }
  return Reply{0, subscriptions_json(rows), {}};
}

Result<Reply> handle_ArmListRoleAssignments(const Call& call) {
  const Actor actor = actor_of(call);
  PCSIM_TRY(subscription,
            subscription_of_caller(call.world, actor, path_id(call, "subscriptionId")));
  const std::string scope = "/subscriptions/" + subscription.id;
  if (!has_role_at(call.world, actor, scope)) {
    return authorization_failed(actor, "Microsoft.Authorization/roleAssignments/read", scope);
  }
  const AssignmentFilter filter = parse_filter(query_value(call, "$filter"));
  std::vector<RoleAssignment> rows;
  for (const auto& entry : call.world.role_assignments) {
    if (matches(entry.second, filter, actor, scope)) {
      rows.push_back(entry.second);
    }
  }
  return Reply{0, role_assignments_json(rows, subscription.id), {}};
}

}  // namespace pcsim
