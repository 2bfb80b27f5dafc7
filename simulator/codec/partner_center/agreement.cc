#include "codec/partner_center/agreement.h"

#include <nlohmann/json.hpp>

#include "codec/partner_center/collection.h"
#include "codec/time.h"

namespace pcsim::partner_center {
namespace {

Json contact_json(const Agreement& agreement) {
  auto out = Json::object();
  out["firstName"] = agreement.first_name;
  add_text(out, "middleName", agreement.middle_name);
  out["lastName"] = agreement.last_name;
  out["email"] = agreement.email;
  add_text(out, "phoneNumber", agreement.phone_number);
  return out;
}

}  // namespace

Json agreement_template_json(const AgreementTemplate& row) {
  auto out = Json::object();
  out["templateId"] = row.id;
  out["agreementType"] = row.type;
  out["agreementLink"] = row.link;
  out["versionRank"] = row.version_rank;
  return out;
}

Json listed_agreement_json(const Agreement& agreement) {
  auto out = Json::object();
  out["primaryContact"] = contact_json(agreement);
  out["templateId"] = agreement.template_id;
  auto date = to_iso(agreement.date_agreed);
  if (!date.empty() && date.back() == 'Z') {
    date.pop_back();
  }
  out["dateAgreed"] = date;
  out["type"] = agreement.type;
  if (const auto* row = agreement_template(agreement.template_id)) {
    out["agreementLink"] = row->link;
  }
  return out;
}

Json created_agreement_json(const Agreement& agreement, const std::string& date_text) {
  auto out = Json::object();
  add_text(out, "userId", agreement.user_id);
  out["primaryContact"] = contact_json(agreement);
  out["templateId"] = agreement.template_id;
  out["dateAgreed"] = date_text;
  out["type"] = agreement.type;
  return out;
}

std::optional<Agreement> read_agreement(const nlohmann::json& body) {
  const auto date = parse_instant(text_of(body, "dateagreed"));
  if (!date) {
    return std::nullopt;
  }
  const auto& contact = member(body, "primarycontact");
  Agreement out;
  out.first_name = text_of(contact, "firstname");
  out.middle_name = text_of(contact, "middlename");
  out.last_name = text_of(contact, "lastname");
  out.email = text_of(contact, "email");
  out.phone_number = text_of(contact, "phonenumber");
  out.template_id = text_of(body, "templateid");
  out.type = text_of(body, "type");
  out.date_agreed = *date;
  return out;
}

Json agreement_document_json(const DocumentRequest& request, const Env& env) {
  const std::string document = request.template_id + "/" + request.country + "/" + request.language;
  auto out = Json::object();
  out["displayUri"] = "https://www.microsoft.com/licensing/agreements/" + document + ".html";
  out["downloadUri"] = "https://www.microsoft.com/licensing/agreements/" + document +
                       ".pdf?se=" + encode_query(to_iso(env.now + kDownloadLife)) +
                       "&sig=" + env.ids.hex(32);
  out["language"] = request.language;
  out["country"] = request.country;
  return out;
}

}  // namespace pcsim::partner_center
