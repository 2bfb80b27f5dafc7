#include <nlohmann/json.hpp>

#include "app/audit.h"
#include "app/handlers.h"
#include "app/partner_center/requests.h"
#include "codec/partner_center/self_serve_policy.h"
#include "pcsim/text.h"

namespace pcsim {

namespace pc = partner_center;

namespace {

void record(const Call& call, std::string_view operation, const Partner& partner,
            const SelfServePolicy& policy) {
  const auto* customer = call.world.customers.find(lower(policy.customer_id));
  record_audit(call, "self_serve_policy", operation, customer,
               {{"SelfServePolicyId", policy_id(partner.tenant_id, policy.customer_id)}});
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
  if (const auto header = call.request.headers.find("If-Match"); header && draft.etag.empty()) {
    draft.etag = *header;
  }
  PCSIM_TRY(allowed, check_policy_change(call.world, *partner, draft));
  static_cast<void>(allowed);
  auto& policy = *call.world.policies.edit(policy_key(*partner, draft.entity_tenant));
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
  if (find_policy(call.world, *partner, draft.entity_tenant) != nullptr) {
    return ErrorCode::SelfServePolicyExists;
  }
  const auto& policy =
      call.world.policies.put(policy_key(*partner, draft.entity_tenant),
                              SelfServePolicy{draft.entity_tenant, partner_key_of(*partner),
                                              policy_etag(call.env.ids.guid()), draft.permissions});
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
  if (const auto* found = find_policy(call.world, *partner, entity)) {
    items.push_back(pc::policy_json(*found, *partner));
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
  call.world.policies.erase(policy_key(*partner, policy->customer_id));
  return Reply{};
}

}  // namespace pcsim
