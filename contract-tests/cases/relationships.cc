// Partners among each other, and what they are to a customer.
#include <nlohmann/json.hpp>

#include "cases/story.h"

namespace pcsim::contract {
namespace {

using nlohmann::json;
using enum OperationId;

class Relationships : public Contract {};

TEST_F(Relationships, ProvidersSeeResellersAndResellersProviders) {
  const Client provider = partner(universe, Who::Provider);
  const json resellers =
      provider.ok({.operation = ListRelationships,
                   .query = "relationship_type=IsIndirectCloudSolutionProviderOf"});
  ASSERT_EQ(resellers.at("totalCount"), 4);
  EXPECT_EQ(resellers.at("items").at(0).at("id"), demo::kReseller);
  EXPECT_EQ(resellers.at("items").at(0).at("location"), "US");
  EXPECT_EQ(provider
                .ok({.operation = ListRelationships,
                     .query = "relationship_type=is_indirect_reseller_of"})
                .at("totalCount"),
            0);
  const json providers =
      partner(universe, Who::Reseller)
          .ok({.operation = ListRelationships, .query = "relationship_type=IsIndirectResellerOf"});
  EXPECT_EQ(providers.at("items").at(0).at("id"), demo::kProvider);
}

TEST_F(Relationships, AreFilteredByName) {
  const Client provider = partner(universe, Who::Provider);
  const auto count = [&](const json& filter) {
    return provider
        .ok({.operation = ListRelationships,
             .query = "relationship_type=IsIndirectCloudSolutionProviderOf&filter=" +
                      encode(filter.dump())})
        .at("totalCount")
        .get<int>();
  };
  EXPECT_EQ(count({{"Field", "Name"}, {"Value", "corner reseller"}, {"Operator", "equals"}}), 1);
  EXPECT_EQ(count({{"Field", "Name"}, {"Value", "Reseller"}, {"Operator", "substring"}}), 4);
  EXPECT_EQ(count({{"Field", "Name"}, {"Value", "Corner"}, {"Operator", "not_starts_with"}}), 3);
  for (const std::string query :
       {"", "relationship_type=IsFriendOf",
        "relationship_type=IsIndirectResellerOf&filter=nonsense",
        "relationship_type=IsIndirectResellerOf&filter=%7B%22Field%22%3A%22Age%22%2C%22Value%22%3A"
        "%22x%22%2C%22Operator%22%3A%22equals%22%7D"}) {
    provider.refused({.operation = ListRelationships, .query = query},
                     ErrorCode::InvalidRequestInput);
  }
}

TEST_F(Relationships, OfACustomerShowTheOtherPartner) {
  const Path path = customer_path(demo::kNorthwind);
  const json by_provider =
      partner(universe, Who::Provider).ok({.operation = ListCustomerRelationships, .path = path});
  EXPECT_EQ(by_provider.at("items").at(0).at("id"), demo::kReseller);
  const json by_reseller =
      partner(universe, Who::Reseller).ok({.operation = ListCustomerRelationships, .path = path});
  EXPECT_EQ(by_reseller.at("items").at(0).at("relationshipType"), "is_indirect_reseller_of");
  EXPECT_EQ(partner(universe)
                .ok({.operation = ListCustomerRelationships, .path = customer_path(demo::kContoso)})
                .at("totalCount"),
            0);
}

TEST_F(Relationships, InvitationsNameWhoInvites) {
  const json direct = partner(universe).ok({.operation = GetRelationshipRequest});
  EXPECT_NE(direct.at("url").get<std::string>().find(demo::kFabrikam), std::string::npos);
  const Client provider = partner(universe, Who::Provider);
  const json indirect =
      provider.ok({.operation = GetRelationshipRequest,
                   .query = std::string{"indirectResellerId="} + demo::kReseller});
  const std::string url = indirect.at("url").get<std::string>();
  EXPECT_NE(url.find("partnerId=" + std::string{demo::kReseller}), std::string::npos) << url;
  EXPECT_NE(url.find("indirectCSPId=" + std::string{demo::kProvider}), std::string::npos) << url;
  for (const char* name : {"indirectResellerId", "indirectCloudSolutionProviderId"}) {
    provider.refused(
        {.operation = GetRelationshipRequest, .query = std::string{name} + "=" + demo::kFabrikam},
        ErrorCode::InvalidRequestInput);
  }
}

TEST_F(Relationships, MpnIdsNamePartners) {
  const Client client = partner(universe);
  EXPECT_EQ(client.ok({.operation = GetMpnProfile}).at("partnerName"), "Fabrikam");
  EXPECT_EQ(client.ok({.operation = GetMpnProfile, .query = "mpnId=1000003"}).at("partnerName"),
            "Corner Reseller");
  client.refused({.operation = GetMpnProfile, .query = "mpnId=9999999"},
                 ErrorCode::PartnerOrganizationNotFound);
  client.refused({.operation = GetMpnProfile, .query = "mpnId=mine"}, ErrorCode::InvalidProperty);
  partner(universe, Who::Sandbox)
      .refused({.operation = GetMpnProfile}, ErrorCode::PartnerOrganizationNotFound);
}

TEST_F(Relationships, AgreementStatusOfResellers) {
  const Client provider = partner(universe, Who::Provider);
  const auto is_signed = [&](const std::string& query) {
    return provider.ok({.operation = GetPartnerAgreementStatus, .query = query})
        .at("isAgreementSigned")
        .get<bool>();
  };
  EXPECT_TRUE(is_signed("mpnId=1000003"));
  EXPECT_TRUE(is_signed(std::string{"tenantId="} + demo::kReseller));
  EXPECT_FALSE(is_signed("mpnId=1000008"));
  EXPECT_EQ(
      universe.act("partner-signs-agreement", json{{"partnerId", demo::kUnsignedReseller}}.dump()),
      200);
  EXPECT_TRUE(is_signed("mpnId=1000008"));
  const std::pair<std::string, ErrorCode> refusals[] = {
      {"mpnId=1000003&tenantId=" + std::string{demo::kReseller},
       ErrorCode::MpnIdAndTenantIdBothPassed},
      {"", ErrorCode::MpnIdAndTenantIdBothEmpty},
      {"mpnId=", ErrorCode::MpnIdAndTenantIdBothEmpty},
      {"mpnId=mine", ErrorCode::MpnIdNotNumeric},
      {"tenantId=mine", ErrorCode::TenantIdNotGuid},
      {"tenantId=00000000-0000-0000-0000-000000000000", ErrorCode::AccountIdRequired},
      {"mpnId=9999999", ErrorCode::RequestedMpnIdInvalid},
      {"mpnId=1000006", ErrorCode::PartnerRegionMismatch},
      {"mpnId=1000007", ErrorCode::MpnIdAgreementNotSigned},
      {"mpnId=1000001", ErrorCode::MpnIdNotIndirectReseller},
      {"tenantId=" + std::string{demo::kNobody}, ErrorCode::AccountNotFound},
      {"tenantId=" + std::string{demo::kElsewhereReseller},
       ErrorCode::PartnerAccountAgreementNotSigned},
  };
  for (const auto& [query, error] : refusals) {
    provider.refused({.operation = GetPartnerAgreementStatus, .query = query}, error);
  }
}

}  // namespace
}  // namespace pcsim::contract
