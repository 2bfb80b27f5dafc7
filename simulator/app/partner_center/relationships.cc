#include <nlohmann/json.hpp>

#include "app/handlers.h"
#include "app/partner_center/requests.h"
#include "codec/partner_center/filter.h"
#include "codec/partner_center/relationship.h"
#include "codec/reference_data.h"
#include "domain/agreements/partner_agreement.h"

namespace pcsim {

namespace pc = partner_center;

namespace {

bool allowed_condition(const pc::Filter& leaf) {
  return leaf.field == "name" &&
         (leaf.op == "equals" || leaf.op == "notequals" || leaf.op == "substring" ||
          leaf.op == "startswith" || leaf.op == "notstartswith");
}

Result<std::optional<pc::Filter>> asked_filter(const Call& call) {
  const auto text = pc::query_value(call, "filter").value_or("");
  if (text.empty()) {
    return std::optional<pc::Filter>{};
  }
  PCSIM_TRY(filter, pc::parse_filter(text));
  if (!pc::every_leaf(filter, allowed_condition)) {
    return Error{ErrorCode::InvalidRequestInput, {}, "filter"};
  }
  return std::optional{filter};
}

}  // namespace

Result<Reply> handle_GetRelationshipRequest(const Call& call) {
  PCSIM_TRY(partner, pc::require_partner(call));
  PCSIM_TRY(invitation,
            asked_invitation(call.world, *partner,
                             pc::query_value(call, "indirectcloudsolutionproviderid").value_or(""),
                             pc::query_value(call, "indirectresellerid").value_or("")));
  return Reply{0, pc::invitation_json(invitation).dump(), {}};
}

Result<Reply> handle_ListCustomerRelationships(const Call& call) {
  PCSIM_TRY(partner, pc::require_partner(call));
  PCSIM_TRY(customer, pc::path_customer(call));
  auto items = pc::Json::array();
  if (const auto beside = partner_beside(call.world, *partner, *customer)) {
    items.push_back(pc::customer_relationship_json(*beside->other, beside->type));
  }
  return Reply{0, pc::collection(items), {}};
}

Result<Reply> handle_ListRelationships(const Call& call) {
  PCSIM_TRY(partner, pc::require_partner(call));
  const auto type = relationship_type(pc::query_value(call, "relationship_type").value_or(""));
  if (!type) {
    return Error{ErrorCode::InvalidRequestInput, {}, "relationship_type"};
  }
  PCSIM_TRY(filter, asked_filter(call));
  auto items = pc::Json::array();
  for (const Partner* other : related_partners(call.world, *partner, *type)) {
    const auto named = [&](const pc::Filter& leaf) {
      return pc::text_matches(other->company_name, leaf);
    };
    if (!filter || pc::matches(*filter, named)) {
      items.push_back(pc::relationship_json(*other, *type));
    }
  }
  return Reply{0, pc::collection(items), {}};
}

Result<Reply> handle_GetMpnProfile(const Call& call) {
  PCSIM_TRY(partner, pc::require_partner(call));
  PCSIM_TRY(asked, asked_mpn_partner(call.world, *partner, pc::query_value(call, "mpnid")));
  return Reply{0, pc::mpn_profile_json(*asked).dump(), {}};
}

Result<Reply> handle_GetPartnerAgreementStatus(const Call& call) {
  PCSIM_TRY(partner, pc::require_partner(call));
  const AgreementQuestion question{pc::query_value(call, "mpnid"),
                                   pc::query_value(call, "tenantid")};
  PCSIM_TRY(signed_here,
            agreement_status(call.world, call.reference.markets, *partner, question, call.env));
  auto out = pc::Json::object();
  out["isAgreementSigned"] = signed_here;
  return Reply{0, out.dump(), {}};
}

}  // namespace pcsim
