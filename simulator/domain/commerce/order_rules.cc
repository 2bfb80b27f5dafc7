#include "domain/commerce/order_rules.h"

#include <algorithm>
#include <array>

#include "domain/agreements/partner_agreement.h"
#include "domain/customers/customer_rules.h"
#include "domain/rules.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using enum ErrorCode;

bool through_provider(const OrderFacts& facts) {
  return facts.seller == PartnerKind::IndirectReseller;
}

bool agreement_missing(const OrderFacts& facts) {
  return !facts.agreement_accepted &&
         (facts.buys_plan || facts.switches.is({Switch::AgreementGate, "every-offer"}));
}

bool attestation_missing(const OrderFacts& facts) {
  return facts.seller == PartnerKind::IndirectProvider && !facts.attested &&
         facts.switches.is({Switch::PartnerAttestation, "required"});
}

bool out_of_region(const OrderFacts& facts) {
  return !facts.sells_in_country && facts.switches.is({Switch::CspRegion, "enforced"});
}

bool programme_inactive(const OrderFacts& facts) {
  return facts.scene.partner != nullptr && !facts.scene.partner->programme_active;
}

std::vector<std::string> programme(const OrderFacts& facts) {
  return {facts.seller == PartnerKind::IndirectProvider ? "Indirect provider" : "Direct bill"};
}

/// The region in which the seller sells: its own.
std::string region_of(const OrderFacts& facts) {
  return csp_region_of(facts.scene.markets, facts.scene.partner->country);
}

bool agreement_unsigned(const OrderFacts& facts) {
  return facts.scene.partner != nullptr &&
         !signed_agreement(*facts.scene.partner, region_of(facts), facts.scene.markets);
}

std::vector<std::string> agreement_links(const OrderFacts&) {
  return {"https://partner.microsoft.com/dashboard/account/v3/usermanagement",
          "https://partner.microsoft.com/dashboard/account/v3/agreements"};
}

bool reseller_inactive(const OrderFacts& facts) {
  return facts.reseller != nullptr && !facts.reseller->programme_active;
}

bool reseller_unsigned(const OrderFacts& facts) {
  return facts.reseller != nullptr && facts.scene.partner != nullptr &&
         !signed_agreement(*facts.reseller, region_of(facts), facts.scene.markets);
}

template <AccountStatus Status>
bool account_is(const OrderFacts& facts) {
  return facts.scene.customer.account_status == Status;
}

std::vector<std::string> vetting_link(const OrderFacts&) {
  return {"https://learn.microsoft.com/partner-center/customers/customer-vetting"};
}

constexpr std::array kBefore{
    OrderRule{"resellers sell through their provider", PartnerNotValidForOffer, through_provider,
              "Partner Center: error codes"},
    OrderRule{"seller's programme active", ProgramStatusNotActive, programme_inactive,
              "Partner Center: error codes", programme},
    OrderRule{"partner agreement signed", PartnerAgreementNotAccepted, agreement_unsigned,
              "Partner Center: error codes", agreement_links},
    OrderRule{"reseller's programme active", ResellerProgramNotActive, reseller_inactive,
              "Partner Center: error codes"},
    OrderRule{"partner agreement signed by the reseller", ResellerAgreementNotAccepted,
              reseller_unsigned, "Partner Center: verify an indirect reseller's agreement status"},
    OrderRule{"account not under review", CustomerAccountUnderReview,
              account_is<AccountStatus::UnderReview>, "Partner Center: retrieve validation status",
              vetting_link},
    OrderRule{"account's review known", CustomerAccountStillUnderReview,
              account_is<AccountStatus::Unknown>, "Partner Center: retrieve validation status",
              vetting_link},
    OrderRule{"account approved", CustomerAccountNotApproved, account_is<AccountStatus::NotAllowed>,
              "Partner Center: retrieve validation status", vetting_link},
    OrderRule{"account not locked", CustomerAccountLocked,
              [](const OrderFacts& facts) { return facts.scene.customer.locked; },
              "Partner Center: error codes"},
    OrderRule{"agreement accepted", AgreementNotAccepted, agreement_missing,
              "Partner Center: confirm customer acceptance of the Microsoft Customer Agreement"},
    OrderRule{"partner on record attested", PartnerAttestationMissing, attestation_missing,
              "Partner Center: cart resources"},
};
constexpr std::array kAfter{
    OrderRule{"market of the partner's region", PartnerNotOnboardedInCountry, out_of_region,
              "Partner Center: CSP regions and currencies"},
};

bool of_region(const PurchaseScene& scene) {
  const Market* there = scene.markets.find(scene.customer.market);
  const Market* here =
      scene.partner == nullptr ? nullptr : scene.markets.find(scene.partner->country);
  return here == nullptr || (there != nullptr && there->csp_region == here->csp_region);
}

void describe(const OrderFacts& facts, Trace* trace) {
  if (trace != nullptr) {
    trace->value("agreement accepted", facts.agreement_accepted ? "yes" : "no");
    trace->value("partner on record attested", facts.attested ? "yes" : "no");
    trace->value("market of the partner's region", facts.sells_in_country ? "yes" : "no");
  }
}

Error refusal(const OrderRule& rule, const OrderFacts& facts) {
  Error error{rule.error, {}, {}};
  if (rule.arguments != nullptr) {
    error.arguments = rule.arguments(facts);
  }
  return error;
}

}  // namespace

std::span<const OrderRule> rules_before_lines() { return kBefore; }
std::span<const OrderRule> rules_after_lines() { return kAfter; }

bool agreement_accepted(const World& world, const Customer& customer) {
  return customer.direct_signed ||
         std::any_of(world.agreements.begin(), world.agreements.end(), [&](const Agreement& one) {
           return one.customer_id == customer.id &&
                  equal_ignoring_case(one.type, "MicrosoftCustomerAgreement");
         });
}

Result<Done> check_order(const PurchaseScene& scene, const std::vector<PurchaseLine>& lines,
                         std::optional<bool> attested) {
  const OrderFacts facts{
      scene.partner == nullptr ? PartnerKind::Direct : scene.partner->kind,
      agreement_accepted(scene.world, scene.customer),
      std::any_of(lines.begin(), lines.end(),
                  [](const PurchaseLine& line) { return is_azure_plan(line.catalog_item_id); }),
      attested.value_or(false),
      of_region(scene),
      scene.env.switches,
      scene,
      reseller_of(scene.world, scene.customer)};
  describe(facts, scene.env.trace);
  if (const OrderRule* rule = first_broken(kBefore, facts, scene.env.trace)) {
    return refusal(*rule, facts);
  }
  if (const auto error = lines_error(scene, lines)) {
    return *error;
  }
  if (const OrderRule* rule = first_broken(kAfter, facts, scene.env.trace)) {
    return refusal(*rule, facts);
  }
  return Done{};
}

}  // namespace pcsim
