#include "domain/commerce/subscription_update.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <utility>

#include "domain/commerce/commerce_testing.h"

namespace pcsim::testing_shop {
namespace {

using enum ErrorCode;
using Change = SubscriptionChange;

/// A subscription `s`, what is wanted of it, and which rule refuses that.
struct Case {
  const char* rule;
  ErrorCode error;
  const char* offer;
  void (*arrange)(Shop& shop, Subscription& row, Change& wanted);
};

constexpr Instant kLate = 20 * kDay;

ScheduledChange scheduled(const char* offer, const char* term, std::int64_t quantity) {
  return {offer, "annual", term, quantity};
}

const Case kCases[] = {
    {"etag current", EtagNoLongerValid, kBase,
     [](Shop&, Subscription&, Change& wanted) { wanted.etag_stale = true; }},
    {"no change under way", SubscriptionOperationPending, kSeats,
     [](Shop&, Subscription& row, Change&) { row.changing_until = 9 * kDay; }},
    {"subscription ready", SubscriptionNotReadyConflict, kSeats,
     [](Shop&, Subscription& row, Change&) { row.provisioned = 9 * kDay; }},
    {"subscription not deleted to change it", DeletedSubscriptionNotUpdatable, kSeats,
     [](Shop&, Subscription& row, Change&) { row.status = SubscriptionStatus::Deleted; }},
    {"offer's subscriptions may be changed", OfferUpdatesNotAllowed, kSeats,
     [](Shop& shop, Subscription&, Change&) {
       shop.world.offers.put("n@", {"n", "", false, std::nullopt, OfferUpdates::Refused});
     }},
    {"offer's changes not paused", SubscriptionUpdatesCurrentlyNotAllowed, kSeats,
     [](Shop& shop, Subscription&, Change&) {
       shop.world.offers.put("n@", {"n", "", false, std::nullopt, OfferUpdates::Paused});
     }},
    {"service activated", SubscriptionNotActivatedForUpdate, kMetered,
     [](Shop&, Subscription& row, Change&) { row.activated = false; }},
    {"not changed too often", SubscriptionUpdatedTooManyTimes, kSeats,
     [](Shop&, Subscription& row, Change&) { row.updates = 1000; }},
    {"status can follow", AssetStatusChangeNotAllowed, kBase,
     [](Shop&, Subscription&, Change& wanted) { wanted.status = "deleted"; }},
    {"status can follow", AssetStatusChangeNotAllowed, kSeats,
     [](Shop&, Subscription& row, Change& wanted) {
       row.status = SubscriptionStatus::Expired;
       wanted.status = "active";
     }},
    {"subscription not expired", SubscriptionExpiring, kSeats,
     [](Shop&, Subscription& row, Change&) { row.status = SubscriptionStatus::Expired; }},
    {"subscription not disabled", SubscriptionUpdatesNoLongerAllowed, kSeats,
     [](Shop&, Subscription& row, Change&) { row.status = SubscriptionStatus::Disabled; }},
    {"kind can be suspended", SubscriptionStatusNotUpdatable, kMetered,
     [](Shop&, Subscription&, Change& wanted) { wanted.status = "suspended"; }},
    {"usage is not deleted", NotSupported, kMicrosoftAzureOffer.data(),
     [](Shop&, Subscription&, Change& wanted) { wanted.status = "deleted"; }},
    {"plan without usage", AzurePlanHasActiveSubscriptions, kAzurePlanItem.data(),
     [](Shop&, Subscription&, Change& wanted) { wanted.status = "suspended"; }},
    {"parent active", ParentSubscriptionNotActive, kAddon,
     [](Shop&, Subscription& row, Change& wanted) {
       row.parent_id = "none";
       row.status = SubscriptionStatus::Suspended;
       wanted.status = "active";
     }},
    {"quantity not changed while suspended", QuantityChangeWhileSuspended, kBase,
     [](Shop&, Subscription&, Change& wanted) {
       wanted.status = "suspended";
       wanted.quantity = 11;
     }},
    {"suspended subscription untouched", SuspendedSubscriptionNotUpdatable, kSeats,
     [](Shop&, Subscription& row, Change& wanted) {
       row.status = SubscriptionStatus::Suspended;
       wanted.friendly_name = "other";
     }},
    {"cancelled within hours", CancellationWindowHoursPassed, kSeats,
     [](Shop& shop, Subscription&, Change& wanted) {
       shop.env.now = kLate;
       wanted.status = "deleted";
     }},
    {"cancelled within days", CancellationWindowDaysPassed, kMetered,
     [](Shop& shop, Subscription&, Change& wanted) {
       shop.env.now = kLate;
       wanted.status = "deleted";
     }},
    {"usage has no seats", SeatQuantityNotUpdatable, kAzurePlanItem.data(),
     [](Shop&, Subscription&, Change& wanted) { wanted.quantity = 2; }},
    {"no seats added under Software Assurance", SoftwareAssuranceSeatIncreaseNotAllowed, kBase,
     [](Shop&, Subscription& row, Change& wanted) {
       row.software_assurance = true;
       wanted.quantity = row.quantity + 1;
     }},
    {"software keeps its quantity", CatalogItemQuantityChangeNotEligible, kSubscribed,
     [](Shop&, Subscription&, Change& wanted) { wanted.quantity = 11; }},
    {"sandbox's seats", MaxSeatsPerSubscriptionExceeded, kSeats,
     [](Shop& shop, Subscription&, Change& wanted) {
       shop.world.partners.edit("direct")->sandbox = true;
       wanted.quantity = 26;
     }},
    {"quantity allowed", SubscriptionQuantityOutOfRange, kSeats,
     [](Shop&, Subscription&, Change& wanted) { wanted.quantity = 301; }},
    {"offer on sale to add seats", InitialTermNoLongerAvailable, kSeats,
     [](Shop& shop, Subscription&, Change& wanted) {
       shop.world.offers.put("n@", {"n", "", true});
       wanted.quantity = 11;
     }},
    {"monthly service keeps its seats", SubscriptionQuantityDecreaseNotAllowed, kMetered,
     [](Shop&, Subscription& row, Change& wanted) {
       row.term_duration = "P1M";
       wanted.quantity = 9;
     }},
    {"seats given back within hours", SeatReductionWindowHoursPassed, kSeats,
     [](Shop& shop, Subscription&, Change& wanted) {
       shop.env.now = kLate;
       wanted.quantity = 9;
     }},
    {"seats given back within days", SeatReductionWindowDaysPassed, kMetered,
     [](Shop& shop, Subscription&, Change& wanted) {
       shop.env.now = kLate;
       wanted.quantity = 9;
     }},
    {"partner on record can be changed", PartnerOnRecordNotUpdatable, kSeats,
     [](Shop&, Subscription&, Change& wanted) { wanted.partner_id = "3"; }},
    {"partner on record is known", MpnIdNotFound, kSeats,
     [](Shop& shop, Subscription&, Change& wanted) {
       shop.sell_as_provider();
       wanted.partner_id = "99";
     }},
    {"partner on record resells", MpnIdNotReseller, kSeats,
     [](Shop& shop, Subscription&, Change& wanted) {
       shop.sell_as_provider();
       wanted.partner_id = "4";
     }},
    {"kind renews itself", AutoRenewNotEligible, kAzurePlanItem.data(),
     [](Shop&, Subscription&, Change& wanted) { wanted.auto_renew = true; }},
    {"legacy cycle by its order", BillingCycleRequiresOrderUpdate, kBase,
     [](Shop&, Subscription&, Change& wanted) { wanted.billing_cycle = "annual"; }},
    {"cycle can be changed", BillingCycleNotUpdatable, kMetered,
     [](Shop&, Subscription&, Change& wanted) { wanted.billing_cycle = "annual"; }},
    {"cycle not longer than the term", BillingCycleLongerThanTerm, kSeats,
     [](Shop&, Subscription& row, Change& wanted) {
       row.term_duration = "P1M";
       wanted.billing_cycle = "annual";
     }},
    {"cycle of the offer", BillingCycleInvalid, kSeats,
     [](Shop&, Subscription&, Change& wanted) { wanted.billing_cycle = "triennial"; }},
    {"trial keeps its term", TrialTermChangeNotSupported, kTrial,
     [](Shop&, Subscription& row, Change& wanted) {
       row.trial = true;
       wanted.term_duration = "P3Y";
     }},
    {"kind has another term", NotSupported, kBase,
     [](Shop&, Subscription&, Change& wanted) { wanted.term_duration = "P3Y"; }},
    {"term of the offer", TermDurationInvalid, kSeats,
     [](Shop&, Subscription&, Change& wanted) { wanted.term_duration = "P2Y"; }},
    {"term not shorter", TargetTermDurationTooShort, kSeats,
     [](Shop&, Subscription&, Change& wanted) { wanted.term_duration = "P1M"; }},
    {"custom end of seats", CustomTermEndDateProductNotValid, kBase,
     [](Shop&, Subscription&, Change& wanted) {
       wanted.scheduled = scheduled(kBase, "P1Y", 1);
       wanted.scheduled->custom_term_end = 400 * kDay;
     }},
    {"schedule of seats", NotSupported, kBase,
     [](Shop&, Subscription&, Change& wanted) { wanted.scheduled = scheduled(kBase, "P1Y", 1); }},
    {"next charge of software", NotSupported, kSeats,
     [](Shop&, Subscription&, Change& wanted) { wanted.next_charge_cycle = "monthly"; }},
    {"scheduled offer exists", InvalidOfferId, kSeats,
     [](Shop&, Subscription&, Change& wanted) { wanted.scheduled = scheduled("no", "P1Y", 1); }},
    {"scheduled quantity allowed", SubscriptionQuantityOutOfRange, kSeats,
     [](Shop&, Subscription&, Change& wanted) {
       wanted.scheduled = scheduled(kSeats, "P1Y", 301);
     }},
    {"scheduled term of the offer", TermDurationInvalid, kSeats,
     [](Shop&, Subscription&, Change& wanted) { wanted.scheduled = scheduled(kSeats, "P2Y", 1); }},
    {"custom end within the first term", CustomTermEndDateOutsideFirstTerm, kSeats,
     [](Shop&, Subscription&, Change& wanted) {
       wanted.scheduled = scheduled(kSeats, "P1Y", 1);
       wanted.scheduled->custom_term_end = 300 * kDay;
     }},
    {"custom end shared", CustomTermEndDateMismatch, kSeats,
     [](Shop&, Subscription&, Change& wanted) {
       wanted.scheduled = scheduled(kSeats, "P1Y", 1);
       wanted.scheduled->custom_term_end = 400 * kDay;
     }},
};

Subscription owned_row(Shop& shop, const char* offer) {
  shop.own("s", offer);
  Subscription row = *shop.world.subscriptions.find("s");
  row.quantity = 10;
  row.term_duration = "P1Y";
  row.billing_cycle = "monthly";
  return row;
}

TEST(SubscriptionUpdate, EachRuleIsBrokenByItsCases) {
  std::set<std::string> covered;
  for (const Case& one : kCases) {
    SCOPED_TRACE(one.rule);
    Shop shop;
    Change wanted;
    Subscription row = owned_row(shop, one.offer);
    one.arrange(shop, row, wanted);
    Trace trace;
    shop.env.trace = &trace;
    const auto done = check_update(shop.scene(), row, wanted);
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, one.error);
    ASSERT_FALSE(trace.rules.empty());
    EXPECT_EQ(trace.rules.back().rule, one.rule);
    covered.insert(one.rule);
  }
  for (const auto& rules : {update_state_rules(), update_member_rules()}) {
    for (const UpdateRule& rule : rules) {
      EXPECT_TRUE(covered.contains(std::string{rule.name})) << "no case breaks: " << rule.name;
    }
  }
}

TEST(SubscriptionUpdate, GoodChangesAreMade) {
  Shop shop;
  const Subscription row = owned_row(shop, kSeats);
  Change wanted;
  wanted.friendly_name = "Everyone";
  wanted.quantity = 20;
  wanted.term_duration = "P3Y";
  wanted.billing_cycle = "annual";
  wanted.auto_renew = true;
  wanted.scheduled = scheduled(kSeats, "P3Y", 30);
  ASSERT_TRUE(check_update(shop.scene(), row, wanted));
  const Subscription& changed = apply_update(shop.world, shop.scene(), row, wanted);
  EXPECT_EQ(changed.friendly_name, "Everyone");
  EXPECT_EQ(changed.quantity, 20);
  EXPECT_EQ(changed.quantity_changed, shop.env.now);
  EXPECT_EQ(changed.term_duration, "P3Y");
  EXPECT_EQ(changed.version, row.version + 1);
  EXPECT_TRUE(changed.scheduled);
  EXPECT_FALSE(changed.renewal_off);
  const Subscription& reset = apply_update(shop.world, shop.scene(), changed, {});
  EXPECT_FALSE(reset.scheduled) << "what is not sent again is forgotten";
  EXPECT_TRUE(reset.renewal_off);
}

TEST(SubscriptionUpdate, AddonsFollowTheirBase) {
  Shop shop;
  const Subscription base = owned_row(shop, kBase);
  shop.own("addon", kAddon);
  shop.world.subscriptions.edit("addon")->parent_id = "s";
  Change wanted;
  wanted.status = "suspended";
  apply_update(shop.world, shop.scene(), base, wanted);
  EXPECT_EQ(as_of(*shop.world.subscriptions.find("addon"), shop.env.now).status,
            SubscriptionStatus::Suspended);
}

}  // namespace
}  // namespace pcsim::testing_shop
