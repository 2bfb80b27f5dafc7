// A partner's billing account, its customers and what it lets them see.
#include <nlohmann/json.hpp>
#include <string>

#include "cases/story.h"

namespace pcsim::contract {
namespace {

using nlohmann::json;
using enum OperationId;

constexpr const char* kBillingVersion = "api-version=2024-04-01";
constexpr const char* kOlderVersion = "api-version=2020-05-01";
constexpr const char* kProviderAccount =
    "a0000002-0000-4000-8000-000000000001:a0000002-0000-4000-8000-000000000009_2019-05-31";

class ArmBilling : public Contract {
 protected:
  Client agent = azure(universe, Who::Admin);
  Client alice = azure(universe, Who::Alice);

  static Ask asking(OperationId id, const char* version = kBillingVersion,
                    const std::string& more = {}) {
    return {.operation = id,
            .path = {{"billingAccount", demo::kFabrikamAccount},
                     {"billingProfile", demo::kFabrikamProfile},
                     {"customer", demo::kContoso},
                     {"policy", "default"},
                     {"subscriptionId", demo::kContosoAzure}},
            .query = version + more};
  }
};

TEST_F(ArmBilling, AccountsOfTheCaller) {
  const json accounts =
      agent.ok(asking(ArmListBillingAccounts, kBillingVersion, "&$expand=billingProfiles"));
  ASSERT_EQ(accounts.at("value").size(), 1U);
  EXPECT_EQ(accounts.at("value").at(0).at("name"), demo::kFabrikamAccount);
  EXPECT_EQ(agent.ok(asking(ArmGetBillingAccount)).at("properties").at("agreementType"),
            "MicrosoftPartnerAgreement");
  EXPECT_EQ(alice.ok(asking(ArmListBillingAccounts)).at("value").size(), 0U);
  EXPECT_EQ(azure(universe, Who::Sales).ok(asking(ArmListBillingAccounts)).at("value").size(), 0U);
}

TEST_F(ArmBilling, CustomersAndWhatIsExpanded) {
  const json customers = agent.ok(asking(ArmListBillingCustomers));
  EXPECT_EQ(customers.at("totalCount"), customers.at("value").size());
  EXPECT_GT(customers.at("value").size(), 3U);
  const json by_profile = agent.ok(asking(ArmListProfileCustomers));
  EXPECT_EQ(by_profile.at("totalCount"), customers.at("totalCount"));
  const json contoso = agent.ok(
      asking(ArmGetBillingCustomer, kBillingVersion, "&$expand=enabledAzurePlans,resellers"));
  EXPECT_EQ(contoso.at("properties").at("enabledAzurePlans").size(), 1U);
  EXPECT_EQ(contoso.at("properties").at("resellers").size(), 0U);
  Ask ask = asking(ArmGetBillingCustomer, kBillingVersion, "&$expand=resellers");
  ask.path["billingAccount"] = kProviderAccount;
  ask.path["customer"] = demo::kNorthwind;
  EXPECT_EQ(azure(universe, Who::Provider)
                .ok(ask)
                .at("properties")
                .at("resellers")
                .at(0)
                .at("resellerId"),
            "1000003");
  ask = asking(ArmGetBillingCustomer);
  ask.path["customer"] = demo::kNorthwind;
  agent.refused(ask, ErrorCode::ArmResourceNotFound);
}

TEST_F(ArmBilling, PoliciesOfACustomer) {
  const auto view = [&](OperationId id) {
    return agent.ok(asking(id)).at("properties").at("viewCharges");
  };
  EXPECT_EQ(view(ArmGetCustomerPolicy), "NotAllowed");
  Ask put = asking(ArmPutCustomerPolicy);
  put.body = R"({"properties":{"viewCharges":"allowed"}})";
  Answer answer;
  const json made = agent.ok(put, &answer);
  EXPECT_EQ(made.at("properties").at("policies").at(0).at("name"), "ViewCharges");
  EXPECT_NE(answer.header("Location"), "");
  EXPECT_EQ(view(ArmGetProfileCustomerPolicy), "Allowed");
  put = asking(ArmPutProfileCustomerPolicy, kOlderVersion);
  put.body = R"({"properties":{"viewCharges":"NotAllowed"}})";
  const json older = agent.ok(put, &answer);
  EXPECT_FALSE(older.at("properties").contains("provisioningState"));
  EXPECT_EQ(answer.header("Location"), "");
  EXPECT_EQ(view(ArmGetCustomerPolicy), "NotAllowed");
  put.body = R"({"properties":{"viewCharges":"Sometimes"}})";
  agent.refused(put, ErrorCode::ArmInvalidRequestContent);
  put.body = R"({"properties":{"viewCharges":"Allowed"}})";
  put.path["policy"] = "other";
  agent.refused(put, ErrorCode::ArmResourceNotFound);
}

TEST_F(ArmBilling, OfASubscription) {
  const json property = alice.ok(asking(ArmGetBillingProperty)).at("properties");
  EXPECT_EQ(property.at("skuId"), "0001");
  EXPECT_EQ(property.at("isAccountAdmin"), false);
  const auto reservations = [&] {
    const json read = alice.ok(asking(ArmGetSubscriptionPolicy));
    for (const json& row : read.at("properties").at("policies")) {
      if (row.at("name") == "ReservationPurchases") {
        return row.at("value").get<std::string>();
      }
    }
    return std::string{};
  };
  EXPECT_EQ(reservations(), "Allowed");
  partner(universe).ok(
      {.operation = DeleteSelfServePolicy,
       .path = {{"policyId", std::string{demo::kFabrikam} + "_" + demo::kContoso}}});
  EXPECT_EQ(reservations(), "NotAllowed");
}

TEST_F(ArmBilling, ReservationsOfTheAccount) {
  for (int at = 0; at < 2; ++at) {
    purchase(alice, demo::kContosoAzure);
  }
  const auto count = [&](OperationId id, const std::string& more) {
    return agent.ok(asking(id, kBillingVersion, more)).at("value").size();
  };
  const std::size_t all = count(ArmListBillingReservations, "");
  EXPECT_GE(all, 2U);
  EXPECT_EQ(count(ArmListProfileReservations, "&selectedState=Succeeded"), all);
  EXPECT_EQ(count(ArmListBillingReservations, "&selectedState=Cancelled"), 0U);
  EXPECT_EQ(count(ArmListBillingReservations,
                  "&filter=" + encode("properties/reservedResourceType eq 'CosmosDb'")),
            0U);
  const json first =
      agent.ok(asking(ArmListBillingReservations, kBillingVersion, "&take=1&refreshSummary=true"));
  EXPECT_EQ(first.at("value").size(), 1U);
  EXPECT_NE(first.at("nextLink").get<std::string>().find("skiptoken=1"), std::string::npos);
  EXPECT_GE(first.at("summary").at("succeededCount"), 2);
  EXPECT_EQ(count(ArmListBillingReservations, "&take=1&skiptoken=" + std::to_string(all)), 0U);
  for (const OperationId id : {ArmListBillingReservations, ArmListProfileReservations}) {
    agent.refused(asking(id, kBillingVersion, "&$filter=" + encode("colour eq 'red'")),
                  ErrorCode::ArmInvalidFilter);
  }
}

}  // namespace
}  // namespace pcsim::contract
