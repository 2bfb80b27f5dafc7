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
};

TEST_F(PolicyRules, ChecksMembers) {
  EXPECT_TRUE(check_policy(world, partner, draft));
  draft.permissions[0].resource = "Anything";
  EXPECT_EQ(check_policy(world, partner, draft).error().pointer, "/permissions/0/resource");
  draft.grantor_tenant = kCustomer;
  EXPECT_EQ(check_policy(world, partner, draft).error().pointer, "/grantor/tenantID");
}

TEST_F(PolicyRules, ChangeNeedsIdPolicyAndEtag) {
  draft.id = policy_id(kCustomer, kTenant);
  EXPECT_EQ(check_policy_change(world, partner, draft).error().code,
            ErrorCode::SelfServePolicyIdIncorrect);
  draft.id = policy_id(kTenant, kCustomer);
  EXPECT_EQ(check_policy_change(world, partner, draft).error().code,
            ErrorCode::SelfServePolicyNotFound);
  world.policies.put(policy_key(partner, kCustomer),
                     SelfServePolicy{kCustomer, partner.domain, "\"a\"", {}});
  draft.etag = "\"b\"";
  EXPECT_EQ(check_policy_change(world, partner, draft).error().code, ErrorCode::EtagNoLongerValid);
  draft.etag = "\"a\"";
  EXPECT_TRUE(check_policy_change(world, partner, draft));
}

}  // namespace
}  // namespace pcsim
