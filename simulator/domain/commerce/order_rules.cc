#include "domain/commerce/order_rules.h"

#include <algorithm>
#include <array>

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

constexpr std::array kBefore{
    OrderRule{"resellers sell through their provider", PartnerNotValidForOffer, through_provider,
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
      scene.env.switches};
  describe(facts, scene.env.trace);
  if (const OrderRule* rule = first_broken(kBefore, facts, scene.env.trace)) {
    return rule->error;
  }
  if (const auto error = lines_error(scene, lines)) {
    return *error;
  }
  if (const OrderRule* rule = first_broken(kAfter, facts, scene.env.trace)) {
    return rule->error;
  }
  return Done{};
}

}  // namespace pcsim
