#include "domain/agreements/partner_agreement.h"

#include <algorithm>
#include <array>

#include "domain/customers/relationships.h"
#include "domain/rules.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using Facts = AgreementStatusFacts;

constexpr std::string_view kNoAccount = "00000000-0000-0000-0000-000000000000";

bool given(const std::optional<std::string>& value) { return value && !value->empty(); }
bool by_mpn(const Facts& f) { return given(f.question.mpn_id); }
bool by_tenant(const Facts& f) { return given(f.question.tenant_id); }

std::vector<std::string> mpn(const Facts& f) { return {*f.question.mpn_id}; }
std::vector<std::string> tenant(const Facts& f) { return {*f.question.tenant_id}; }

/// A provider asks about its own region; a reseller of another one cannot serve it.
bool region_differs(const Facts& f) {
  return by_mpn(f) && f.caller.kind == PartnerKind::IndirectProvider &&
         f.asked_region != f.caller_region && !f.signed_here;
}

bool elsewhere_only(const Facts& f) { return !f.signed_here && f.signed_elsewhere; }

constexpr std::array<AgreementStatusRule, 11> kRules{{
    {"one_account_asked_for", ErrorCode::MpnIdAndTenantIdBothPassed,
     [](const Facts& f) { return by_mpn(f) && by_tenant(f); }},
    {"some_account_asked_for", ErrorCode::MpnIdAndTenantIdBothEmpty,
     [](const Facts& f) { return !by_mpn(f) && !by_tenant(f); }},
    {"mpn_id_numeric", ErrorCode::MpnIdNotNumeric,
     [](const Facts& f) { return by_mpn(f) && !is_numeric(*f.question.mpn_id); }},
    {"tenant_id_guid", ErrorCode::TenantIdNotGuid,
     [](const Facts& f) { return by_tenant(f) && !is_guid(*f.question.tenant_id); }},
    {"account_id_set", ErrorCode::AccountIdRequired,
     [](const Facts& f) { return by_tenant(f) && *f.question.tenant_id == kNoAccount; }},
    {"mpn_id_known", ErrorCode::RequestedMpnIdInvalid,
     [](const Facts& f) { return by_mpn(f) && f.asked == nullptr; }, mpn},
    {"mpn_id_of_reseller", ErrorCode::MpnIdNotIndirectReseller,
     [](const Facts& f) { return by_mpn(f) && f.asked->kind != PartnerKind::IndirectReseller; },
     mpn},
    {"region_of_provider", ErrorCode::PartnerRegionMismatch, region_differs,
     [](const Facts& f) {
       return std::vector<std::string>{*f.question.mpn_id, f.asked_region, f.caller_region,
                                       f.caller.tenant_id};
     }},
    {"signed_for_region", ErrorCode::MpnIdAgreementNotSigned,
     [](const Facts& f) { return by_mpn(f) && elsewhere_only(f); }, mpn},
    {"account_known", ErrorCode::AccountNotFound,
     [](const Facts& f) { return by_tenant(f) && f.asked == nullptr; }, tenant},
    {"account_signed_for_region", ErrorCode::PartnerAccountAgreementNotSigned,
     [](const Facts& f) { return by_tenant(f) && elsewhere_only(f); }, tenant},
}};

const Partner* asked_partner(const World& world, const AgreementQuestion& question) {
  return given(question.mpn_id)      ? partner_of_mpn(world, *question.mpn_id)
         : given(question.tenant_id) ? world.partners.find(lower(*question.tenant_id))
                                     : nullptr;
}

}  // namespace

std::string csp_region_of(const MarketTable& markets, std::string_view country) {
  const auto* market = markets.find(country);
  return market == nullptr ? std::string{} : market->csp_region;
}

bool signed_agreement(const Partner& partner, std::string_view region, const MarketTable& markets) {
  if (!partner.agreement_signed) {
    return false;
  }
  const auto& regions = partner.agreement_regions;
  return regions.empty() ? csp_region_of(markets, partner.country) == region
                         : std::find(regions.begin(), regions.end(), region) != regions.end();
}

std::span<const AgreementStatusRule> agreement_status_rules() { return kRules; }

Result<bool> agreement_status(const World& world, const MarketTable& markets, const Partner& caller,
                              const AgreementQuestion& question, const Env& env) {
  const auto* asked = asked_partner(world, question);
  const auto here = csp_region_of(markets, caller.country);
  const Facts facts{question,
                    caller,
                    asked,
                    asked == nullptr ? std::string{} : csp_region_of(markets, asked->country),
                    here,
                    asked != nullptr && signed_agreement(*asked, here, markets),
                    asked != nullptr && asked->agreement_signed};
  const auto* broken = first_broken(agreement_status_rules(), facts, env.trace);
  if (broken == nullptr) {
    return facts.signed_here;
  }
  Error error{broken->error, {}, {}};
  if (broken->arguments != nullptr) {
    error.arguments = broken->arguments(facts);
  }
  return error;
}

}  // namespace pcsim
