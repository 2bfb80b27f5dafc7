#include "domain/agreements/agreement_rules.h"

#include <algorithm>
#include <array>

#include "pcsim/text.h"

namespace pcsim {
namespace {

constexpr std::array<AgreementTemplate, 2> kTemplates{{
    {"998b88de-aa99-4388-a42c-1b3517d49490", "MicrosoftCloudAgreement",
     "https://aka.ms/cloudagreement", 0},
    {"117a77b0-9360-443b-8795-c6dedc750cf9", "MicrosoftCustomerAgreement",
     "https://aka.ms/customeragreement", 0},
}};

/// A refusal: the rule it is about and where in the request it lies.
struct Rule {
  bool (*broken)(const Agreement&, Instant);
  std::string_view pointer;
};

constexpr std::array<Rule, 6> kRules{{
    {[](const Agreement& a, Instant) { return a.first_name.empty(); }, "/primaryContact/firstName"},
    {[](const Agreement& a, Instant) { return a.last_name.empty(); }, "/primaryContact/lastName"},
    {[](const Agreement& a, Instant) { return a.email.empty(); }, "/primaryContact/email"},
    {[](const Agreement& a, Instant) { return agreement_template(a.template_id) == nullptr; },
     "/templateId"},
    {[](const Agreement& a, Instant) {
       const auto* row = agreement_template(a.template_id);
       return row == nullptr || !equal_ignoring_case(row->type, a.type);
     },
     "/type"},
    {[](const Agreement& a, Instant now) { return a.date_agreed > now; }, "/dateAgreed"},
}};

bool same_contact(const Agreement& left, const Agreement& right) {
  return equal_ignoring_case(left.customer_id, right.customer_id) &&
         equal_ignoring_case(left.template_id, right.template_id) &&
         equal_ignoring_case(left.first_name, right.first_name) &&
         equal_ignoring_case(left.last_name, right.last_name) &&
         equal_ignoring_case(left.email, right.email) && left.phone_number == right.phone_number;
}

}  // namespace

std::span<const AgreementTemplate> agreement_templates() { return kTemplates; }

const AgreementTemplate* agreement_template(std::string_view id) {
  const auto* found =
      std::find_if(kTemplates.begin(), kTemplates.end(), [&](const AgreementTemplate& row) {
        return equal_ignoring_case(row.id, id);
      });
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

Result<Done> check_agreement(const World& world, const Partner& partner, const Agreement& draft,
                             Instant now) {
  if (partner.kind == PartnerKind::IndirectReseller) {
    return ErrorCode::PartnerAccessDenied;
  }
  for (const auto& rule : kRules) {
    if (rule.broken(draft, now)) {
      return Error{ErrorCode::InvalidRequestInput, {}, std::string{rule.pointer}};
    }
  }
  if (std::any_of(world.agreements.begin(), world.agreements.end(),
                  [&](const Agreement& other) { return same_contact(other, draft); })) {
    return ErrorCode::AgreementAlreadyExists;
  }
  return Done{};
}

}  // namespace pcsim
