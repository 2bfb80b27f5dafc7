#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <vector>

#include "cases/story.h"

namespace pcsim::contract {
namespace {

using nlohmann::json;
using enum OperationId;

class Arm : public Contract {};

Path order_path(const std::string& order) { return {{"orderId", order}}; }

Path scope_of(const std::string& subscription) {
  return {{"*scope", "subscriptions/" + subscription}};
}

TEST_F(Arm, SubscriptionsThatTheCallerSees) {
  const json list = azure(universe, Who::Alice)
                        .ok({.operation = ArmListSubscriptions, .query = kSubscriptionsVersion});
  ASSERT_EQ(list.at("value").size(), 1U);
  EXPECT_EQ(list.at("value").at(0).at("subscriptionId"), demo::kContosoAzure);
  EXPECT_EQ(azure(universe, Who::Bob)
                .ok({.operation = ArmListSubscriptions, .query = kSubscriptionsVersion})
                .at("value")
                .size(),
            0U);
}

TEST_F(Arm, RoleAssignmentsAndTheirFilters) {
  const Client alice = azure(universe, Who::Alice);
  const auto count = [&](const std::string& filter) {
    const json list = alice.ok({.operation = ArmListRoleAssignments,
                                .path = scope_of(demo::kContosoAzure),
                                .query = std::string{kAuthorizationVersion} +
                                         (filter.empty() ? "" : "&$filter=" + encode(filter))});
    return list.at("value").size();
  };
  EXPECT_EQ(count(""), 4U) << "those of the management group above are inherited";
  EXPECT_EQ(count("atScope()"), 4U);
  EXPECT_EQ(count("principalId eq 'e0000001-0000-4000-8000-000000000001'"), 2U);
  EXPECT_EQ(count("assignedTo('e0000001-0000-4000-8000-000000000001')"), 2U);
  EXPECT_EQ(count("atScope() and principalId eq 'e0000001-0000-4000-8000-000000000002'"), 0U);
  EXPECT_EQ(count("assignedTo('c0000001-0000-4000-8000-000000000001')"), 1U)
      << "an admin agent holds what his group holds";
}

TEST_F(Arm, FromPriceToReservation) {
  const Client alice = azure(universe, Who::Alice);
  const std::string order = quote(alice, demo::kContosoAzure);
  Answer accepted;
  alice.ok({.operation = ArmPurchaseReservation,
            .path = order_path(order),
            .query = kApiVersion,
            .body = purchase_of(demo::kContosoAzure).dump()},
           &accepted);
  EXPECT_TRUE(accepted.header("Location").find(order) != std::string::npos);
  EXPECT_NE(accepted.header("Retry-After"), "");
  const json read = alice.ok(
      {.operation = ArmGetReservationOrder, .path = order_path(order), .query = kApiVersion});
  EXPECT_EQ(read.at("properties").at("provisioningState"), "Succeeded");
  const json list =
      alice.ok({.operation = ArmListReservations, .path = order_path(order), .query = kApiVersion});
  EXPECT_EQ(list.at("value").size(), 1U);
}

TEST_F(Arm, MonthlyPaymentsOverThreeYears) {
  const Client alice = azure(universe, Who::Alice);
  json body = purchase_of(demo::kContosoAzure);
  body["properties"]["billingPlan"] = "Monthly";
  body["properties"]["term"] = "P3Y";
  const json price =
      alice.ok({.operation = ArmCalculatePrice, .query = kApiVersion, .body = body.dump()});
  EXPECT_EQ(price.at("properties").at("paymentSchedule").size(), 36U);
  const Path path = order_path(price.at("properties").at("reservationOrderId").get<std::string>());
  alice.ok({.operation = ArmPurchaseReservation,
            .path = path,
            .query = kApiVersion,
            .body = body.dump()});
  const json plan = alice
                        .ok({.operation = ArmGetReservationOrder,
                             .path = path,
                             .query = std::string{kApiVersion} + "&%24expand=schedule"})
                        .at("properties")
                        .at("planInformation");
  EXPECT_EQ(plan.at("transactions").size(), 36U);
}

TEST_F(Arm, EveryKindOfReservation) {
  struct Kind {
    const char *type, *sku, *location;
  };
  const Client alice = azure(universe, Who::Alice);
  for (const Kind& kind : {Kind{"SqlDatabases", "SQLMI_GP_Compute_Gen5", "westus2"},
                           Kind{"CosmosDb", "CosmosDB_100_RUs", "francecentral"},
                           Kind{"SuseLinux", "suse_sles_priority_1_2_vcpu", ""}}) {
    json body = purchase_of(demo::kContosoAzure);
    body["sku"]["name"] = kind.sku;
    body["location"] = kind.location;
    if (*kind.location == 0) {
      body.erase("location");
    }
    body["properties"]["reservedResourceType"] = "VirtualMachines";
    alice.refused({.operation = ArmCalculatePrice, .query = kApiVersion, .body = body.dump()},
                  ErrorCode::ArmCalculatePriceFailed);
    body["properties"]["reservedResourceType"] = kind.type;
    const json price =
        alice.ok({.operation = ArmCalculatePrice, .query = kApiVersion, .body = body.dump()});
    const Path path =
        order_path(price.at("properties").at("reservationOrderId").get<std::string>());
    alice.ok({.operation = ArmPurchaseReservation,
              .path = path,
              .query = kApiVersion,
              .body = body.dump()});
    const json list =
        alice.ok({.operation = ArmListReservations, .path = path, .query = kApiVersion});
    EXPECT_EQ(list.at("value").at(0).at("properties").at("reservedResourceType"), kind.type);
  }
}

TEST_F(Arm, SingleScope) {
  const Client alice = azure(universe, Who::Alice);
  json body = purchase_of(demo::kContosoAzure);
  body["properties"]["appliedScopeType"] = "Single";
  body["properties"]["appliedScopes"] = {std::string{"/subscriptions/"} + demo::kContosoAzure};
  const json price =
      alice.ok({.operation = ArmCalculatePrice, .query = kApiVersion, .body = body.dump()});
  const Path path = order_path(price.at("properties").at("reservationOrderId").get<std::string>());
  alice.ok({.operation = ArmPurchaseReservation,
            .path = path,
            .query = kApiVersion,
            .body = body.dump()});
  alice.ok({.operation = ArmListReservations, .path = path, .query = kApiVersion});
}

struct Flaw {
  const char* pointer;
  json value;  ///< null takes the member away
  ErrorCode error;
};

const std::vector<Flaw>& flaws() {
  static const std::vector<Flaw> rows{
      {"/sku/name", "", ErrorCode::ArmInvalidRequestContent},
      {"/properties/quantity", 0, ErrorCode::ArmInvalidRequestContent},
      {"/properties/billingPlan", "Never", ErrorCode::ArmInvalidRequestContent},
      {"/properties/appliedScopeType", "Everywhere", ErrorCode::ArmInvalidRequestContent},
      {"/properties/billingScopeId", "/subscriptions/x", ErrorCode::ArmInvalidSubscriptionId},
      {"/properties/term", "P2Y", ErrorCode::ArmUnsupportedReservationTerm},
      {"/properties/appliedScopeType", "Single", ErrorCode::ArmMissingAppliedScopesForSingle},
      {"/properties/appliedScopeType", "ManagementGroup", ErrorCode::ArmInvalidRequestContent},
  };
  return rows;
}

TEST_F(Arm, FlawedPurchases) {
  const Client alice = azure(universe, Who::Alice);
  const auto both = [&](const json& body, ErrorCode error) {
    alice.refused({.operation = ArmCalculatePrice, .query = kApiVersion, .body = body.dump()},
                  error);
    alice.refused({.operation = ArmPurchaseReservation,
                   .path = order_path(demo::kNobody),
                   .query = kApiVersion,
                   .body = body.dump()},
                  error);
  };
  for (const Flaw& flaw : flaws()) {
    json body = purchase_of(demo::kContosoAzure);
    body.at(json::json_pointer{flaw.pointer}) = flaw.value;
    both(body, flaw.error);
  }
  json body = purchase_of(demo::kContosoAzure);
  body["properties"]["appliedScopeType"] = "Single";
  body["properties"]["appliedScopes"] = {"/subscriptions/a", "/subscriptions/b"};
  both(body, ErrorCode::ArmInvalidSingleAppliedScopesCount);
  body["properties"]["appliedScopes"] = {std::string{"/subscriptions/"} + demo::kAbroadAzure};
  both(body, ErrorCode::ArmAppliedScopesNotAssociated);
  body = purchase_of(demo::kContosoAzure);
  body["location"] = "atlantis";
  both(body, ErrorCode::ArmInvalidLocationId);
  body = purchase_of(demo::kContosoAzure);
  body["sku"]["name"] = "Standard_Nothing";
  both(body, ErrorCode::ArmCalculatePriceFailed);
}

TEST_F(Arm, NoPriceWithoutReservations) {
  azure(universe, Who::AliceAbroad)
      .refused({.operation = ArmCalculatePrice,
                .query = kApiVersion,
                .body = purchase_of(demo::kAbroadAzure).dump()},
               ErrorCode::ArmNotSupportedCountry);
}

/// A quote that checks what a purchase checks.
TEST(ArmSwitches, AQuoteMayCheckAllThatAPurchaseChecks) {
  struct Row {
    Who who;
    const char* subscription;
    ErrorCode error;
  };
  Universe universe{{{"calculate-price-checks", "full"}}};
  for (const Row& row : {Row{Who::Alice, demo::kNobody, ErrorCode::ArmSubscriptionNotFound},
                         Row{Who::Alice, demo::kPermissionOffAzure, ErrorCode::ArmWrongIssuer},
                         Row{Who::Bob, demo::kContosoAzure, ErrorCode::ArmAuthorizationFailed},
                         Row{Who::AliceOff, demo::kPermissionOffAzure, ErrorCode::ArmForbidden}}) {
    azure(universe, row.who)
        .refused({.operation = ArmCalculatePrice,
                  .query = kApiVersion,
                  .body = purchase_of(row.subscription).dump()},
                 row.error);
  }
}

TEST(ArmSwitches, TheRefusalOfTheCustomerHasSeveralWords) {
  for (const auto& [word, error] :
       {std::pair{"ReservationOrderNotEnabled", ErrorCode::ArmReservationOrderNotEnabled},
        std::pair{"BadRequest", ErrorCode::ArmBadRequest},
        std::pair{"AuthorizationFailed", ErrorCode::ArmAuthorizationFailed}}) {
    const std::map<std::string, std::string> switches{{"calculate-price-checks", "full"},
                                                      {"customer-purchase-refusal", word}};
    Universe universe{switches};
    const Client client = azure(universe, Who::AliceOff);
    const std::string body = purchase_of(demo::kPermissionOffAzure).dump();
    client.refused({.operation = ArmCalculatePrice, .query = kApiVersion, .body = body}, error);
    client.refused({.operation = ArmPurchaseReservation,
                    .path = order_path(demo::kNobody),
                    .query = kApiVersion,
                    .body = body},
                   error);
  }
}

/// Who buys under which order id for which subscription, and what comes of it.
struct Attempt {
  Who who;
  const char* order;
  const char* subscription;
  ErrorCode error;
};

TEST_F(Arm, PurchasesThatAreRefused) {
  const Attempt attempts[] = {
      {Who::Alice, "nonsense", demo::kContosoAzure, ErrorCode::ArmInvalidReservationOrderId},
      {Who::Alice, demo::kNobody, demo::kNobody, ErrorCode::ArmSubscriptionNotFound},
      {Who::Alice, demo::kNobody, demo::kPermissionOffAzure, ErrorCode::ArmWrongIssuer},
      {Who::Bob, demo::kNobody, demo::kContosoAzure, ErrorCode::ArmAuthorizationFailed},
      {Who::AliceOff, demo::kNobody, demo::kPermissionOffAzure, ErrorCode::ArmForbidden},
      {Who::AliceAbroad, demo::kNobody, demo::kAbroadAzure, ErrorCode::ArmNotSupportedCountry},
      {Who::Alice, demo::kNobody, demo::kContosoAzure, ErrorCode::ArmSessionTimedOut},
  };
  for (const Attempt& attempt : attempts) {
    azure(universe, attempt.who)
        .refused({.operation = ArmPurchaseReservation,
                  .path = order_path(attempt.order),
                  .query = kApiVersion,
                  .body = purchase_of(attempt.subscription).dump()},
                 attempt.error);
  }
}

TEST_F(Arm, AnOrderIdBuysOnce) {
  const Client alice = azure(universe, Who::Alice);
  const std::string order = purchase(alice, demo::kContosoAzure);
  alice.refused({.operation = ArmPurchaseReservation,
                 .path = order_path(order),
                 .query = kApiVersion,
                 .body = purchase_of(demo::kContosoAzure).dump()},
                ErrorCode::ArmReservationOrderIdAlreadyExists);
}

TEST_F(Arm, AQuoteIsForWhatWasAsked) {
  const Client alice = azure(universe, Who::Alice);
  const std::string order = quote(alice, demo::kContosoAzure);
  json body = purchase_of(demo::kContosoAzure);
  body["properties"]["quantity"] = 2;
  alice.refused({.operation = ArmPurchaseReservation,
                 .path = order_path(order),
                 .query = kApiVersion,
                 .body = body.dump()},
                ErrorCode::ArmSessionTimedOut);
}

TEST_F(Arm, OrdersAreTheirBuyersOwn) {
  const std::string order = purchase(azure(universe, Who::Alice), demo::kContosoAzure);
  for (const OperationId operation : {ArmGetReservationOrder, ArmListReservations}) {
    const auto refused = [&](Who who, const std::string& id, ErrorCode error) {
      azure(universe, who)
          .refused({.operation = operation, .path = order_path(id), .query = kApiVersion}, error);
    };
    refused(Who::Alice, "nonsense", ErrorCode::ArmInvalidReservationOrderId);
    refused(Who::Alice, demo::kNobody, ErrorCode::ArmReservationOrderNotFound);
    refused(Who::Bob, order, ErrorCode::ArmAuthorizationFailed);
    refused(Who::AliceOff, order, ErrorCode::ArmAuthorizationFailed);
  }
}

TEST_F(Arm, ApplicationsAndDelegatedAgentsBuyToo) {
  purchase(azure(universe, Who::ContosoApp), demo::kContosoAzure);
  const Client agent{universe, universe.delegated_token(demo::kPermissionOff, kArmResource)};
  purchase(agent, demo::kPermissionOffAzure);
}

TEST_F(Arm, APurchaseShowsToThePartner) {
  purchase(azure(universe, Who::Alice), demo::kContosoAzure);
  const Client client = partner(universe);
  const Path customer = customer_path(demo::kContoso);
  EXPECT_EQ(client.ok({.operation = ListOrders, .path = customer}).at("totalCount"), 2);
  EXPECT_EQ(client.ok({.operation = ListEntitlements, .path = customer}).at("totalCount"), 1);
}

}  // namespace
}  // namespace pcsim::contract
