// Changing subscriptions: what each kind allows, and what time makes of them.
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cases/shop.h"

namespace pcsim::contract {
namespace {

using nlohmann::json;
using enum OperationId;

class SubscriptionUpdates : public Contract {
 protected:
  json patch(const std::string& customer, const std::string& id, const json& body,
             Who who = Who::Admin) {
    return partner(universe, who)
        .ok({.operation = UpdateSubscription,
             .path = subscription_path(customer, id),
             .body = body.dump()});
  }
  void refuse(const std::string& customer, const std::string& id, const json& body, ErrorCode error,
              Who who = Who::Admin) {
    partner(universe, who)
        .refused({.operation = UpdateSubscription,
                  .path = subscription_path(customer, id),
                  .body = body.dump()},
                 error);
  }
  json read(const std::string& customer, const std::string& id) {
    return partner(universe).ok(
        {.operation = GetSubscription, .path = subscription_path(customer, id)});
  }
  std::string seats(int quantity = 10, const char* cycle = "annual", const char* term = "P1Y") {
    return buy_subscription(partner(universe), demo::kContoso,
                            seats_of(kBasic, quantity, cycle, term));
  }
};

TEST_F(SubscriptionUpdates, NameQuantityStatusAndRenewal) {
  const std::string id = seats();
  json whole = read(demo::kContoso, id);
  EXPECT_EQ(whole.at("autoRenewEnabled"), true);
  EXPECT_TRUE(whole.contains("cancellationAllowedUntilDate"));
  whole["friendlyName"] = "Everyone";
  whole["quantity"] = 12;
  const json changed = patch(demo::kContoso, id, whole);
  EXPECT_EQ(changed.at("friendlyName"), "Everyone");
  EXPECT_EQ(changed.at("quantity"), 12);
  EXPECT_EQ(changed.at("autoRenewEnabled"), true);
  EXPECT_EQ(
      patch(demo::kContoso, id, {{"Quantity", 11}, {"AutoRenewEnabled", true}}).at("quantity"), 11);
  EXPECT_EQ(patch(demo::kContoso, id, {{"friendlyName", "Some"}}).at("autoRenewEnabled"), false)
      << "renewal that is not sent again is reset";
  EXPECT_EQ(patch(demo::kContoso, id, {{"status", "suspended"}}).at("status"), "suspended");
  EXPECT_EQ(patch(demo::kContoso, id, {{"status", "active"}}).at("status"), "active");
  EXPECT_EQ(patch(demo::kContoso, id, {{"status", "deleted"}}).at("status"), "deleted");
  const json record = partner(universe).ok({.operation = ListAuditRecords}).at("items").at(0);
  EXPECT_EQ(record.at("operationType"), "update_subscription");
  EXPECT_EQ(json::parse(record.at("resourceNewValue").get<std::string>()).at("Status"), "deleted");
  EXPECT_EQ(json::parse(record.at("resourceOldValue").get<std::string>()).at("Status"), "active");
}

TEST_F(SubscriptionUpdates, KeepsRenewalByASwitch) {
  Universe other{{{"unsent-renewal", "kept"}}};
  const Client client = partner(other);
  const std::string id =
      buy_subscription(client, demo::kContoso, seats_of(kBasic, 10, "annual", "P1Y"));
  EXPECT_EQ(client
                .ok({.operation = UpdateSubscription,
                     .path = subscription_path(demo::kContoso, id),
                     .body = R"({"friendlyName":"Some"})"})
                .at("autoRenewEnabled"),
            true);
}

TEST_F(SubscriptionUpdates, AreAcceptedByASwitch) {
  Universe other{{{"subscription-update", "accepted"}}};
  const Answer answer =
      partner(other).send({.operation = UpdateSubscription,
                           .path = subscription_path(demo::kContoso, demo::kContosoPlan),
                           .body = R"({"friendlyName":"Plan"})"});
  EXPECT_EQ(answer.status, 202);
  EXPECT_EQ(answer.body, "");
  EXPECT_EQ(answer.header("Location"),
            "/customers/" + std::string{demo::kContoso} + "/subscriptions/" + demo::kContosoPlan);
}

TEST_F(SubscriptionUpdates, ThePlanIsSuspendedOnceItIsEmpty) {
  const Client client = partner(universe);
  const std::string customer = create_customer(client, "FR");
  accept_agreement(client, customer);
  const std::string plan = buy_plan(client, customer);
  refuse(customer, plan, {{"status", "suspended"}}, ErrorCode::AzurePlanHasActiveSubscriptions);
  const std::string azure =
      client.ok({.operation = ListAzureEntitlements, .path = subscription_path(customer, plan)})
          .at("items")
          .at(0)
          .at("id");
  Path path = subscription_path(customer, plan);
  path["entitlementId"] = azure;
  partner(universe, Who::Director)
      .ok({.operation = CancelAzureEntitlement,
           .path = path,
           .body = R"({"cancellationReason":"compromise"})"});
  EXPECT_EQ(patch(customer, plan, {{"status", "suspended"}}).at("status"), "suspended");
  EXPECT_EQ(patch(customer, plan, {{"status", "active"}}).at("status"), "active");
}

TEST_F(SubscriptionUpdates, ScheduledChangesComeWithTheNextTerm) {
  const std::string id = seats();
  const json instructions{{"product", {{"billingCycle", "monthly"}, {"termDuration", "P1Y"}}},
                          {"quantity", 20}};
  const json planned =
      patch(demo::kContoso, id,
            {{"autoRenewEnabled", true}, {"scheduledNextTermInstructions", instructions}});
  EXPECT_EQ(planned.at("scheduledNextTermInstructions").at("quantity"), 20);
  EXPECT_EQ(planned.at("quantity"), 10);
  universe.advance(367LL * 86'400);
  const json next = read(demo::kContoso, id);
  EXPECT_EQ(next.at("quantity"), 20);
  EXPECT_EQ(next.at("billingCycle"), "monthly");
  EXPECT_EQ(next.at("status"), "active");
}

TEST_F(SubscriptionUpdates, SoftwareChangesItsNextCharge) {
  const std::string id = buy_subscription(partner(universe), demo::kContoso, seats_of(kSubscribed));
  const json planned =
      patch(demo::kContoso, id,
            {{"nextChargeInstructions", {{"product", {{"billingCycle", "annual"}}}}}});
  EXPECT_EQ(planned.at("nextChargeInstructions").at("product").at("billingCycle"), "annual");
  EXPECT_EQ(patch(demo::kContoso, id, {{"status", "deleted"}}).at("status"), "deleted");
}

TEST_F(SubscriptionUpdates, TermsEnd) {
  const std::string ending = seats();
  patch(demo::kContoso, ending, {{"autoRenewEnabled", false}});
  const std::string suspended = seats();
  patch(demo::kContoso, suspended, {{"status", "suspended"}, {"autoRenewEnabled", true}});
  const std::string renewing = seats();
  universe.advance(367LL * 86'400);
  EXPECT_EQ(read(demo::kContoso, ending).at("status"), "expired");
  EXPECT_EQ(read(demo::kContoso, suspended).at("status"), "disabled");
  EXPECT_EQ(read(demo::kContoso, renewing).at("status"), "active");
  refuse(demo::kContoso, ending, {{"friendlyName", "x"}}, ErrorCode::SubscriptionExpiring);
  refuse(demo::kContoso, ending, {{"status", "active"}}, ErrorCode::AssetStatusChangeNotAllowed);
  universe.advance(31LL * 86'400);
  EXPECT_EQ(read(demo::kContoso, ending).at("status"), "disabled");
  refuse(demo::kContoso, ending, {{"friendlyName", "x"}},
         ErrorCode::SubscriptionUpdatesNoLongerAllowed);
  universe.advance(91LL * 86'400);
  EXPECT_EQ(read(demo::kContoso, ending).at("status"), "deleted");
  refuse(demo::kContoso, ending, {{"friendlyName", "x"}},
         ErrorCode::DeletedSubscriptionNotUpdatable);
}

TEST_F(SubscriptionUpdates, StatesThatRefuse) {
  const auto woodgrove = [&](int n, const json& body, ErrorCode error) {
    refuse(demo::kWoodgrove, owned(demo::kWoodgrove, n), body, error);
  };
  woodgrove(1, {{"quantity", 11}}, ErrorCode::SubscriptionOperationPending);
  woodgrove(2, {{"quantity", 11}}, ErrorCode::SubscriptionNotReadyConflict);
  woodgrove(3, {{"quantity", 11}}, ErrorCode::SubscriptionUpdatedTooManyTimes);
  woodgrove(5, {{"quantity", 11}}, ErrorCode::SubscriptionNotActivatedForUpdate);
  woodgrove(8, {{"friendlyName", "x"}, {"attributes", {{"etag", "AAAA"}}}},
            ErrorCode::EtagNoLongerValid);
  woodgrove(8, {{"status", "deleted"}}, ErrorCode::AssetStatusChangeNotAllowed);
  woodgrove(8, {{"status", "suspended"}, {"quantity", 19}},
            ErrorCode::QuantityChangeWhileSuspended);
  woodgrove(8, {{"billingCycle", "annual"}}, ErrorCode::BillingCycleRequiresOrderUpdate);
  woodgrove(9, {{"quantity", 11}}, ErrorCode::InitialTermNoLongerAvailable);
  woodgrove(10, {{"quantity", 11}}, ErrorCode::OfferUpdatesNotAllowed);
  woodgrove(11, {{"quantity", 11}}, ErrorCode::SubscriptionUpdatesCurrentlyNotAllowed);
  woodgrove(4, {{"status", "suspended"}}, ErrorCode::SubscriptionStatusNotUpdatable);
  woodgrove(4, {{"quantity", 4}}, ErrorCode::SubscriptionQuantityDecreaseNotAllowed);
  refuse(demo::kOutOfService, demo::kDeletedSubscription, {{"friendlyName", "x"}},
         ErrorCode::DeletedSubscriptionNotUpdatable);
  const json contoso{{"friendlyName", "x"}};
  refuse(demo::kContoso, demo::kNobody, contoso, ErrorCode::SubscriptionNotFound);
}

TEST_F(SubscriptionUpdates, WhatThePlanRefuses) {
  const std::vector<std::pair<json, ErrorCode>> flaws{
      {{{"status", "suspended"}}, ErrorCode::AzurePlanHasActiveSubscriptions},
      {{{"status", "deleted"}}, ErrorCode::NotSupported},
      {{{"quantity", 2}}, ErrorCode::SeatQuantityNotUpdatable},
      {{{"partnerId", "1000003"}}, ErrorCode::PartnerOnRecordNotUpdatable},
      {{{"autoRenewEnabled", true}}, ErrorCode::AutoRenewNotEligible},
      {{{"billingCycle", "monthly"}}, ErrorCode::BillingCycleNotUpdatable},
      {{{"scheduledNextTermInstructions", {{"customTermEndDate", "2030-01-31"}}}},
       ErrorCode::CustomTermEndDateProductNotValid},
      {{{"scheduledNextTermInstructions", {{"customTermEndDate", "soon"}}}},
       ErrorCode::InvalidRequestInput},
  };
  for (const auto& [body, error] : flaws) {
    refuse(demo::kContoso, demo::kContosoPlan, body, error);
  }
}

TEST_F(SubscriptionUpdates, WhatSeatsRefuse) {
  const std::string id = seats();
  const std::string monthly = seats(10, "monthly", "P1M");
  const std::string end = read(demo::kContoso, id).at("commitmentEndDate");
  const std::string middle = std::to_string(std::stoi(end.substr(0, 4)) + 1) + "-06-15";
  const auto scheduled = [](const json& more) {
    json out{{"product", {{"termDuration", "P3Y"}}}};
    out.update(more);
    return json{{"scheduledNextTermInstructions", out}};
  };
  const std::vector<std::pair<json, ErrorCode>> flaws{
      {{{"quantity", 301}}, ErrorCode::SubscriptionQuantityOutOfRange},
      {{{"billingCycle", "triennial"}}, ErrorCode::BillingCycleInvalid},
      {{{"termDuration", "P2Y"}}, ErrorCode::TermDurationInvalid},
      {{{"termDuration", "P1M"}}, ErrorCode::TargetTermDurationTooShort},
      {scheduled({{"product", {{"productId", "NOTHING"}}}}), ErrorCode::InvalidOfferId},
      {scheduled({{"customTermEndDate", "2024-01-31"}}),
       ErrorCode::CustomTermEndDateOutsideFirstTerm},
      {scheduled({{"customTermEndDate", middle}}), ErrorCode::CustomTermEndDateMismatch},
      {scheduled({{"quantity", 301}}), ErrorCode::SubscriptionQuantityOutOfRange},
  };
  for (const auto& [body, error] : flaws) {
    refuse(demo::kContoso, id, body, error);
  }
  refuse(demo::kContoso, monthly, {{"billingCycle", "annual"}},
         ErrorCode::BillingCycleLongerThanTerm);
  const std::string trial =
      buy_subscription(partner(universe), demo::kContoso, seats_of(kBasicTrial));
  refuse(demo::kContoso, trial, {{"termDuration", "P1Y"}}, ErrorCode::TrialTermChangeNotSupported);
  patch(demo::kContoso, id, {{"status", "suspended"}, {"autoRenewEnabled", true}});
  refuse(demo::kContoso, id, {{"friendlyName", "x"}}, ErrorCode::SuspendedSubscriptionNotUpdatable);
}

TEST_F(SubscriptionUpdates, SoftwareAssuranceAddsNoSeats) {
  const std::string id = owned(demo::kWoodgrove, 16);
  refuse(demo::kWoodgrove, id, {{"quantity", 21}},
         ErrorCode::SoftwareAssuranceSeatIncreaseNotAllowed);
  EXPECT_EQ(patch(demo::kWoodgrove, id, {{"quantity", 19}}).at("quantity"), 19);
}

TEST_F(SubscriptionUpdates, WindowsClose) {
  const std::string id = seats();
  const std::string software =
      buy_subscription(partner(universe), demo::kContoso, seats_of(kSubscribed));
  refuse(demo::kContoso, software, {{"quantity", 2}},
         ErrorCode::CatalogItemQuantityChangeNotEligible);
  patch(demo::kContoso, id, {{"quantity", 9}, {"autoRenewEnabled", true}});
  universe.advance(8LL * 86'400);
  refuse(demo::kContoso, id, {{"quantity", 8}}, ErrorCode::SeatReductionWindowHoursPassed);
  refuse(demo::kContoso, id, {{"status", "deleted"}}, ErrorCode::CancellationWindowHoursPassed);
  universe.advance(24LL * 86'400);
  refuse(demo::kContoso, software, {{"status", "deleted"}},
         ErrorCode::CancellationWindowDaysPassed);
  const std::string yearly = owned(demo::kWoodgrove, 15);
  if (read(demo::kWoodgrove, yearly).contains("cancellationAllowedUntilDate")) {
    universe.advance(15LL * 86'400);
  }
  refuse(demo::kWoodgrove, yearly, {{"quantity", 9}}, ErrorCode::SeatReductionWindowDaysPassed);
}

TEST_F(SubscriptionUpdates, AddonsFollowTheirBase) {
  const Client client = partner(universe);
  const std::string base =
      buy_subscription(client, demo::kContoso, seats_of(kBaseOffer, 5, "monthly"));
  json order = seats_of(kAddon, 5, "monthly");
  order["lineItems"][0]["parentSubscriptionId"] = base;
  const std::string addon = buy_subscription(client, demo::kContoso, order);
  patch(demo::kContoso, base, {{"status", "suspended"}});
  EXPECT_EQ(read(demo::kContoso, addon).at("status"), "suspended");
  refuse(demo::kContoso, addon, {{"status", "active"}}, ErrorCode::ParentSubscriptionNotActive);
  patch(demo::kContoso, base, {{"status", "active"}});
  EXPECT_EQ(patch(demo::kContoso, addon, {{"status", "active"}}).at("status"), "active");
}

TEST_F(SubscriptionUpdates, ProvidersChangeThePartnerOnRecord) {
  const Client client = partner(universe, Who::Provider);
  json order = seats_of(kBasic, 5, "annual", "P1Y");
  order["partnerOnRecordAttestationAccepted"] = true;
  const std::string id = buy_subscription(client, demo::kNorthwind, order);
  const auto renamed = [&](const char* mpn_id) {
    return json{{"partnerId", mpn_id}, {"autoRenewEnabled", true}};
  };
  refuse(demo::kNorthwind, id, renamed("99"), ErrorCode::MpnIdNotFound, Who::Provider);
  refuse(demo::kNorthwind, id, renamed("1000002"), ErrorCode::MpnIdNotReseller, Who::Provider);
  EXPECT_EQ(patch(demo::kNorthwind, id, renamed("1000003"), Who::Provider).at("partnerId"),
            "1000003");
}

TEST_F(SubscriptionUpdates, TheSandboxHasFewSeats) {
  const std::string id = buy_subscription(partner(universe, Who::Sandbox), demo::kSandboxBeginner,
                                          seats_of(kBasic, 20, "annual", "P1Y"));
  refuse(demo::kSandboxBeginner, id, {{"quantity", 26}}, ErrorCode::MaxSeatsPerSubscriptionExceeded,
         Who::Sandbox);
}

TEST_F(SubscriptionUpdates, ProvisioningAndSupport) {
  const Client client = partner(universe);
  const Path path = subscription_path(demo::kContoso, demo::kContosoPlan);
  EXPECT_EQ(client.ok({.operation = GetSubscriptionProvisioningStatus, .path = path}).at("status"),
            "success");
  EXPECT_EQ(client
                .ok({.operation = GetSubscriptionProvisioningStatus,
                     .path = subscription_path(demo::kWoodgrove, owned(demo::kWoodgrove, 2))})
                .at("status"),
            "pending");
  json contact = client.ok({.operation = GetSupportContact, .path = path});
  EXPECT_EQ(contact.at("supportTenantId"), demo::kFabrikam);
  contact["name"] = "Service desk";
  client.ok({.operation = UpdateSupportContact, .path = path, .body = contact.dump()});
  EXPECT_EQ(client.ok({.operation = GetSupportContact, .path = path}).at("name"), "Service desk");
  contact["supportTenantId"] = demo::kNobody;
  client.refused({.operation = UpdateSupportContact, .path = path, .body = contact.dump()},
                 ErrorCode::MpnIdNotFound);
  contact["supportTenantId"] = demo::kReseller;
  contact["supportMpnId"] = "1000003";
  client.refused({.operation = UpdateSupportContact, .path = path, .body = contact.dump()},
                 ErrorCode::MpnIdNotReseller);
  const Path nobody = subscription_path(demo::kContoso, demo::kNobody);
  for (const OperationId operation :
       {GetSubscriptionProvisioningStatus, GetSupportContact, UpdateSupportContact}) {
    const std::string sent = operation == UpdateSupportContact ? contact.dump() : "";
    client.refused({.operation = operation, .path = nobody, .body = sent},
                   ErrorCode::SubscriptionNotFound);
  }
}

TEST_F(SubscriptionUpdates, ListsInParts) {
  const Client client = partner(universe);
  const auto list = [&](const char* query) {
    return client
        .ok({.operation = ListSubscriptions,
             .path = customer_path(demo::kWoodgrove),
             .query = query})
        .at("items");
  };
  const json all = list("");
  const json part = list("offset=3&size=4");
  ASSERT_EQ(part.size(), 4U);
  EXPECT_EQ(part.at(0).at("id"), all.at(3).at("id"));
  EXPECT_EQ(list("offset=1000").size(), 0U);
  client.refused({.operation = ListSubscriptions,
                  .path = customer_path(demo::kWoodgrove),
                  .query = "size=many"},
                 ErrorCode::InvalidRequestInput);
}

}  // namespace
}  // namespace pcsim::contract
