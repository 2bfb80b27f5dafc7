#include "domain/agreements/partner_agreement.h"

#include <gtest/gtest.h>

namespace pcsim {
namespace {

const std::string kReseller = "22222222-2222-4222-8222-222222222222";

struct PartnerAgreement : testing::Test {
  World world{};
  MarketTable markets{{{"FR", "France", "France", "Europe", "EUR", "", {}},
                       {"US", "United States", "États-Unis", "United States", "USD", "", {}}}};
  Partner provider{"11111111-1111-4111-8111-111111111111",
                   "provider.example",
                   "P",
                   PartnerKind::IndirectProvider,
                   "US",
                   "1"};
  Partner reseller{kReseller, "reseller.example", "R", PartnerKind::IndirectReseller, "US", "2"};
  IdSource ids{1};

  Result<bool> ask(AgreementQuestion question) {
    world.partners.put(provider.tenant_id, provider);
    world.partners.put(kReseller, reseller);
    return agreement_status(world, markets, provider, question, {0, ids, 0});
  }
  ErrorCode refusal(AgreementQuestion question) {
    const auto result = ask(std::move(question));
    return result ? ErrorCode::NotFound : result.error().code;
  }
};

TEST_F(PartnerAgreement, OneWellFormedAccountIsAskedFor) {
  EXPECT_EQ(refusal({"2", kReseller}), ErrorCode::MpnIdAndTenantIdBothPassed);
  EXPECT_EQ(refusal({}), ErrorCode::MpnIdAndTenantIdBothEmpty);
  EXPECT_EQ(refusal({"", std::nullopt}), ErrorCode::MpnIdAndTenantIdBothEmpty);
  EXPECT_EQ(refusal({"two", std::nullopt}), ErrorCode::MpnIdNotNumeric);
  EXPECT_EQ(refusal({std::nullopt, "reseller"}), ErrorCode::TenantIdNotGuid);
  EXPECT_EQ(refusal({std::nullopt, "00000000-0000-0000-0000-000000000000"}),
            ErrorCode::AccountIdRequired);
}

TEST_F(PartnerAgreement, TheAccountIsKnownAndOfAReseller) {
  EXPECT_EQ(refusal({"9", std::nullopt}), ErrorCode::RequestedMpnIdInvalid);
  EXPECT_EQ(refusal({"1", std::nullopt}), ErrorCode::MpnIdNotIndirectReseller);
  EXPECT_EQ(refusal({std::nullopt, "99999999-9999-4999-8999-999999999999"}),
            ErrorCode::AccountNotFound);
  EXPECT_TRUE(ask({std::nullopt, provider.tenant_id}).value());
}

TEST_F(PartnerAgreement, SignedOrNot) {
  EXPECT_TRUE(ask({"2", std::nullopt}).value());
  EXPECT_TRUE(ask({std::nullopt, kReseller}).value());
  reseller.agreement_signed = false;
  EXPECT_FALSE(ask({"2", std::nullopt}).value());
}

TEST_F(PartnerAgreement, RegionsCount) {
  reseller.agreement_regions = {"Europe"};
  EXPECT_EQ(refusal({"2", std::nullopt}), ErrorCode::MpnIdAgreementNotSigned);
  EXPECT_EQ(refusal({std::nullopt, kReseller}), ErrorCode::PartnerAccountAgreementNotSigned);
  reseller.country = "FR";
  const auto mismatch = ask({"2", std::nullopt});
  EXPECT_EQ(mismatch.error().code, ErrorCode::PartnerRegionMismatch);
  EXPECT_EQ(mismatch.error().arguments.at(1), "Europe");
  reseller.agreement_regions = {"Europe", "United States"};
  EXPECT_TRUE(ask({"2", std::nullopt}).value());
}

}  // namespace
}  // namespace pcsim
