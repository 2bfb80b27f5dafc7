#include "domain/transfers/transfer.h"

#include <gtest/gtest.h>

#include "domain/commerce/commerce_testing.h"
#include "domain/transfers/intake.h"

namespace pcsim::testing_shop {
namespace {

using enum ErrorCode;

constexpr const char* kAzure = "e1000001-0000-4000-8000-000000000001";
constexpr const char* kOther = "e1000001-0000-4000-8000-000000000002";

/// A shop whose customer has a plan, and two Azure subscriptions that another partner bills.
struct Transfers : testing::Test {
  Shop shop{};
  Partner other{"other", "other.example", "Other", PartnerKind::Direct, "FR"};
  TransferDraft draft{};

  Transfers() {
    shop.own("plan", kAzurePlanItem);
    shop.world.partners.put(other.tenant_id, other);
    for (const char* id : {kAzure, kOther}) {
      AzureSubscription azure{id, shop.customer.id, "", "Elsewhere"};
      azure.billed_by = other.domain;
      shop.world.azure_subscriptions.put(id, azure);
    }
    draft.source_id = other.tenant_id;
  }
  AzureSubscription& azure(const char* id = kAzure) {
    return *shop.world.azure_subscriptions.edit(id);
  }
  Result<const Transfer*> ask() {
    return create_transfer(shop.world, shop.env, shop.scene(), draft, "user");
  }
  PurchaseScene as_source() {
    PurchaseScene scene = shop.scene();
    scene.partner = shop.world.partners.find(other.tenant_id);
    return scene;
  }
  ErrorCode refused(const Transfer& transfer, TransferAct act, bool by_source = true) {
    const auto checked =
        check_transfer_act(by_source ? as_source() : shop.scene(), transfer, act, {});
    return checked ? OK_ : checked.error().code;
  }
  static constexpr ErrorCode OK_ = ErrorCode::UniverseNotFound;
};

TEST_F(Transfers, MoveUnderThePlanOnAcceptance) {
  const Transfer asked = **ask();
  EXPECT_EQ(asked.status, TransferStatus::Active);
  EXPECT_EQ(refused(asked, TransferAct::Accept, false), TransferRequestNotProcessable);
  EXPECT_EQ(refused(asked, TransferAct::Withdraw), TransferRequestNotProcessable);
  EXPECT_EQ(refused(asked, TransferAct::Accept), OK_);
  azure(kOther).sync_complete = false;
  const Transfer done = accept_transfer(shop.world, shop.env, as_source(), asked);
  EXPECT_EQ(done.status, TransferStatus::PartiallyComplete);
  EXPECT_EQ(azure().plan_id, "plan");
  EXPECT_EQ(azure().billed_by, "");
  EXPECT_EQ(azure(kOther).plan_id, "");
  EXPECT_EQ(refused(done, TransferAct::Reject), TransferBeingProcessed);
  shop.env.now += 2 * kSecond;
  EXPECT_EQ(refused(done, TransferAct::Reject), TransferRequestNotProcessable);
}

TEST_F(Transfers, ReservationsKeepASubscriptionWhereItIs) {
  const Transfer asked = **ask();
  Reservation bought;
  bought.billing_subscription_id = kAzure;
  shop.world.reservations.put("r", bought);
  EXPECT_EQ(refused(asked, TransferAct::Accept), TransferReservationsPresent);
  EXPECT_EQ(refused(asked, TransferAct::Reject), OK_);
  shop.world.reservations.edit("r")->billing_subscription_id = "x";
  shop.world.reservations.edit("r")->applied_scopes = {std::string{"/subscriptions/"} + kAzure};
  EXPECT_EQ(refused(asked, TransferAct::Accept), TransferReservationsPresent);
  shop.world.reservations.edit("r")->cancelled = true;
  EXPECT_EQ(refused(asked, TransferAct::Accept), OK_);
}

TEST_F(Transfers, ClosedOnesArePartlyForgotten) {
  for (int round = 0; round < 130; ++round) {
    ++shop.env.now;
    const auto asked = ask();
    ASSERT_TRUE(asked);
    reject_transfer(shop.world, shop.env, **asked);
  }
  const auto left = transfers_of(shop.world, shop.customer, other);
  EXPECT_EQ(left.size(), 100U);
  EXPECT_EQ(left.back()->created, shop.env.now) << "the oldest are forgotten";
}

TEST_F(Transfers, AreOfTheirTwoSides) {
  const Transfer asked = **ask();
  EXPECT_TRUE(find_transfer(shop.world, shop.customer, other, asked.id));
  Partner third{"third", "third.example", "Third", PartnerKind::Direct, "FR"};
  EXPECT_EQ(find_transfer(shop.world, shop.customer, third, asked.id).error().code,
            TransferNotFound);
  EXPECT_FALSE(takes_part_in_transfers(shop.world, shop.customer, third));
  EXPECT_TRUE(takes_part_in_transfers(shop.world, shop.customer, other));
}

TEST(Intake, LeavesReservationsBehind) {
  Shop shop;
  shop.own("plan", kAzurePlanItem);
  AzureSubscription azure{kAzure, shop.customer.id, "", "Elsewhere"};
  azure.billed_by = "enterprise";
  shop.world.azure_subscriptions.put(kAzure, azure);
  Reservation bought;
  bought.customer_id = shop.customer.id;
  bought.billing_subscription_id = kAzure;
  bought.elsewhere = true;
  shop.world.reservations.put("r", bought);
  EXPECT_EQ(check_intake({azure, *shop.world.subscriptions.find("plan")}, nullptr), "");
  take_in(shop.world, shop.env, kAzure, "plan");
  EXPECT_EQ(shop.world.azure_subscriptions.find(kAzure)->plan_id, "plan");
  EXPECT_TRUE(shop.world.reservations.find("r")->elsewhere);
  EXPECT_TRUE(shop.world.reservations.find("r")->partner_order_id.empty());
}

}  // namespace
}  // namespace pcsim::testing_shop
