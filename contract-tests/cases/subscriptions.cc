#include <nlohmann/json.hpp>

#include "cases/story.h"

namespace pcsim::contract {
namespace {

using nlohmann::json;
using enum OperationId;

class Subscriptions : public Contract {};

TEST_F(Subscriptions, PlanIsBoughtReadAndRegistered) {
  const Client client = partner(universe);
  const std::string customer = create_customer(client, "FR");
  accept_agreement(client, customer);
  const std::string plan = buy_plan(client, customer);
  const Path path = subscription_path(customer, plan);
  EXPECT_EQ(client.ok({.operation = GetSubscription, .path = path}).at("status"), "active");
  EXPECT_EQ(client.ok({.operation = GetRegistrationStatus, .path = path}).at("status"),
            "NotRegistered");
  Answer accepted;
  client.ok({.operation = RegisterSubscription, .path = path, .body = "null"}, &accepted);
  EXPECT_TRUE(accepted.header("Location").ends_with("/registrationstatus"))
      << accepted.header("Location");
  EXPECT_EQ(client.ok({.operation = GetRegistrationStatus, .path = path}).at("status"),
            "Registered");
  const json azure = client.ok({.operation = ListAzureEntitlements, .path = path});
  EXPECT_EQ(azure.at("totalCount"), 1);
}

TEST_F(Subscriptions, ListsByOrderAndPartner) {
  const Client client = partner(universe);
  const Path customer = customer_path(demo::kContoso);
  const json list = client.ok({.operation = ListSubscriptions, .path = customer});
  ASSERT_EQ(list.at("totalCount"), 1);
  EXPECT_EQ(client.ok({.operation = ListSubscriptions, .path = customer, .query = "order_id=none"})
                .at("totalCount"),
            0);
  EXPECT_EQ(client.ok({.operation = ListSubscriptions, .path = customer, .query = "mpn_id=none"})
                .at("totalCount"),
            0);
}

TEST_F(Subscriptions, UnknownOrForeign) {
  const Client client = partner(universe);
  for (const char* id : {demo::kNobody, demo::kLegacySubscription}) {
    for (const OperationId operation :
         {GetSubscription, ListAzureEntitlements, RegisterSubscription, GetRegistrationStatus}) {
      client.refused({.operation = operation, .path = subscription_path(demo::kContoso, id)},
                     ErrorCode::SubscriptionNotFound);
    }
  }
}

TEST_F(Subscriptions, OutOfServiceOnesAreNotRegistered) {
  const Client client = partner(universe);
  client.refused({.operation = RegisterSubscription,
                  .path = subscription_path(demo::kOutOfService, demo::kSuspendedSubscription)},
                 ErrorCode::SubscriptionNotActive);
  client.refused({.operation = RegisterSubscription,
                  .path = subscription_path(demo::kOutOfService, demo::kDeletedSubscription)},
                 ErrorCode::InvalidSubscription);
  const std::string item = reservation_item(client, true).catalogue_item;
  client.refused({.operation = CreateOrder,
                  .path = customer_path(demo::kOutOfService),
                  .body = order_of(item, {demo::kSuspendedSubscription}).dump()},
                 ErrorCode::SubscriptionNotActive);
}

TEST_F(Subscriptions, TheLegacyOfferIsOneToo) {
  const Client client = partner(universe);
  const json read =
      client.ok({.operation = GetSubscription,
                 .path = subscription_path(demo::kLegacy, demo::kLegacySubscription)});
  EXPECT_EQ(read.at("offerId"), kMicrosoftAzure);
}

}  // namespace
}  // namespace pcsim::contract
