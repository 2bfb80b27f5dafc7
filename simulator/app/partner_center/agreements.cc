#include <nlohmann/json.hpp>

#include "app/audit.h"
#include "app/handlers.h"
#include "app/partner_center/requests.h"
#include "codec/partner_center/agreement.h"
#include "codec/reference_data.h"
#include "pcsim/text.h"

namespace pcsim {

namespace pc = partner_center;

Result<Reply> handle_ListAgreementMetadata(const Call& call) {
  PCSIM_TRY(type, asked_agreement_type(pc::query_value(call, "agreementtype")));
  auto items = pc::Json::array();
  for (const auto& row : agreement_templates()) {
    if (type.empty() || row.type == type) {
      items.push_back(pc::agreement_template_json(row));
    }
  }
  return Reply{0, pc::collection(items), {}};
}

Result<Reply> handle_CreateAgreement(const Call& call) {
  PCSIM_TRY(partner, pc::require_partner(call));
  PCSIM_TRY(customer, pc::path_customer(call));
  auto draft = pc::read_agreement(call.body);
  if (!draft) {
    return Error{ErrorCode::InvalidRequestInput, {}, "/dateAgreed"};
  }
  draft->customer_id = customer->id;
  draft->user_id = call.principal.object_id;
  PCSIM_TRY(allowed, check_agreement(call.world, *partner, *draft, call.env));
  static_cast<void>(allowed);
  const auto* row = agreement_template(draft->template_id);
  draft->template_id = row->id;
  draft->type = row->type;
  call.world.agreements.push_back(*draft);
  auto json = pc::created_agreement_json(*draft, pc::text_of(call.body, "dateagreed")).dump();
  record_audit(call, "agreement", "create_agreement", customer,
               {{"TemplateId", draft->template_id}, {"AgreementType", draft->type}}, json);
  return Reply{0, std::move(json), {}};
}

Result<Reply> handle_ListAgreements(const Call& call) {
  PCSIM_TRY(customer, pc::path_customer(call));
  PCSIM_TRY(type, asked_agreement_type(pc::query_value(call, "agreementtype")));
  auto items = pc::Json::array();
  for (const auto& agreement : call.world.agreements) {
    if (equal_ignoring_case(agreement.customer_id, customer->id) &&
        (type.empty() || equal_ignoring_case(agreement.type, type))) {
      items.push_back(pc::listed_agreement_json(agreement));
    }
  }
  return Reply{0, pc::collection(items), {}};
}

Result<Reply> handle_GetDirectSignStatus(const Call& call) {
  PCSIM_TRY(customer, pc::path_customer(call));
  pc::Json out;
  out["isSigned"] = customer->direct_signed;
  return Reply{0, out.dump(), {}};
}

Result<Reply> handle_GetAgreementDocument(const Call& call) {
  DocumentRequest request;
  request.template_id = lower(call.path.at("templateId"));
  request.language = pc::query_value(call, "language").value_or(request.language);
  request.country = pc::query_value(call, "country").value_or(request.country);
  PCSIM_TRY(allowed, check_document(
                         {request, agreement_template(request.template_id), call.reference.markets,
                          call.reference.country_rules, call.reference.country_details},
                         call.env.trace));
  static_cast<void>(allowed);
  return Reply{0, pc::agreement_document_json(request, call.env).dump(), {}};
}

}  // namespace pcsim
