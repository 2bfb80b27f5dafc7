#include "domain/customers/relationships.h"

#include <gtest/gtest.h>

namespace pcsim {
namespace {

struct Relationships : testing::Test {
  World world{};
  Partner provider{"t1", "provider.example", "P", PartnerKind::IndirectProvider, "US", "1"};
  Partner reseller{"t2", "reseller.example", "R", PartnerKind::IndirectReseller, "US", "2"};
  Partner direct{"t3", "direct.example", "D", PartnerKind::Direct, "US"};

  Relationships() {
    reseller.providers = {"PROVIDER.example"};
    for (const auto& partner : {provider, reseller, direct}) {
      world.partners.put(partner.tenant_id, partner);
    }
  }
};

TEST_F(Relationships, TypesReadInEverySpelling) {
  EXPECT_EQ(relationship_type("IsIndirectResellerOf"), RelationshipType::IndirectResellerOf);
  EXPECT_EQ(relationship_type("is_indirect_cloud_solution_provider_of"),
            RelationshipType::IndirectProviderOf);
  EXPECT_FALSE(relationship_type("IsFriendOf"));
  EXPECT_EQ(relationship_word(RelationshipType::IndirectResellerOf), "is_indirect_reseller_of");
}

TEST_F(Relationships, AreSeenFromBothSides) {
  const auto resellers = related_partners(world, provider, RelationshipType::IndirectProviderOf);
  ASSERT_EQ(resellers.size(), 1U);
  EXPECT_EQ(resellers.front()->tenant_id, "t2");
  EXPECT_TRUE(related_partners(world, provider, RelationshipType::IndirectResellerOf).empty());
  EXPECT_EQ(related_partners(world, reseller, RelationshipType::IndirectResellerOf).size(), 1U);
  EXPECT_TRUE(related_partners(world, direct, RelationshipType::IndirectProviderOf).empty());
}

TEST_F(Relationships, ACustomerHasAnotherPartner) {
  Customer customer;
  customer.partner_key = provider.domain;
  EXPECT_FALSE(partner_beside(world, provider, customer));
  customer.reseller_key = reseller.domain;
  EXPECT_EQ(partner_beside(world, provider, customer)->other->tenant_id, "t2");
  EXPECT_EQ(partner_beside(world, reseller, customer)->type, RelationshipType::IndirectResellerOf);
}

TEST_F(Relationships, MpnIdsNamePartners) {
  EXPECT_EQ(asked_mpn_partner(world, provider, std::nullopt).value()->tenant_id, "t1");
  EXPECT_EQ(asked_mpn_partner(world, provider, "2").value()->tenant_id, "t2");
  EXPECT_EQ(asked_mpn_partner(world, provider, "3").error().code,
            ErrorCode::PartnerOrganizationNotFound);
  EXPECT_EQ(asked_mpn_partner(world, provider, "two").error().code, ErrorCode::InvalidProperty);
  EXPECT_EQ(asked_mpn_partner(world, direct, std::nullopt).error().arguments.front(), "t3");
}

TEST_F(Relationships, InvitationsNameOnlyRelatedPartners) {
  EXPECT_EQ(asked_invitation(world, direct, "", "").value().inviting->tenant_id, "t3");
  EXPECT_EQ(asked_invitation(world, provider, "", "T2").value().inviting->tenant_id, "t2");
  EXPECT_EQ(asked_invitation(world, reseller, "t1", "").value().provider->tenant_id, "t1");
  EXPECT_FALSE(asked_invitation(world, direct, "t1", ""));
  EXPECT_FALSE(asked_invitation(world, direct, "", "t2"));
}

}  // namespace
}  // namespace pcsim
