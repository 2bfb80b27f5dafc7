#include <nlohmann/json.hpp>
#include "codec/partner_center/self_serve_policy.h"

#include "app/audit.h"
#include "app/handlers.h"
#include "app/partner_center/requests.h"
#include "pcsim/text.h"

namespace pcsim {

namespace pc = partner_center;

namespace {

void record(const Call& call, std::string_view operation, const Partner& partner,
            const SelfServePolicy& policy) {
  const auto found = call.world.customers.find(lower(policy.customer_id));
  const auto* customer = found == call.world.customers.end() ? nullptr : &found->second;
  record_audit(call, "self_serve_policy", operation, customer,
               {{"SelfServePolicyId", policy_id(partner.tenant_id, policy.customer_id)}});
}

Result<SelfServePolicy*> policy_of_path(const Call& call, const Partner& partner) {
  PCSIM_TRY(customer_id, customer_of_policy_id(partner, call.path.at("policyId")));
  const auto found = find_policy(call.world, partner, customer_id);
  if (found == call.world.policies.end()) {
    return ErrorCode::SelfServePolicyNotFound;
  }
  return &found->second;
}

Result<Reply> update(const Call& call, const std::string& path_id) {
  PCSIM_TRY(partner, pc::require_partner(call));
  auto draft = pc::read_policy(call.body);
  draft.path_id = path_id;
  if (const auto header = call.request.headers.find("If-Match"); header && draft.etag.empty()) {
    draft.etag = *header;
  }
  PCSIM_TRY(allowed, check_policy_change(call.world, *partner, draft));
  static_cast<void>(allowed);
  auto& policy = find_policy(call.world, *partner, draft.entity_tenant)->second;
  policy.permissions = draft.permissions;
  policy.etag = policy_etag(call.env.ids.guid());
  record(call, "update_self_serve_policy", *partner, policy);
  return Reply{0, pc::policy_json(policy, *partner).dump(), {}};
}

}  // namespace

Result<Reply> handle_CreateSelfServePolicy(const Call& call) {
  PCSIM_TRY(partner, pc::require_partner(call));
  const auto draft = pc::read_policy(call.body);
  PCSIM_TRY(allowed, check_policy(call.world, *partner, draft));
  static_cast<void>(allowed);
  if (find_policy(call.world, *partner, draft.entity_tenant) != call.world.policies.end()) {
    return ErrorCode::SelfServePolicyExists;
  }
  const auto key = policy_id(partner_key_of(*partner), draft.entity_tenant);
  auto& policy = call.world.policies[key];
  policy = SelfServePolicy{draft.entity_tenant, partner_key_of(*partner),
                           policy_etag(call.env.ids.guid()), draft.permissions};
  record(call, "create_self_serve_policy", *partner, policy);
  return Reply{0, pc::policy_json(policy, *partner).dump(), {}};
}

Result<Reply> handle_ListSelfServePolicies(const Call& call) {
  PCSIM_TRY(partner, pc::require_partner(call));
  const auto entity = pc::query_value(call, "entity_id").value_or("");
  if (!is_guid(entity)) {
    return Error{ErrorCode::InvalidRequestInput, {}, "entity_id"};
  }
  auto items = pc::Json::array();
  const auto found = find_policy(call.world, *partner, entity);
  if (found != call.world.policies.end()) {
    items.push_back(pc::policy_json(found->second, *partner));
  }
  return Reply{0, pc::collection(std::move(items)).dump(), {}};
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
  record(call, "delete_self_serve_policy", *partner, *policy);
  call.world.policies.erase(find_policy(call.world, *partner, policy->customer_id));
  return Reply{};
}

}  // namespace pcsim
