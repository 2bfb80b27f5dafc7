#include "domain/agreements/agreement_rules.h"

#include <algorithm>
#include <array>

#include "domain/rules.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

constexpr std::array<AgreementTemplate, 2> kTemplates{{
    {"998b88de-aa99-4388-a42c-1b3517d49490", "MicrosoftCloudAgreement",
     "https://aka.ms/cloudagreement", 0},
    {"117a77b0-9360-443b-8795-c6dedc750cf9", "MicrosoftCustomerAgreement",
     "https://aka.ms/customeragreement", 0},
}};

bool same_contact(const Agreement& left, const Agreement& right) {
  return equal_ignoring_case(left.customer_id, right.customer_id) &&
         equal_ignoring_case(left.template_id, right.template_id) &&
         equal_ignoring_case(left.first_name, right.first_name) &&
         equal_ignoring_case(left.last_name, right.last_name) &&
         equal_ignoring_case(left.email, right.email) && left.phone_number == right.phone_number;
}

bool confirmed_before(const AgreementFacts& f) {
  return std::any_of(f.world.agreements.begin(), f.world.agreements.end(),
                     [&](const Agreement& other) { return same_contact(other, f.draft); });
}

bool type_of_template(const Agreement& draft) {
  const auto* row = agreement_template(draft.template_id);
  return row != nullptr && equal_ignoring_case(row->type, draft.type);
}

constexpr ErrorCode kInvalid = ErrorCode::InvalidRequestInput;

constexpr std::array<AgreementRule, 8> kRules{{
    {"reseller_confirms_nothing", ErrorCode::PartnerAccessDenied, "",
     [](const AgreementFacts& f) { return f.partner.kind == PartnerKind::IndirectReseller; }},
    {"contact_first_name_given", kInvalid, "/primaryContact/firstName",
     [](const AgreementFacts& f) { return f.draft.first_name.empty(); }},
    {"contact_last_name_given", kInvalid, "/primaryContact/lastName",
     [](const AgreementFacts& f) { return f.draft.last_name.empty(); }},
    {"contact_email_given", kInvalid, "/primaryContact/email",
     [](const AgreementFacts& f) { return f.draft.email.empty(); }},
    {"template_in_force", kInvalid, "/templateId",
     [](const AgreementFacts& f) { return agreement_template(f.draft.template_id) == nullptr; }},
    {"type_of_template", kInvalid, "/type",
     [](const AgreementFacts& f) { return !type_of_template(f.draft); }},
    {"date_not_in_future", kInvalid, "/dateAgreed",
     [](const AgreementFacts& f) { return f.draft.date_agreed > f.now; }},
    {"contact_confirmed_once", ErrorCode::PartnerConfirmedAgreementAlreadyExists, "",
     confirmed_before},
}};

}  // namespace

std::span<const AgreementTemplate> agreement_templates() { return kTemplates; }

const AgreementTemplate* agreement_template(std::string_view id) {
  const auto* found =
      std::find_if(kTemplates.begin(), kTemplates.end(),
                   [&](const AgreementTemplate& row) { return equal_ignoring_case(row.id, id); });
  return found == kTemplates.end() ? nullptr : found;
}

Result<std::string> asked_agreement_type(const std::optional<std::string>& query) {
  if (!query || query->empty()) {
    return std::string{kTemplates[0].type};
  }
  if (*query == "*") {
    return std::string{};
  }
  for (const auto& row : kTemplates) {
    if (equal_ignoring_case(row.type, *query)) {
      return std::string{row.type};
    }
  }
  return Error{ErrorCode::InvalidRequestInput, {}, "agreementType"};
}

std::span<const AgreementRule> agreement_rules() { return kRules; }

Result<Done> check_agreement(const World& world, const Partner& partner, const Agreement& draft,
                             const Env& env) {
  if (env.trace != nullptr) {
    env.trace->value("agreementType", draft.type);
  }
  const AgreementFacts facts{world, partner, draft, env.now};
  if (const auto* broken = first_broken(agreement_rules(), facts, env.trace)) {
    return Error{broken->error, {}, std::string{broken->pointer}};
  }
  return Done{};
}

}  // namespace pcsim
