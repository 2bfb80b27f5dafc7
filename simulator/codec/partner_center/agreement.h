#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "domain/agreements/agreement_document.h"
#include "domain/agreements/agreement_rules.h"
#include "domain/world.h"

namespace pcsim::partner_center {

/// An AgreementMetaData.
nlohmann::ordered_json agreement_template_json(const AgreementTemplate& row);

/// An item of a customer's list: no userId, a date without zone, with agreementLink.
nlohmann::ordered_json listed_agreement_json(const Agreement& agreement);

/// The answer to a confirmation; `date_text` is the date as the request wrote it.
nlohmann::ordered_json created_agreement_json(const Agreement& agreement,
                                              const std::string& date_text);

/// Reads a request; nothing when dateAgreed is absent or no date.
std::optional<Agreement> read_agreement(const nlohmann::json& body);

/// An AgreementDocument; its download is good for a while only.
nlohmann::ordered_json agreement_document_json(const DocumentRequest& request, const Env& env);

}  // namespace pcsim::partner_center
