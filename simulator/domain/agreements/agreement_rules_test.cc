#include "domain/agreements/agreement_rules.h"

#include <gtest/gtest.h>

namespace pcsim {
namespace {

Agreement confirmed() {
  Agreement out;
  out.first_name = "Ana";
  out.last_name = "Petit";
  out.email = "ana@moulin.example";
  out.template_id = "117a77b0-9360-443b-8795-c6dedc750cf9";
  out.type = "MicrosoftCustomerAgreement";
  out.date_agreed = kDay;
  return out;
}

TEST(AgreementRules, ChecksDateTypeAndTemplate) {
  EXPECT_TRUE(check_agreement(World{}, Partner{}, confirmed(), kDay));
  EXPECT_EQ(check_agreement(World{}, Partner{}, confirmed(), 0).error().pointer, "/dateAgreed");
  auto other = confirmed();
  other.type = "MicrosoftCloudAgreement";
  EXPECT_EQ(check_agreement(World{}, Partner{}, other, kDay).error().pointer, "/type");
  other.template_id = "x";
  EXPECT_EQ(check_agreement(World{}, Partner{}, other, kDay).error().pointer, "/templateId");
}

TEST(AgreementRules, RefusesTheSameContactTwiceOnly) {
  World world;
  world.agreements.push_back(confirmed());
  auto again = confirmed();
  EXPECT_EQ(check_agreement(world, Partner{}, again, kDay).error().code,
            ErrorCode::AgreementAlreadyExists);
  again.email = "eva@moulin.example";
  EXPECT_TRUE(check_agreement(world, Partner{}, again, kDay));
}

TEST(AgreementRules, RefusesIndirectResellers) {
  Partner partner;
  partner.kind = PartnerKind::IndirectReseller;
  EXPECT_FALSE(check_agreement(World{}, partner, confirmed(), kDay));
}

}  // namespace
}  // namespace pcsim
