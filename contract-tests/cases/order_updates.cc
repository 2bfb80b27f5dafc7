// Changing orders: cancelling, add-ons, billing cycles; and how far orders are.
#include <nlohmann/json.hpp>
#include <string>

#include "cases/shop.h"

namespace pcsim::contract {
namespace {

using nlohmann::json;
using enum OperationId;

const json kCancelled{{"status", "cancelled"}};

class OrderUpdates : public Contract {
 protected:
  json patch(const std::string& customer, const std::string& order, const json& body,
             Who who = Who::Admin) {
    return partner(universe, who)
        .ok({.operation = UpdateOrder, .path = order_path(customer, order), .body = body.dump()});
  }
  void refuse(const std::string& customer, const std::string& order, const json& body,
              ErrorCode error, Who who = Who::Admin) {
    partner(universe, who)
        .refused(
            {.operation = UpdateOrder, .path = order_path(customer, order), .body = body.dump()},
            error);
  }
  std::string software(const char* item = kSoftware) {
    return buy(partner(universe), demo::kContoso, seats_of(item, 2)).at("id");
  }
};

TEST_F(OrderUpdates, SoftwareIsCancelledLineByLine) {
  const Client client = partner(universe);
  json two = seats_of(kSoftware, 2);
  two["lineItems"].push_back({{"lineItemNumber", 1}, {"offerId", kSubscribed}, {"quantity", 1}});
  const json made = buy(client, demo::kContoso, two);
  const std::string id = made.at("id");
  const json half =
      patch(demo::kContoso, id,
            {{"status", "cancelled"}, {"lineItems", json::array({two["lineItems"][0]})}});
  EXPECT_EQ(half.at("status"), "completed");
  EXPECT_EQ(half.at("lineItems").at(0).at("quantity"), 0);
  EXPECT_EQ(half.at("lineItems").at(0).at("transactionType"), "Cancel");
  const json states =
      client.ok({.operation = GetOrderProvisioningStatus, .path = order_path(demo::kContoso, id)});
  EXPECT_EQ(states.at("items").at(0).at("status"), "unfulfilled");
  EXPECT_EQ(states.at("items").at(1).at("status"), "fulfilled");
  const json all =
      patch(demo::kContoso, id,
            {{"status", "Cancelled"}, {"lineItems", json::array({two["lineItems"][1]})}});
  EXPECT_EQ(all.at("status"), "cancelled");
  EXPECT_EQ(client
                .ok({.operation = GetSubscription,
                     .path = subscription_path(demo::kContoso,
                                               made.at("lineItems").at(1).at("subscriptionId"))})
                .at("status"),
            "deleted");
  EXPECT_EQ(client
                .ok({.operation = ListEntitlements,
                     .path = customer_path(demo::kContoso),
                     .query = "entitlementType=software"})
                .at("totalCount"),
            0);
  const json record = client.ok({.operation = ListAuditRecords}).at("items").at(0);
  EXPECT_EQ(record.at("operationType"), "update_order");
}

TEST_F(OrderUpdates, CancellingRefused) {
  const Client client = partner(universe);
  refuse(demo::kContoso, demo::kNobody, kCancelled, ErrorCode::OrderNotFound);
  const std::string id = software();
  refuse(demo::kContoso, id, {{"status", "completed"}}, ErrorCode::InvalidRequestInput);
  refuse(
      demo::kContoso, id,
      {{"status", "cancelled"}, {"lineItems", {{{"lineItemNumber", 9}, {"offerId", kSoftware}}}}},
      ErrorCode::LineItemNumberOutOfRange);
  refuse(demo::kContoso, id,
         {{"status", "cancelled"}, {"lineItems", {{{"lineItemNumber", 0}, {"offerId", kSeats}}}}},
         ErrorCode::InvalidOfferId);
  patch(demo::kContoso, id, kCancelled);
  refuse(demo::kContoso, id, kCancelled, ErrorCode::OrderNotCancellable);
  const std::string late = software();
  universe.advance(31LL * 86'400);
  refuse(demo::kContoso, late, kCancelled, ErrorCode::CancellationWindowDaysPassed);
  const std::string item = reservation_item(partner(universe)).catalogue_item;
  const json reserved =
      buy(partner(universe), demo::kContoso, order_of(item, {demo::kContosoPlan}));
  refuse(demo::kContoso, reserved.at("id"), kCancelled, ErrorCode::NonSandboxCancelNotAllowed);
  refuse(demo::kWoodgrove, modern_order(demo::kWoodgrove, 4), kCancelled,
         ErrorCode::SeatBasedSaasCancelNotSupported);
  refuse(demo::kWoodgrove, modern_order(demo::kWoodgrove, 1), kCancelled,
         ErrorCode::OrderCancelRequiresSubscriptionPatch);
  refuse(demo::kWoodgrove, legacy_order(demo::kWoodgrove, 6), kCancelled,
         ErrorCode::OrderAdjustmentPending);
  refuse(demo::kWoodgrove, legacy_order(demo::kWoodgrove, 7),
         {{"status", "cancelled"}, {"attributes", {{"etag", "AAAA"}}}},
         ErrorCode::EtagNoLongerValid);
}

TEST_F(OrderUpdates, TheSandboxCancelsReservations) {
  const Client client = partner(universe, Who::Sandbox);
  const json order =
      buy(client, demo::kSandboxCustomer, order_of(kB1s, {owned(demo::kSandboxCustomer, 1)}));
  const std::string id = order.at("id");
  const auto count = [&] {
    return client.ok({.operation = ListEntitlements, .path = customer_path(demo::kSandboxCustomer)})
        .at("totalCount")
        .get<int>();
  };
  EXPECT_EQ(count(), 1);
  EXPECT_EQ(patch(demo::kSandboxCustomer, id, kCancelled, Who::Sandbox).at("status"), "cancelled");
  EXPECT_EQ(count(), 0);
  const json old =
      buy(client, demo::kSandboxCustomer, order_of(kB1s, {owned(demo::kSandboxCustomer, 1)}));
  universe.advance(61LL * 86'400);
  refuse(demo::kSandboxCustomer, old.at("id"), kCancelled, ErrorCode::OrderNotCancellable,
         Who::Sandbox);
  Universe other{{{"sandbox-reservation-cancel", "refused"}}};
  const Client strict = partner(other, Who::Sandbox);
  const json kept =
      buy(strict, demo::kSandboxCustomer, order_of(kB1s, {owned(demo::kSandboxCustomer, 1)}));
  strict.refused({.operation = UpdateOrder,
                  .path = order_path(demo::kSandboxCustomer, kept.at("id")),
                  .body = kCancelled.dump()},
                 ErrorCode::NonSandboxCancelNotAllowed);
}

TEST_F(OrderUpdates, AddonsJoinTheirOrder) {
  const Client client = partner(universe);
  const json made = buy(client, demo::kContoso, seats_of(kBaseOffer, 5, "monthly"));
  const std::string id = made.at("id");
  json body{{"lineItems", json::array({made.at("lineItems").at(0)})}};
  body["lineItems"].push_back(
      {{"lineItemNumber", 1},
       {"offerId", kAddon},
       {"quantity", 5},
       {"parentSubscriptionId", made.at("lineItems").at(0).at("subscriptionId")}});
  const json joined = patch(demo::kContoso, id, body);
  ASSERT_EQ(joined.at("lineItems").size(), 2U);
  EXPECT_EQ(joined.at("lineItems").at(1).at("lineItemNumber"), 1);
  EXPECT_TRUE(joined.at("lineItems").at(1).contains("subscriptionId"));
  body["lineItems"][1]["lineItemNumber"] = 2;
  body["lineItems"][1]["parentSubscriptionId"] = demo::kNobody;
  refuse(demo::kContoso, id, body, ErrorCode::AddOnNotRelatedToParent);
}

TEST_F(OrderUpdates, LegacyOrdersChangeTheirCycle) {
  const Client client = partner(universe);
  const json made = buy(client, demo::kContoso, seats_of(kBaseOffer, 5, "monthly"));
  const std::string id = made.at("id");
  const json yearly{{"BillingCycle", "Annual"}};
  EXPECT_EQ(patch(demo::kContoso, id, yearly).at("billingCycle"), "annual");
  const std::string subscription = made.at("lineItems").at(0).at("subscriptionId");
  EXPECT_EQ(client
                .ok({.operation = GetSubscription,
                     .path = subscription_path(demo::kContoso, subscription)})
                .at("billingCycle"),
            "annual");
  client.ok({.operation = UpdateSubscription,
             .path = subscription_path(demo::kContoso, subscription),
             .body = R"({"status":"suspended"})"});
  refuse(demo::kContoso, id, {{"billingCycle", "monthly"}},
         ErrorCode::BillingCycleInactiveSubscriptions);
  refuse(demo::kLegacy, "f3000003-0000-4000-8000-000000000001", yearly,
         ErrorCode::BillingCycleOfferNotSupported);
  refuse(demo::kWoodgrove, legacy_order(demo::kWoodgrove, 7), yearly,
         ErrorCode::BillingCycleSyncNotCompleted);
  refuse(demo::kWoodgrove, legacy_order(demo::kWoodgrove, 8), yearly,
         ErrorCode::BillingCycleNoMintAccount);
  refuse(demo::kWoodgrove, legacy_order(demo::kWoodgrove, 14), yearly,
         ErrorCode::BillingCycleOrderMismatch);
  refuse(demo::kContoso, software(), yearly, ErrorCode::NotSupported);
}

TEST_F(OrderUpdates, ProvisioningAndActivation) {
  const Client client = partner(universe);
  const std::string service = modern_order(demo::kWoodgrove, 4);
  const std::string subscription = owned(demo::kWoodgrove, 4);
  Path path = order_path(demo::kWoodgrove, service);
  const json all = client.ok({.operation = ListOrderActivationLinks, .path = path});
  ASSERT_EQ(all.at("totalCount"), 1);
  path["lineItemNumber"] = "0";
  EXPECT_EQ(client.ok({.operation = ListLineActivationLinks, .path = path}), all);
  EXPECT_EQ(client.ok({.operation = ListSubscriptionActivationLinks,
                       .path = subscription_path(demo::kWoodgrove, subscription)}),
            all);
  path["lineItemNumber"] = "7";
  client.refused({.operation = ListLineActivationLinks, .path = path},
                 ErrorCode::LineItemNumberOutOfRange);
  EXPECT_EQ(client
                .ok({.operation = ListSubscriptionActivationLinks,
                     .path = subscription_path(demo::kContoso, demo::kContosoPlan)})
                .at("totalCount"),
            0);
  Path nobody = order_path(demo::kContoso, demo::kNobody);
  nobody["lineItemNumber"] = "0";
  for (const OperationId operation : {ListOrderActivationLinks, ListLineActivationLinks}) {
    client.refused({.operation = operation, .path = nobody}, ErrorCode::OrderNotFound);
  }
  client.refused({.operation = ListSubscriptionActivationLinks,
                  .path = subscription_path(demo::kContoso, demo::kNobody)},
                 ErrorCode::SubscriptionNotFound);
  client.refused({.operation = GetOrderProvisioningStatus, .path = nobody},
                 ErrorCode::ProvisioningInformationNotFound);
  client.refused({.operation = GetOrderProvisioningStatus,
                  .path = order_path(demo::kWoodgrove, legacy_order(demo::kWoodgrove, 6))},
                 ErrorCode::ProvisioningInformationNotFound);
  EXPECT_EQ(client
                .ok({.operation = GetOrderProvisioningStatus,
                     .path = order_path(demo::kWoodgrove, "f10000010900")})
                .at("items")
                .at(0)
                .at("status"),
            "prefulfillment_pending");
}

}  // namespace
}  // namespace pcsim::contract
