#include "codec/partner_center/self_serve_policy.h"

#include <nlohmann/json.hpp>

#include "codec/partner_center/collection.h"
#include "pcsim/text.h"

namespace pcsim::partner_center {
namespace {

/// Answers show the contract's spelling, whichever the request chose.
std::string contract_word(std::string text) {
  for (const char* word : {"AzureReservedInstances", "AzureSavingsPlan", "Purchase"}) {
    if (equal_ignoring_case(text, word)) {
      return word;
    }
  }
  return text;
}

}  // namespace

Json policy_json(const SelfServePolicy& policy, const Partner& partner) {
  auto out = Json::object();
  out["id"] = policy_id(partner.tenant_id, policy.customer_id);
  out["selfServeEntity"]["selfServeEntityType"] = "customer";
  out["selfServeEntity"]["tenantID"] = policy.customer_id;
  out["grantor"]["grantorType"] = "billToPartner";
  out["grantor"]["tenantID"] = partner.tenant_id;
  out["permissions"] = Json::array();
  for (const auto& permission : policy.permissions) {
    auto item = Json::object();
    item["resource"] = permission.resource;
    item["action"] = permission.action;
    out["permissions"].push_back(std::move(item));
  }
  add_attributes(out, "SelfServePolicy", policy.etag);
  return out;
}

PolicyDraft read_policy(const nlohmann::json& body) {
  PolicyDraft out;
  out.id = text_of(body, "id");
  const auto& entity = member(body, "selfserveentity");
  out.entity_type = text_of(entity, "selfserveentitytype");
  out.entity_tenant = lower(text_of(entity, "tenantid"));
  const auto& grantor = member(body, "grantor");
  out.grantor_type = text_of(grantor, "grantortype");
  out.grantor_tenant = lower(text_of(grantor, "tenantid"));
  out.etag = text_of(member(body, "attributes"), "etag");
  const auto& permissions = member(body, "permissions");
  if (permissions.is_array()) {
    for (const auto& item : permissions) {
      out.permissions.push_back(
          {contract_word(text_of(item, "resource")), contract_word(text_of(item, "action"))});
    }
  }
  return out;
}

}  // namespace pcsim::partner_center
