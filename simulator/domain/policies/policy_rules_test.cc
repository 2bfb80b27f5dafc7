#include "domain/policies/policy_rules.h"

#include <gtest/gtest.h>

namespace pcsim {
namespace {

const std::string kTenant = "11111111-1111-4111-8111-111111111111";
const std::string kCustomer = "22222222-2222-4222-8222-222222222222";

struct PolicyRules : testing::Test {
  World world{};
  Partner partner{};
  PolicyDraft draft{};
  IdSource ids{1};
  Switches switches{};

  PolicyRules() {
    partner.tenant_id = kTenant;
    partner.domain = "partner.example";
    Customer customer;
    customer.id = kCustomer;
    customer.partner_key = partner.domain;
    world.customers.put(kCustomer, customer);
    draft.entity_type = "customer";
    draft.entity_tenant = kCustomer;
    draft.grantor_type = "billToPartner";
    draft.grantor_tenant = kTenant;
    draft.permissions = {{"AzureReservedInstances", "Purchase"}};
  }

  Trace trace{};
  Result<Done> created() {
    return check_policy(world, partner, draft, {0, ids, 0, switches, &trace});
  }
  Result<Done> changed() {
    return check_policy_change(world, partner, draft, {0, ids, 0, switches});
  }
};

TEST_F(PolicyRules, ChecksMembers) {
  EXPECT_TRUE(created());
  draft.permissions[0].resource = "Anything";
  EXPECT_EQ(created().error().pointer, "/permissions/0/resource");
  draft.grantor_tenant = kCustomer;
  EXPECT_EQ(created().error().pointer, "/grantor/tenantID");
}

TEST_F(PolicyRules, PermissionsAreNamed) {
  draft.permissions.clear();
  EXPECT_EQ(created().error().pointer, "/permissions");
  EXPECT_EQ(trace.rules.back().rule, "permissions_given");
  draft.id = policy_id(kTenant, kCustomer);
  EXPECT_EQ(changed().error().pointer, "/permissions");
}

TEST_F(PolicyRules, ChangeNeedsIdPolicyAndEtag) {
  EXPECT_EQ(changed().error().pointer, "/id");
  draft.id = policy_id(kCustomer, kTenant);
  EXPECT_EQ(changed().error().code, ErrorCode::SelfServePolicyIdIncorrect);
  draft.id = policy_id(kTenant, kCustomer);
  EXPECT_EQ(changed().error().code, ErrorCode::SelfServePolicyNotFound);
  world.policies.put(policy_key(partner, kCustomer),
                     SelfServePolicy{kCustomer, partner.domain, "\"a\"", {}});
  draft.etag = "\"b\"";
  EXPECT_EQ(changed().error().code, ErrorCode::EtagNoLongerValid);
  draft.etag = "\"a\"";
  EXPECT_TRUE(changed());
}

TEST_F(PolicyRules, OnePolicyPerCustomerOfTheCaller) {
  world.policies.put(policy_key(partner, kCustomer),
                     SelfServePolicy{kCustomer, partner.domain, "\"a\"", {}});
  EXPECT_EQ(created().error().code, ErrorCode::SelfServePolicyExists);
  partner.domain = "other.example";
  EXPECT_EQ(created().error().code, ErrorCode::NoCommerceRelationship);
  EXPECT_EQ(created().error().arguments, (std::vector<std::string>{kTenant, kCustomer}));
  partner.kind = PartnerKind::IndirectReseller;
  EXPECT_EQ(created().error().code, ErrorCode::PartnerAccessDenied);
}

TEST_F(PolicyRules, AMissingEtagIsAMatterOfASwitch) {
  world.policies.put(policy_key(partner, kCustomer),
                     SelfServePolicy{kCustomer, partner.domain, "\"a\"", {}});
  draft.id = policy_id(kTenant, kCustomer);
  EXPECT_EQ(changed().error().pointer, "/attributes/etag");
  ASSERT_TRUE(switches.choose("policy-etag-missing", "accepted"));
  EXPECT_TRUE(changed());
  draft.etag = "b";
  EXPECT_EQ(changed().error().code, ErrorCode::EtagNoLongerValid);
}

}  // namespace
}  // namespace pcsim
