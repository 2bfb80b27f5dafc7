#include "app/acts/acts.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "codec/reference_data.h"

namespace pcsim {
namespace {

const std::string kPartner = "11111111-1111-4111-8111-111111111111";
const std::string kReseller = "33333333-3333-4333-8333-333333333333";
const std::string kCustomer = "22222222-2222-4222-8222-222222222222";

struct Acts : testing::Test {
  World world{};
  IdSource ids{1};

  Acts() {
    Partner provider{kPartner, "p.example", "P", PartnerKind::IndirectProvider, "FR"};
    Partner reseller{kReseller, "r.example", "R", PartnerKind::IndirectReseller, "FR"};
    reseller.providers = {provider.domain};
    world.partners.put(kPartner, provider);
    world.partners.put(kReseller, reseller);
    Customer customer;
    customer.id = kCustomer;
    world.customers.put(kCustomer, customer);
  }

  /// The status an act is answered with.
  int act(std::string_view name, const nlohmann::json& parameters) {
    const auto row = std::find_if(acts().begin(), acts().end(),
                                  [&](const Act& known) { return known.name == name; });
    EXPECT_NE(row, acts().end()) << name;
    Env env{kDay, ids, 0};
    const auto refused = perform_act(*row, {world, env, built_in_reference(), parameters});
    return refused ? refused->status : 200;
  }
  const Customer& customer() { return *world.customers.find(kCustomer); }
  const Partner& partner() { return *world.partners.find(kPartner); }
};

TEST_F(Acts, ParametersFollowTheTable) {
  EXPECT_EQ(act("customer-signs-agreement", nlohmann::json::array()), 400);
  EXPECT_EQ(act("customer-signs-agreement", nlohmann::json::object()), 400);
  EXPECT_EQ(act("customer-signs-agreement", {{"customerId", 5}}), 400);
  EXPECT_EQ(act("customer-signs-agreement", {{"customerId", kCustomer}, {"more", "x"}}), 400);
  EXPECT_EQ(act("customer-signs-agreement", {{"customerId", kPartner}}), 404);
}

TEST_F(Acts, TheCustomerSignsOnce) {
  EXPECT_EQ(act("customer-signs-agreement", {{"customerId", kCustomer}}), 200);
  EXPECT_TRUE(customer().direct_signed);
  EXPECT_EQ(act("customer-signs-agreement", {{"customerId", kCustomer}}), 409);
}

TEST_F(Acts, TheCustomerAcceptsAPartner) {
  nlohmann::json wanted{{"customerId", kCustomer}, {"partnerId", kReseller}};
  EXPECT_EQ(act("customer-accepts-relationship", wanted), 409);
  wanted["partnerId"] = kCustomer;
  EXPECT_EQ(act("customer-accepts-relationship", wanted), 404);
  wanted["partnerId"] = kPartner;
  wanted["resellerId"] = kCustomer;
  EXPECT_EQ(act("customer-accepts-relationship", wanted), 404);
  wanted["resellerId"] = kReseller;
  EXPECT_EQ(act("customer-accepts-relationship", wanted), 200);
  EXPECT_EQ(customer().reseller_key, "r.example");
  ASSERT_EQ(world.audit.size(), 1U);
  EXPECT_EQ(world.audit.back().operation_type, "reseller_relationship_accepted_by_customer");
}

TEST_F(Acts, MicrosoftVetsAccounts) {
  EXPECT_EQ(act("microsoft-vets-account", {{"customerId", kCustomer}, {"status", "Maybe"}}), 400);
  EXPECT_EQ(act("microsoft-vets-account", {{"customerId", kPartner}, {"status", "Allowed"}}), 404);
  EXPECT_EQ(act("microsoft-vets-account", {{"customerId", kCustomer}, {"status", "Not Ready"}}),
            200);
  EXPECT_EQ(customer().account_status, AccountStatus::NotReady);
  EXPECT_EQ(customer().account_reviewed, kDay);
}

TEST_F(Acts, MicrosoftLocksAccounts) {
  EXPECT_EQ(act("microsoft-locks-account", {{"customerId", kPartner}, {"locked", true}}), 404);
  EXPECT_EQ(act("microsoft-locks-account", {{"customerId", kCustomer}, {"locked", true}}), 200);
  EXPECT_TRUE(customer().locked);
}

TEST_F(Acts, MembershipsEndAndAgreementsAreRenewed) {
  EXPECT_EQ(act("microsoft-changes-programme", {{"partnerId", kPartner}, {"active", false}}), 200);
  EXPECT_FALSE(partner().programme_active);
  EXPECT_EQ(act("microsoft-changes-programme", {{"partnerId", kCustomer}, {"active", false}}), 404);
  EXPECT_EQ(act("partner-signs-agreement", {{"partnerId", kPartner}}), 409);
  EXPECT_EQ(act("partner-signs-agreement", {{"partnerId", kPartner}, {"region", "Moon"}}), 400);
  EXPECT_EQ(act("partner-signs-agreement", {{"partnerId", kPartner}, {"region", "United States"}}),
            200);
  EXPECT_EQ(partner().agreement_regions.size(), 2U);
  EXPECT_EQ(act("microsoft-asks-for-agreement", {{"partnerId", kPartner}}), 200);
  EXPECT_FALSE(partner().agreement_signed);
  EXPECT_EQ(act("partner-signs-agreement", {{"partnerId", kPartner}}), 200);
  EXPECT_TRUE(partner().agreement_signed);
  EXPECT_EQ(act("partner-signs-agreement", {{"partnerId", kCustomer}}), 404);
  EXPECT_EQ(act("microsoft-asks-for-agreement", {{"partnerId", kCustomer}}), 404);
}

TEST_F(Acts, MicrosoftChangesWhatIsSold) {
  EXPECT_EQ(act("microsoft-changes-offer", {{"item", "P:0001"}, {"stock", "few"}}), 400);
  EXPECT_EQ(act("microsoft-changes-offer", {{"item", "P:0001"}, {"updates", "maybe"}}), 400);
  EXPECT_EQ(act("microsoft-changes-offer", {{"item", "P:0001"}, {"stock", "3"}}), 200);
  EXPECT_EQ(act("microsoft-changes-offer", {{"item", "p:0001"}, {"withdrawn", true}}), 200);
  const OfferState& offer = *world.offers.find("p:0001@");
  EXPECT_TRUE(offer.withdrawn);
  EXPECT_EQ(offer.stock, 3) << "what is not said stays";
  EXPECT_EQ(act("microsoft-holds-purchases", {{"customerId", kPartner}, {"reason", "risk"}}), 404);
  EXPECT_EQ(act("microsoft-holds-purchases", {{"customerId", kCustomer}, {"reason", "mood"}}), 400);
  EXPECT_EQ(act("microsoft-holds-purchases", {{"customerId", kCustomer}, {"reason", "risk"}}), 200);
  EXPECT_EQ(world.holds.size(), 1U);
  EXPECT_EQ(act("microsoft-holds-purchases", {{"customerId", kCustomer}, {"reason", "none"}}), 200);
  EXPECT_TRUE(world.holds.empty());
}

TEST_F(Acts, QuotaAndActivation) {
  world.azure_subscriptions.put("a", {"a", kCustomer, "p", "", true});
  EXPECT_EQ(act("microsoft-changes-quota", {{"azureSubscriptionId", "b"}, {"cores", "4"}}), 404);
  EXPECT_EQ(act("microsoft-changes-quota", {{"azureSubscriptionId", "a"}, {"cores", "-4"}}), 400);
  EXPECT_EQ(act("microsoft-changes-quota", {{"azureSubscriptionId", "A"}, {"cores", "4"}}), 200);
  EXPECT_EQ(world.azure_subscriptions.find("a")->cores, 4);
  Subscription service;
  service.id = "s";
  service.activated = false;
  world.subscriptions.put("s", service);
  EXPECT_EQ(act("customer-activates-service", {{"subscriptionId", "t"}}), 404);
  EXPECT_EQ(act("customer-activates-service", {{"subscriptionId", "s"}}), 200);
  EXPECT_EQ(act("customer-activates-service", {{"subscriptionId", "s"}}), 409);
}

}  // namespace
}  // namespace pcsim
