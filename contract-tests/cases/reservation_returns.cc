// Reservations given back, for money or for others, and what everybody sees of it.
#include <nlohmann/json.hpp>

#include "cases/story.h"

namespace pcsim::contract {
namespace {

using nlohmann::json;
using enum OperationId;

json body_of(const json& properties) { return {{"properties", properties}}; }

json units_of(const Bought& bought, int quantity) {
  return {{"reservationId", bought.path()}, {"quantity", quantity}};
}

class ReservationReturns : public Contract {
 protected:
  Client agent() { return agent_for(universe, demo::kContoso); }
  Bought buy(int quantity, const char* plan = "Upfront") {
    json body = purchase_of(demo::kContosoAzure);
    body["properties"]["quantity"] = quantity;
    body["properties"]["billingPlan"] = plan;
    return buy_reservation(azure(universe, Who::Alice), body);
  }
  json calculated(const Bought& bought, int quantity) {
    return agent()
        .ok({.operation = ArmCalculateRefund,
             .path = {{"orderId", bought.order}},
             .query = kApiVersion,
             .body = body_of({{"reservationToReturn", units_of(bought, quantity)}}).dump()})
        .at("properties");
  }
  Ask returned(const Bought& bought, int quantity, const std::string& session) {
    return {.operation = ArmReturnReservation,
            .path = {{"orderId", bought.order}},
            .query = kApiVersion,
            .body = body_of({{"sessionId", session},
                             {"scope", "Reservation"},
                             {"returnReason", "Wrong size"},
                             {"reservationToReturn", units_of(bought, quantity)}})
                        .dump()};
  }
  json give_back(const Bought& bought, int quantity) {
    const json quote = calculated(bought, quantity);
    return agent().ok(returned(bought, quantity, quote.at("sessionId").get<std::string>()));
  }
  /// Waits for an operation and answers it.
  json result(const Answer& accepted) {
    const std::string address = accepted.header("Azure-AsyncOperation");
    EXPECT_EQ(address, accepted.header("Location"));
    const std::string id = address.substr(address.rfind('/') + 1);
    return agent().ok({.operation = ArmGetOperationResult,
                       .path = {{"operationId", id.substr(0, id.find('?'))}},
                       .query = kApiVersion});
  }
  json quoted(const json& properties) {
    Answer answer;
    agent().ok({.operation = ArmCalculateExchange,
                .query = kApiVersion,
                .body = body_of(properties).dump()},
               &answer);
    return result(answer);
  }
  json order_of_partner() {
    const json list =
        partner(universe).ok({.operation = ListOrders, .path = customer_path(demo::kContoso)});
    return list.at("items").back();
  }
};

TEST_F(ReservationReturns, APartIsReturned) {
  const Bought bought = buy(3);
  const json quote = calculated(bought, 1);
  EXPECT_EQ(quote.at("billingRefundAmount").at("amount"), 57.96);
  EXPECT_EQ(quote.at("pricingRefundAmount").at("amount"), 63);
  EXPECT_EQ(quote.at("policyResult").at("properties").at("maxRefundLimit").at("amount"), 50'000);
  EXPECT_TRUE(quote.at("policyResult").at("properties").at("policyErrors").empty());
  give_back(bought, 1);
  EXPECT_EQ(calculated(bought, 2)
                .at("policyResult")
                .at("properties")
                .at("consumedRefundsTotal")
                .at("amount"),
            63);
  const json row =
      agent().ok({.operation = ArmGetReservation, .path = bought.in_path(), .query = kApiVersion});
  EXPECT_EQ(row.at("properties").at("quantity"), 2);
  give_back(bought, 2);
  const json order = agent().ok({.operation = ArmGetReservationOrder,
                                 .path = {{"orderId", bought.order}},
                                 .query = std::string{kApiVersion} + "&$expand=schedule"});
  EXPECT_EQ(order.at("properties").at("provisioningState"), "Cancelled");
  EXPECT_EQ(order.at("properties").at("originalQuantity"), 3);
  EXPECT_EQ(partner(universe)
                .ok({.operation = ListEntitlements, .path = customer_path(demo::kContoso)})
                .at("totalCount"),
            0);
}

TEST_F(ReservationReturns, MonthlyPaymentsEndWithTheReturn) {
  const Bought bought = buy(3, "Monthly");
  const json information = calculated(bought, 1).at("billingInformation");
  EXPECT_EQ(information.at("completedTransactions"), 1);
  EXPECT_EQ(information.at("totalTransactions"), 12);
  EXPECT_EQ(information.at("billingCurrencyTotalPaidAmount").at("amount"), 14.49);
  EXPECT_EQ(information.at("billingCurrencyProratedAmount").at("amount"), 9.66);
  EXPECT_EQ(information.at("billingCurrencyRemainingCommitmentAmount").at("amount"), 53.13);
  give_back(bought, 3);
  const json plan = agent()
                        .ok({.operation = ArmGetReservationOrder,
                             .path = {{"orderId", bought.order}},
                             .query = std::string{kApiVersion} + "&$expand=schedule"})
                        .at("properties")
                        .at("planInformation");
  EXPECT_EQ(plan.at("transactions").at(1).at("status"), "Cancelled");
  EXPECT_FALSE(plan.contains("nextPaymentDueDate"));
}

TEST_F(ReservationReturns, ReturnsThatAreRefused) {
  const Bought bought = buy(2);
  const std::string session = calculated(bought, 1).at("sessionId").get<std::string>();
  agent().refused(returned(bought, 2, session), ErrorCode::ArmRefundSessionTimedOut);
  agent().refused(returned(bought, 1, demo::kNobody), ErrorCode::ArmRefundSessionTimedOut);
  agent().refused(returned(bought, 3, session), ErrorCode::ArmInvalidRefundQuantity);
  const auto no_quote = [&](const Client& client, int quantity, ErrorCode error) {
    client.refused({.operation = ArmCalculateRefund,
                    .path = {{"orderId", bought.order}},
                    .query = kApiVersion,
                    .body = body_of({{"reservationToReturn", units_of(bought, quantity)}}).dump()},
                   error);
  };
  no_quote(agent(), 3, ErrorCode::ArmInvalidRefundQuantity);
  no_quote(azure(universe, Who::Alice), 1, ErrorCode::ArmChangeForbidden);
  azure(universe, Who::Alice).refused(returned(bought, 1, session), ErrorCode::ArmChangeForbidden);
  agent().ok(returned(bought, 1, session));
  agent().refused(returned(bought, 1, session), ErrorCode::ArmRefundSessionTimedOut);
  give_back(bought, 1);
  no_quote(agent(), 1, ErrorCode::ArmOperationNotAllowedInState);
  agent().refused(returned(bought, 1, session), ErrorCode::ArmOperationNotAllowedInState);
}

TEST_F(ReservationReturns, TheLimitRefusesTheWholeReturn) {
  const Bought bought = buy(800);  // 50,400 US dollars
  const json quote = calculated(bought, 800);
  EXPECT_EQ(quote.at("policyResult").at("properties").at("policyErrors").at(0).at("code"),
            "RefundLimitExceeded");
  agent().refused(returned(bought, 800, quote.at("sessionId").get<std::string>()),
                  ErrorCode::ArmRefundLimitExceeded);
  give_back(bought, 700);
}

TEST_F(ReservationReturns, SoftwarePlansAreNotTakenBack) {
  json body = purchase_of(demo::kContosoAzure);
  body["sku"]["name"] = "suse_sles_priority_1_2_vcpu";
  body.erase("location");
  body["properties"]["reservedResourceType"] = "SuseLinux";
  const Bought bought = buy_reservation(azure(universe, Who::Alice), body);
  const json quote = calculated(bought, 1);
  EXPECT_EQ(quote.at("policyResult").at("properties").at("policyErrors").at(0).at("code"),
            "SelfServiceRefundNotSupported");
  agent().refused(returned(bought, 1, quote.at("sessionId").get<std::string>()),
                  ErrorCode::ArmSelfServiceRefundNotSupported);
}

TEST_F(ReservationReturns, AnExchangeMovesWhatRemains) {
  const Bought bought = buy(2);
  json wanted = purchase_of(demo::kContosoAzure);
  wanted["sku"]["name"] = "Standard_B2s";
  const json wish{{"reservationsToExchange", json::array({units_of(bought, 2)})},
                  {"reservationsToPurchase", json::array({wanted})}};
  const json quote = quoted(wish);
  ASSERT_EQ(quote.at("status"), "Succeeded") << quote.dump(2);
  const json& figures = quote.at("properties");
  EXPECT_EQ(figures.at("refundsTotal").at("amount"), 115.92);
  EXPECT_EQ(figures.at("purchasesTotal").at("amount"), 233.68);
  EXPECT_EQ(figures.at("netPayable").at("amount"), 117.76);
  const Ask exchange{.operation = ArmExchange,
                     .query = kApiVersion,
                     .body = body_of({{"sessionId", figures.at("sessionId")}}).dump()};
  azure(universe, Who::Alice).refused(exchange, ErrorCode::ArmChangeForbidden);
  azure(universe, Who::Bob).refused(exchange, ErrorCode::ArmAuthorizationFailed);
  Answer answer;
  agent().ok(exchange, &answer);
  const json done = result(answer);
  EXPECT_EQ(done.at("status"), "Succeeded");
  EXPECT_EQ(done.at("name"), figures.at("sessionId")) << "the operation has the session's id";
  const json& made = done.at("properties").at("reservationsToPurchase").at(0);
  EXPECT_EQ(made.at("status"), "Succeeded");
  EXPECT_TRUE(made.contains("reservationId"));
  const json row =
      agent().ok({.operation = ArmGetReservation, .path = bought.in_path(), .query = kApiVersion});
  EXPECT_EQ(row.at("properties").at("provisioningState"), "Cancelled");
  EXPECT_EQ(row.at("properties").at("swapProperties").at("swapDestination"),
            made.at("reservationId"));
  agent().refused(exchange, ErrorCode::ArmExchangeSessionTimedOut);
}

TEST_F(ReservationReturns, ExchangesThatFail) {
  const Bought bought = buy(2);
  json wanted = purchase_of(demo::kContosoAzure);
  const auto code = [&](const json& wish) {
    const json answer = quoted(wish);
    EXPECT_EQ(answer.at("status"), "Failed") << answer.dump(2);
    return answer.at("error").at("code").get<std::string>();
  };
  const json gives = json::array({units_of(bought, 2)});
  EXPECT_EQ(
      code({{"reservationsToExchange", gives}, {"reservationsToPurchase", json::array({wanted})}}),
      "PurchaseTotalLessThanRefundTotal");
  EXPECT_EQ(code({{"reservationsToExchange", gives}}), "InvalidExchange");
  EXPECT_EQ(code({{"reservationsToExchange", gives},
                  {"savingsPlansToPurchase",
                   json::array({json{{"sku", json{{"name", "Compute_Savings_Plan"}}}}})}}),
            "SavingsPlanExchangeNotSupported");
  EXPECT_EQ(code({{"reservationsToExchange", json::array({units_of(bought, 3)})},
                  {"reservationsToPurchase", json::array({wanted})}}),
            "InvalidRefundQuantity");
  EXPECT_EQ(
      code({{"reservationsToExchange", json::array({units_of(bought, 1), units_of(bought, 1)})},
            {"reservationsToPurchase", json::array({wanted})}}),
      "InvalidExchange");
  json plan = purchase_of(demo::kContosoAzure);
  plan["sku"]["name"] = "suse_sles_priority_1_2_vcpu";
  plan.erase("location");
  plan["properties"]["reservedResourceType"] = "SuseLinux";
  const Bought software = buy_reservation(azure(universe, Who::Alice), plan);
  EXPECT_EQ(code({{"reservationsToExchange", json::array({units_of(software, 1)})},
                  {"reservationsToPurchase", json::array({plan})}}),
            "SelfServiceRefundNotSupported");
  wanted["sku"]["name"] = "CosmosDB_100_RUs";
  wanted["properties"]["reservedResourceType"] = "CosmosDb";
  wanted["properties"]["quantity"] = 100;
  EXPECT_EQ(
      code({{"reservationsToExchange", gives}, {"reservationsToPurchase", json::array({wanted})}}),
      "ProductFamilyMismatch");
}

TEST_F(ReservationReturns, ComputeOfLaterYearsIsNotExchanged) {
  universe.advance(800LL * 86'400);
  const Bought bought = buy(1);
  const json answer =
      quoted({{"reservationsToExchange", json::array({units_of(bought, 1)})},
              {"reservationsToPurchase", json::array({purchase_of(demo::kContosoAzure)})}});
  EXPECT_EQ(answer.at("error").at("code"), "ExchangeNotSupported");
}

TEST_F(ReservationReturns, ExchangesThatAreRefused) {
  const Bought bought = buy(1);
  const Bought other = buy(1);
  const auto refused = [&](const Client& client, const std::string& reservation, ErrorCode error) {
    client.refused(
        {.operation = ArmCalculateExchange,
         .query = kApiVersion,
         .body = body_of({{"reservationsToExchange",
                           json::array({json{{"reservationId", reservation}, {"quantity", 1}}})}})
                     .dump()},
        error);
  };
  refused(azure(universe, Who::Alice), bought.path(), ErrorCode::ArmChangeForbidden);
  refused(azure(universe, Who::Bob), bought.path(), ErrorCode::ArmAuthorizationFailed);
  refused(agent(), "nonsense", ErrorCode::ArmInvalidReservationId);
  refused(agent(), Bought{"nonsense", bought.id}.path(), ErrorCode::ArmInvalidReservationOrderId);
  refused(agent(), Bought{demo::kNobody, demo::kNobody}.path(),
          ErrorCode::ArmReservationOrderNotFound);
  refused(agent(), Bought{bought.order, other.id}.path(),
          ErrorCode::ArmReservationIdNotInReservationOrder);
  agent().refused({.operation = ArmExchange,
                   .query = kApiVersion,
                   .body = body_of({{"sessionId", demo::kNobody}}).dump()},
                  ErrorCode::ArmExchangeSessionTimedOut);
  agent().refused({.operation = ArmGetOperationResult,
                   .path = {{"operationId", demo::kNobody}},
                   .query = kApiVersion},
                  ErrorCode::ArmOperationResultNotFound);
}

TEST_F(ReservationReturns, WhatKeepsAPurchaseFromBeingCarriedOut) {
  const Client alice = azure(universe, Who::Alice);
  const auto refused = [&](const json& body, ErrorCode error) {
    const json price =
        alice.ok({.operation = ArmCalculatePrice, .query = kApiVersion, .body = body.dump()});
    alice.refused(
        {.operation = ArmPurchaseReservation,
         .path = {{"orderId", price.at("properties").at("reservationOrderId").get<std::string>()}},
         .query = kApiVersion,
         .body = body.dump()},
        error);
  };
  json body = purchase_of(demo::kContosoAzure);
  const auto hold = [&](const char* reason) {
    EXPECT_EQ(universe.act("microsoft-holds-purchases",
                           json{{"customerId", demo::kContoso}, {"reason", reason}}.dump()),
              200);
  };
  for (const auto& [reason, error] :
       {std::pair{"risk", ErrorCode::ArmRiskCheckFailed},
        std::pair{"credit_line", ErrorCode::ArmBillingPaymentInstrumentSoftError},
        std::pair{"credit_line_refused", ErrorCode::ArmBillingPaymentInstrumentHardError},
        std::pair{"contact_support", ErrorCode::ArmPurchaseError}}) {
    hold(reason);
    refused(body, error);
  }
  hold("none");
  body["properties"]["appliedScopeType"] = "Single";
  body["properties"]["appliedScopes"] = {std::string{"/subscriptions/"} + demo::kContosoAzure};
  body["properties"]["quantity"] = 11;
  refused(body, ErrorCode::ArmQuotaCheckFailed);
  body["properties"]["quantity"] = 10;
  buy_reservation(alice, body);
  body["properties"]["quantity"] = 1;
  refused(body, ErrorCode::ArmQuotaCheckFailed);
  body = purchase_of(demo::kContosoAzure);
  const json orders =
      partner(universe).ok({.operation = ListOrders, .path = customer_path(demo::kContoso)});
  std::string item;
  for (const json& order : orders.at("items")) {
    for (const json& line : order.at("lineItems")) {
      if (line.value("friendlyName", "") == "Machines") {
        item = line.at("offerId").get<std::string>();
      }
    }
  }
  ASSERT_NE(item, "");
  EXPECT_EQ(universe.act("microsoft-changes-offer", json{{"item", item}, {"stock", "1"}}.dump()),
            200);
  body["properties"]["quantity"] = 2;
  refused(body, ErrorCode::ArmFulfillmentOutOfStockError);
  EXPECT_EQ(
      universe.act("microsoft-changes-offer", json{{"item", item}, {"withdrawn", true}}.dump()),
      200);
  refused(body, ErrorCode::ArmProductUnavailable);
}

TEST_F(ReservationReturns, ASubscriptionThatIsCancelledPaysForNothing) {
  Path path = subscription_path(demo::kContoso, demo::kContosoPlan);
  path["entitlementId"] = demo::kContosoAzure;
  partner(universe, Who::Director)
      .ok({.operation = CancelAzureEntitlement,
           .path = path,
           .body = R"({"cancellationReason":"Compromise"})"});
  const Client alice = azure(universe, Who::Alice);
  alice.refused({.operation = ArmPurchaseReservation,
                 .path = {{"orderId", quote(alice, demo::kContosoAzure)}},
                 .query = kApiVersion,
                 .body = purchase_of(demo::kContosoAzure).dump()},
                ErrorCode::ArmNonsupportedAccountId);
}

TEST_F(ReservationReturns, ThreePricesOfOneReservation) {
  EXPECT_EQ(universe.act("microsoft-grants-discount",
                         json{{"partnerId", demo::kFabrikam}, {"discount", "0.15"}}.dump()),
            200);
  EXPECT_EQ(universe.act("partner-sets-price", json{{"customerId", demo::kContoso},
                                                    {"skuName", "Standard_B1s"},
                                                    {"location", "westus"},
                                                    {"term", "P1Y"},
                                                    {"currency", "EUR"},
                                                    {"amount", "70.00"}}
                                                   .dump()),
            200);
  const Client alice = azure(universe, Who::Alice);
  const json price = alice.ok({.operation = ArmCalculatePrice,
                               .query = kApiVersion,
                               .body = purchase_of(demo::kContosoAzure).dump()});
  EXPECT_EQ(price.at("properties").at("billingCurrencyTotal").at("amount"), 57.96);
  const std::string order = purchase(alice, demo::kContosoAzure);
  universe.advance(40LL * 86'400);
  const Client client = partner(universe);
  double charged = 0;
  const json invoices = client.ok({.operation = ListInvoices});
  for (const json& invoice : invoices.at("items")) {
    const json lines = client.ok({.operation = ListInvoiceLinesOfType,
                                  .path = {{"invoiceId", invoice.at("id").get<std::string>()},
                                           {"provider", "onetime"},
                                           {"lineItemType", "billinglineitems"}}});
    for (const json& line : lines.at("items")) {
      if (line.value("reservationOrderId", "") == order) {
        charged += line.at("subtotal").get<double>();
      }
    }
  }
  EXPECT_DOUBLE_EQ(charged, 49.27) << "85 percent of 63 US dollars";
}

/// Nobody tells the partner; it finds the purchase where it looks.
TEST_F(ReservationReturns, APurchaseIsThereForThePartnerToFind) {
  const std::string order = purchase(azure(universe, Who::Alice), demo::kContosoAzure);
  const Client client = partner(universe);
  const Path customer = customer_path(demo::kContoso);
  EXPECT_EQ(client.ok({.operation = ListEntitlements, .path = customer}).at("totalCount"), 1);
  bool recorded = false;
  const json audit = client.ok({.operation = ListAuditRecords});
  for (const json& record : audit.at("items")) {
    recorded = recorded || record.dump().find(order) != std::string::npos;
  }
  EXPECT_TRUE(recorded);
}

TEST(ReturnSwitches, AFeeIsTaken) {
  Universe universe{{{"refund-fee", "12-percent"}, {"refund-limit", "cash"}}};
  const Client agent = agent_for(universe, demo::kContoso);
  const Bought bought =
      buy_reservation(azure(universe, Who::Alice), purchase_of(demo::kContosoAzure));
  const json quote =
      agent
          .ok({.operation = ArmCalculateRefund,
               .path = {{"orderId", bought.order}},
               .query = kApiVersion,
               .body = body_of({{"reservationToReturn", units_of(bought, 1)}}).dump()})
          .at("properties");
  EXPECT_EQ(quote.at("billingRefundAmount").at("amount"), 51.0);  // 57.96 - 6.96
}

}  // namespace
}  // namespace pcsim::contract
