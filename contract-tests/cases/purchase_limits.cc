// What Microsoft, the seats and the sandbox make of purchases: orders, and lines of carts.
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cases/shop.h"

namespace pcsim::contract {
namespace {

using nlohmann::json;
using enum OperationId;

class PurchaseLimits : public Contract {
 protected:
  void refuse(const std::string& customer, const json& order, ErrorCode error,
              Who who = Who::Admin) {
    partner(universe, who)
        .refused({.operation = CreateOrder, .path = customer_path(customer), .body = order.dump()},
                 error);
  }
  /// A cart with the line carries the error when it is made and when it is updated.
  void flawed(const std::string& customer, json line, ErrorCode error, Who who = Who::Admin) {
    line.emplace("id", 0);
    line.emplace("quantity", 1);
    line.emplace("billingCycle", "annual");
    const std::string body = json{{"lineItems", json::array({line})}}.dump();
    const Client client = partner(universe, who);
    const json made =
        client.ok({.operation = CreateCart, .path = customer_path(customer), .body = body});
    Path path = customer_path(customer);
    path["cartId"] = made.at("id").get<std::string>();
    const json updated = client.ok({.operation = UpdateCart, .path = path, .body = body});
    for (const json& cart : {made, updated}) {
      const json& shown = cart.at("lineItems").at(0);
      ASSERT_TRUE(shown.contains("error")) << body;
      EXPECT_EQ(shown.at("error").at("errorCode").dump(), error_row(error).code) << body;
    }
  }
};

json with(json order, const char* member, const json& value) {
  order["lineItems"][0][member] = value;
  return order;
}

TEST_F(PurchaseLimits, OffersAndStock) {
  const Client client = partner(universe);
  refuse(demo::kContoso, seats_of(kRetired), ErrorCode::OfferNoLongerAvailable);
  refuse(demo::kContoso, seats_of(kLimited, 4), ErrorCode::InventoryNotAvailable);
  buy(client, demo::kContoso, seats_of(kLimited, 2));
  refuse(demo::kContoso, seats_of(kLimited, 2), ErrorCode::InventoryNotAvailable);
  buy(client, demo::kContoso, seats_of(kLimited, 1));
  refuse(demo::kWoodgrove, seats_of(kSoftware, 7), ErrorCode::OrderInProgress);
  refuse(demo::kContoso, seats_of(kAttested), ErrorCode::CatalogItemAttestationRequired);
  buy(client, demo::kContoso, with(seats_of(kAttested), "attestationAccepted", true));
  refuse(demo::kContoso, with(seats_of(kBasic), "promotionId", "none"),
         ErrorCode::InvalidPromotionCode);
  const std::string promoted =
      buy_subscription(client, demo::kContoso,
                       with(seats_of(kBasic), "promotionId", "39NFJQT1Q5KK:0001:39NFJQT1X1B1"));
  EXPECT_EQ(
      client.ok({.operation = GetSubscription, .path = subscription_path(demo::kContoso, promoted)})
          .at("promotionId"),
      "39NFJQT1Q5KK:0001:39NFJQT1X1B1");
  buy(client, demo::kContoso, seats_of(kBasicTrial));
  refuse(demo::kContoso, seats_of(kBasicTrial), ErrorCode::OfferUseLimitExceeded);
  refuse(demo::kContoso, seats_of(kBasic, 301), ErrorCode::LineItemQuantityOutOfRange);
  refuse(demo::kContoso, with(seats_of(kBasic), "customTermEndDate", "2020-01-31"),
         ErrorCode::CustomTermEndDateLineItemMismatch);
  refuse(demo::kLegacy, seats_of(kMetered), ErrorCode::SaasRequiresAzurePlan);
  refuse(demo::kContoso, seats_of(kMetered), ErrorCode::SaasAzurePlanNotFound);
  buy(client, demo::kContoso,
      with(seats_of(kMetered), "provisioningContext", {{"subscriptionId", demo::kContosoPlan}}));
  json dollars = seats_of(kBasic);
  dollars["currencyCode"] = "USD";
  refuse(demo::kContoso, dollars, ErrorCode::OrderCurrencyNotSupported);
  refuse(demo::kContoso, with(seats_of(kAddon), "parentSubscriptionId", demo::kNobody),
         ErrorCode::InvalidSubscription);
  const std::string item = reservation_item(client, true).catalogue_item;
  refuse(demo::kShared, order_of(item, {owned(demo::kShared, 1)}),
         ErrorCode::SubscriptionNotEnabledForReservations);
}

TEST_F(PurchaseLimits, UpgradesBlockPurchases) {
  refuse(demo::kPending, seats_of(kBasic), ErrorCode::PurchaseBlockedUpgradePending);
  refuse(demo::kInProgress, seats_of(kBasic), ErrorCode::PurchaseBlockedUpgradeInProgress);
  refuse(demo::kFailed, seats_of(kBasic), ErrorCode::PurchaseBlockedUpgradeFailed);
}

TEST_F(PurchaseLimits, Holds) {
  const std::vector<std::pair<const char*, ErrorCode>> holds{
      {kSeats, ErrorCode::TransactionEligibilityContactSupport},
      {kYearly, ErrorCode::TransactionNotEligible},
      {kSoftware, ErrorCode::CreditLineBelowThreshold},
      {"DG7GMGF0DWM3:0002:DG7GMGF0DT1E", ErrorCode::CreditLineBelowThresholdForbidden},
      {"DG7GMGF0DWM3:0002:DG7GMGF0DT1N", ErrorCode::TransactionNotEligibleForCustomer},
      {kSubscribed, ErrorCode::TransactionNotEligibleForOrder},
      {kBasic, ErrorCode::RiskManagementCheckFailed},
      {kBaseOffer, ErrorCode::CustomerTenantTagsMissing},
      {kEnterprise3, ErrorCode::InsufficientCreditLimit},
      {kBasicTrial, ErrorCode::CustomerSubscriptionLimitExceeded},
  };
  for (const auto& [item, error] : holds) {
    refuse(demo::kHeld, seats_of(item), error);
  }
  buy(partner(universe), demo::kHeld, seats_of(kLimited));
}

TEST_F(PurchaseLimits, TheSandbox) {
  const Client client = partner(universe, Who::Sandbox);
  const auto refused = [&](const char* customer, const json& order, ErrorCode error) {
    refuse(customer, order, error, Who::Sandbox);
  };
  const std::string plan = owned(demo::kSandboxCustomer, 1);
  refused(demo::kSandboxBeginner, order_of(kAzurePlan), ErrorCode::SandboxAzurePlanLimit);
  refused(demo::kSandboxBeginner, order_of(kMicrosoftAzure),
          ErrorCode::MaxAzureSubscriptionsPerPartnerExceeded);
  refused(demo::kSandboxCustomer,
          order_of(reservation_item(partner(universe)).catalogue_item, {plan}),
          ErrorCode::SandboxLimitMet);
  refused(demo::kSandboxCustomer, order_of(kB1s, {plan}, 3),
          ErrorCode::RemainingAssetLimitExceeded);
  refused(demo::kSandboxBeginner, seats_of(kBasic, 26), ErrorCode::MaxSeatsPerSubscriptionExceeded);
  buy(client, demo::kSandboxBeginner, seats_of(kBasic, 20));
  refused(demo::kSandboxBeginner, seats_of(kBasic, 6), ErrorCode::RemainingSeatLimitExceeded);
  for (const char* item : {kSeats, kYearly, kBaseOffer, kEnterprise3}) {
    buy(client, demo::kSandboxBeginner, seats_of(item));
  }
  refused(demo::kSandboxBeginner, seats_of(kBasicTrial),
          ErrorCode::MaxSubscriptionsPerCustomerExceeded);
}

TEST_F(PurchaseLimits, LinesOfCarts) {
  const Client client = partner(universe);
  const auto item = [](const char* id, const json& more = json::object()) {
    json line{{"catalogItemId", id}};
    line.update(more);
    return line;
  };
  const auto addon = [&](int seats, int quantity) {
    const std::string base =
        buy_subscription(client, demo::kContoso, seats_of(kBasic, seats, "annual", "P1Y"));
    return item(kBasicAddon, {{"quantity", quantity},
                              {"provisioningContext", {{"parentSubscriptionId", base}}}});
  };
  flawed(demo::kContoso, item(kRetired), ErrorCode::CartLineItemNotProcessable);
  flawed(demo::kContoso, item(kAttested), ErrorCode::CartAttestationNotAccepted);
  flawed(demo::kContoso, item(kBasic, {{"promotionId", "none"}}),
         ErrorCode::CartInvalidPromotionId);
  flawed(demo::kContoso, item(kBasic, {{"quantity", 301}}), ErrorCode::CartMaxSeatsExceeded);
  flawed(demo::kContoso, item(kBasic, {{"customTermEndDate", "2020-01-31"}}),
         ErrorCode::CartInvalidCustomTermEndDate);
  flawed(demo::kContoso,
         item(kSoftware, {{"billingCycle", "one_time"}, {"customTermEndDate", "2030-01-31"}}),
         ErrorCode::CartInvalidCustomTermEndDateProduct);
  flawed(demo::kContoso, item(kSoftware), ErrorCode::CartBillingPlanNotSupported);
  flawed(demo::kContoso,
         item(kBasicAddon, {{"provisioningContext", {{"parentSubscriptionId", demo::kNobody}}}}),
         ErrorCode::CartSubscriptionInvalid);
  flawed(demo::kContoso, addon(5, 5), ErrorCode::CartBaseOfferSeatQuantityNotMet);
  flawed(demo::kContoso, addon(10, 4), ErrorCode::CartMinimumAddOnSeatsNotMet);
  flawed(demo::kSandboxBeginner, item(kBasic, {{"quantity", 26}}),
         ErrorCode::CartSandboxLimitExceeded, Who::Sandbox);
}

TEST_F(PurchaseLimits, ACartThatIsBeingOrdered) {
  Path path = customer_path(demo::kWoodgrove);
  path["cartId"] = demo::kBusyCart;
  partner(universe).refused({.operation = CheckoutCart, .path = path},
                            ErrorCode::CartBeingProcessed);
}

TEST_F(PurchaseLimits, CartsKeepWhatLinesSay) {
  const Client client = partner(universe);
  const json line{{"id", 0},
                  {"catalogItemId", kAttested},
                  {"quantity", 1},
                  {"billingCycle", "annual"},
                  {"attestationAccepted", true}};
  const json cart = client.ok({.operation = CreateCart,
                               .path = customer_path(demo::kContoso),
                               .body = json{{"lineItems", json::array({line})}}.dump()});
  EXPECT_EQ(cart.at("lineItems").at(0).at("attestationAccepted"), true);
  Path path = customer_path(demo::kContoso);
  path["cartId"] = cart.at("id").get<std::string>();
  const json done = client.ok({.operation = CheckoutCart, .path = path});
  EXPECT_EQ(done.at("orders").at(0).at("lineItems").at(0).at("attestationAccepted"), true);
}

}  // namespace
}  // namespace pcsim::contract
