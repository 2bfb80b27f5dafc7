#include <nlohmann/json.hpp>

#include "app/audit.h"
#include "app/handlers.h"
#include "app/partner_center/requests.h"
#include "codec/partner_center/self_serve_policy.h"
#include "pcsim/text.h"

namespace pcsim {

namespace pc = partner_center;

namespace {

/// The activity log entry of a change; `before` and `after` are the policy as JSON, or empty.
void record(const Call& call, std::string_view operation, const Partner& partner,
            const std::string& customer_id, const std::string& after, const std::string& before) {
  const auto* customer = call.world.customers.find(lower(customer_id));
  record_audit(call, "self_serve_policy", operation, customer,
               {{"SelfServePolicyId", policy_id(partner.tenant_id, customer_id)}}, after, before);
}

Result<const SelfServePolicy*> policy_of_path(const Call& call, const Partner& partner) {
  PCSIM_TRY(customer_id, customer_of_policy_id(partner, call.path.at("policyId")));
  const SelfServePolicy* found = find_policy(call.world, partner, customer_id);
  if (found == nullptr) {
    return ErrorCode::SelfServePolicyNotFound;
  }
  return found;
}

Result<Reply> update(const Call& call, const std::string& path_id) {
  PCSIM_TRY(partner, pc::require_partner(call));
  auto draft = pc::read_policy(call.body);
  draft.path_id = path_id;
  draft.etag = pc::sent_etag(call);
  PCSIM_TRY(allowed, check_policy_change(call.world, *partner, draft, call.env));
  static_cast<void>(allowed);
  auto& policy = *call.world.policies.edit(policy_key(*partner, draft.entity_tenant));
  const auto before = pc::policy_json(policy, *partner).dump();
  policy.permissions = draft.permissions;
  policy.etag = policy_etag(call.env.ids.guid());
  auto after = pc::policy_json(policy, *partner).dump();
  record(call, "update_self_serve_policy", *partner, policy.customer_id, after, before);
  return Reply{0, std::move(after), {}};
}

}  // namespace

Result<Reply> handle_CreateSelfServePolicy(const Call& call) {
  PCSIM_TRY(partner, pc::require_partner(call));
  const auto draft = pc::read_policy(call.body);
  PCSIM_TRY(allowed, check_policy(call.world, *partner, draft, call.env));
  static_cast<void>(allowed);
  const auto& policy =
      call.world.policies.put(policy_key(*partner, draft.entity_tenant),
                              SelfServePolicy{draft.entity_tenant, partner_key_of(*partner),
                                              policy_etag(call.env.ids.guid()), draft.permissions});
  auto json = pc::policy_json(policy, *partner).dump();
  record(call, "create_self_serve_policy", *partner, policy.customer_id, json, {});
  return Reply{0, std::move(json), {}};
}

Result<Reply> handle_ListSelfServePolicies(const Call& call) {
  PCSIM_TRY(partner, pc::require_partner(call));
  const auto entity = pc::query_value(call, "entity_id").value_or("");
  if (!is_guid(entity)) {
    return Error{ErrorCode::InvalidRequestInput, {}, "entity_id"};
  }
  auto items = pc::Json::array();
  if (const auto* found = find_policy(call.world, *partner, entity)) {
    items.push_back(pc::policy_json(*found, *partner));
  }
  return Reply{0, pc::collection(items), {}};
}

Result<Reply> handle_GetSelfServePolicy(const Call& call) {
  PCSIM_TRY(partner, pc::require_partner(call));
  PCSIM_TRY(policy, policy_of_path(call, *partner));
  return Reply{0, pc::policy_json(*policy, *partner).dump(), {}};
}

Result<Reply> handle_UpdateSelfServePolicy(const Call& call) { return update(call, {}); }

Result<Reply> handle_UpdateSelfServePolicyById(const Call& call) {
  return update(call, call.path.at("policyId"));
}

Result<Reply> handle_DeleteSelfServePolicy(const Call& call) {
  PCSIM_TRY(partner, pc::require_partner(call));
  PCSIM_TRY(policy, policy_of_path(call, *partner));
  record(call, "delete_self_serve_policy", *partner, policy->customer_id, {},
         pc::policy_json(*policy, *partner).dump());
  call.world.policies.erase(policy_key(*partner, policy->customer_id));
  return Reply{};
}

}  // namespace pcsim
