#include "codec/partner_center/relationship.h"

#include <nlohmann/json.hpp>
#include <string>

#include "codec/partner_center/collection.h"

namespace pcsim::partner_center {
namespace {

Json members(const Partner& other, RelationshipType type) {
  auto out = Json::object();
  out["id"] = other.tenant_id;
  out["name"] = other.company_name;
  out["relationshipType"] = relationship_word(type);
  return out;
}

}  // namespace

Json relationship_json(const Partner& other, RelationshipType type) {
  auto out = members(other, type);
  out["state"] = "Active";
  add_text(out, "mpnId", other.mpn_id);
  out["location"] = other.country;
  add_attributes(out, "PartnerRelationship");
  return out;
}

Json customer_relationship_json(const Partner& other, RelationshipType type) {
  auto out = members(other, type);
  add_text(out, "mpnId", other.mpn_id);
  add_attributes(out, "PartnerRelationship");
  return out;
}

Json invitation_json(const Invitation& invitation) {
  const bool indirect = invitation.provider != nullptr;
  std::string url = "https://admin.microsoft.com/Adminportal/Home?invType=";
  url += indirect ? "IndirectResellerRelationship" : "ResellerRelationship";
  url += "&partnerId=" + invitation.inviting->tenant_id;
  if (indirect) {
    url += "&indirectCSPId=" + invitation.provider->tenant_id;
  }
  const auto& mpn_id = invitation.inviting->mpn_id;
  url += "&msppId=" + (indirect && !mpn_id.empty() ? mpn_id : std::string{"0"});
  url += "&DAP=false#/BillingAccounts/partner-invitation";
  auto out = Json::object();
  out["url"] = url;
  add_attributes(out, "RelationshipRequest");
  return out;
}

Json mpn_profile_json(const Partner& partner) {
  auto out = Json::object();
  out["partnerName"] = partner.company_name;
  out["mpnId"] = partner.mpn_id;
  out["profileType"] = "MpnProfile";
  add_self(out, "/profiles/mpn");
  add_attributes(out, "MpnProfile");
  return out;
}

}  // namespace pcsim::partner_center
