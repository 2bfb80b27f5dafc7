// Azure subscriptions that come under a customer's plan: out of its own agreement with Microsoft,
// by an act, and from another partner, by a transfer.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "cases/shop.h"
#include "harness/checks.h"

namespace pcsim::contract {
namespace {

using nlohmann::json;
using enum OperationId;

constexpr const char* kFirst = "e1000001-0000-4000-8000-000000000001";
constexpr const char* kSecond = "e1000001-0000-4000-8000-000000000002";
constexpr const char* kAlice = "e0000001-0000-4000-8000-000000000001";

/// A transfer of the demo world whose acceptance is worked on.
constexpr const char* kBusyTransfer = "f4000001-0000-4000-8000-000000000001";

class Transfers : public Contract {
 protected:
  /// The partner who bills, as a transfer names it.
  json source_;

  void SetUp() override {
    const Credentials other = credentials_of(Who::OtherPartner);
    source_ = {{"sourcePartnerTenantId", other.tenant},
               {"sourcePartnerName", "Another partner"},
               {"customerEmailId", "ana@moulin.example"}};
  }

  int act(const char* name, const json& parameters) const {
    return universe.act(name, parameters.dump());
  }

  /// An Azure subscription of Contoso that somebody else bills.
  void subscribe(const char* id, const std::string& billed_by, bool synchronised = true,
                 const char* customer = demo::kContoso) {
    EXPECT_EQ(act("customer-subscribes-elsewhere", {{"customerId", customer},
                                                    {"azureSubscriptionId", id},
                                                    {"billedBy", billed_by},
                                                    {"synchronised", synchronised}}),
              200);
  }
  std::string other_domain() const {
    const std::string user = credentials_of(Who::OtherPartner).user;
    return user.substr(user.find('@') + 1);
  }

  std::set<std::string> under_the_plan() {
    std::set<std::string> out;
    const json list =
        partner(universe).ok({.operation = ListAzureEntitlements,
                              .path = subscription_path(demo::kContoso, demo::kContosoPlan)});
    for (const json& item : list.at("items")) {
      out.insert(item.at("id").get<std::string>());
    }
    return out;
  }
  std::size_t reservations() {
    return partner(universe)
        .ok({.operation = ListEntitlements,
             .path = customer_path(demo::kContoso),
             .query = "entitlementType=reservedinstance"})
        .at("items")
        .size();
  }

  Path transfer_path(const std::string& id, const char* customer = demo::kContoso) const {
    return {{"customerId", customer}, {"transferId", id}};
  }
  json create(const json& body) {
    return partner(universe).ok(
        {.operation = CreateTransfer, .path = customer_path(demo::kContoso), .body = body.dump()});
  }
  std::string created() { return create(source_).at("id").get<std::string>(); }
  void not_created(const json& body, ErrorCode error, const std::string& customer = demo::kContoso,
                   Who who = Who::Admin) {
    partner(universe, who)
        .refused(
            {.operation = CreateTransfer, .path = customer_path(customer), .body = body.dump()},
            error);
  }
  Client source() { return partner(universe, Who::OtherPartner); }
};

json lines_of(const std::vector<std::string>& ids) {
  json lines = json::array();
  for (const std::string& id : ids) {
    lines.push_back({{"subscriptionId", id}});
  }
  return {{"lineItems", lines}};
}

TEST_F(Transfers, ADirectSubscriptionLeavesItsReservationsBehind) {
  for (const char* agreement : {"direct", "enterprise"}) {
    const char* id = agreement == std::string{"direct"} ? kFirst : kSecond;
    subscribe(id, agreement);
    EXPECT_EQ(act("customer-reserves-elsewhere", {{"azureSubscriptionId", id}}), 200);
    const std::size_t before = reservations();
    EXPECT_EQ(under_the_plan().count(id), 0U);
    EXPECT_EQ(act("customer-moves-subscription",
                  {{"azureSubscriptionId", id}, {"planId", demo::kContosoPlan}}),
              200);
    EXPECT_EQ(under_the_plan().count(id), 1U) << agreement;
    EXPECT_EQ(reservations(), before) << "reservations are not transferred";
    // The customer buys again, through its partner.
    partner(universe).ok(
        {.operation = CreateOrder,
         .path = customer_path(demo::kContoso),
         .body = order_of(reservation_item(partner(universe)).catalogue_item, {demo::kContosoPlan})
                     .dump()});
    universe.advance(600);
    EXPECT_EQ(reservations(), before + 1);
  }
}

TEST_F(Transfers, WhatCannotMoveIntoTheProgramme) {
  subscribe(kFirst, "direct");
  const auto moves = [&](const char* id, const std::string& plan) {
    return act("customer-moves-subscription", {{"azureSubscriptionId", id}, {"planId", plan}});
  };
  EXPECT_EQ(moves(kSecond, demo::kContosoPlan), 404);
  EXPECT_EQ(moves(kFirst, demo::kNobody), 404);
  EXPECT_EQ(moves(demo::kContosoAzure, demo::kContosoPlan), 409) << "it is there already";
  EXPECT_EQ(moves(kFirst, demo::kAbroadPlan), 409) << "another customer's plan";
  subscribe(kSecond, other_domain());
  EXPECT_EQ(moves(kSecond, demo::kContosoPlan), 409) << "its partner has to agree";
}

TEST_F(Transfers, WhatCannotBeSubscribedElsewhere) {
  const auto subscribes = [&](const json& changes) {
    json parameters{
        {"customerId", demo::kContoso}, {"azureSubscriptionId", kFirst}, {"billedBy", "direct"}};
    parameters.update(changes);
    return act("customer-subscribes-elsewhere", parameters);
  };
  EXPECT_EQ(subscribes({{"customerId", demo::kNobody}}), 404);
  EXPECT_EQ(subscribes({{"azureSubscriptionId", "one"}}), 400);
  EXPECT_EQ(subscribes({{"azureSubscriptionId", demo::kContosoAzure}}), 409);
  EXPECT_EQ(subscribes({{"billedBy", "nobody.example"}}), 400);
  EXPECT_EQ(subscribes({{"billedBy", "fabrikam.onmicrosoft.com"}}), 409);
  EXPECT_EQ(subscribes({{"ownerId", demo::kNobody}}), 404);
  EXPECT_EQ(subscribes(json::object()), 200);
  const auto reserves = [&](const json& parameters) {
    return act("customer-reserves-elsewhere", parameters);
  };
  EXPECT_EQ(reserves({{"azureSubscriptionId", kSecond}}), 404);
  EXPECT_EQ(reserves({{"azureSubscriptionId", demo::kContosoAzure}}), 409);
  EXPECT_EQ(reserves({{"azureSubscriptionId", kFirst}, {"ownerId", demo::kNobody}}), 404);
  EXPECT_EQ(reserves({{"azureSubscriptionId", kFirst}}), 200);
}

TEST_F(Transfers, WhatIsBoughtElsewhereIsTheCustomers) {
  EXPECT_EQ(act("customer-subscribes-elsewhere", {{"customerId", demo::kContoso},
                                                  {"azureSubscriptionId", kFirst},
                                                  {"billedBy", "enterprise"},
                                                  {"ownerId", kAlice}}),
            200);
  const json seen = azure(universe, Who::Alice)
                        .ok({.operation = ArmListSubscriptions, .query = kSubscriptionsVersion});
  const auto& list = seen.at("value");
  EXPECT_TRUE(std::any_of(list.begin(), list.end(),
                          [](const json& one) { return one.at("subscriptionId") == kFirst; }));
  EXPECT_EQ(under_the_plan().count(kFirst), 0U);
  const std::size_t before = reservations();
  EXPECT_EQ(act("customer-reserves-elsewhere", {{"azureSubscriptionId", kFirst}}), 200);
  EXPECT_EQ(reservations(), before) << "it is bought under the customer's own agreement";
}

TEST_F(Transfers, AskedForAcceptedAndMoved) {
  subscribe(kFirst, other_domain());
  subscribe(kSecond, other_domain());
  json body = source_;
  body["lineItems"] = lines_of({kFirst}).at("lineItems");
  const json asked = create(body);
  const std::string id = asked.at("id");
  EXPECT_EQ(asked.at("status"), "Active");
  EXPECT_EQ(asked.at("targetPartnerTenantId"), demo::kFabrikam);
  for (const Client& side : {partner(universe), source()}) {
    EXPECT_EQ(side.ok({.operation = GetTransfer, .path = transfer_path(id)}), asked);
    EXPECT_EQ(side.ok({.operation = ListTransfers, .path = customer_path(demo::kContoso)}),
              json::array({asked}));
  }
  const json result = source().ok({.operation = AcceptTransfer, .path = transfer_path(id)});
  EXPECT_EQ(result.at("transferErrors"), json::array());
  EXPECT_EQ(under_the_plan().count(kFirst), 1U);
  EXPECT_EQ(under_the_plan().count(kSecond), 0U) << "nobody asked for it";
  const json done = partner(universe).ok({.operation = GetTransfer, .path = transfer_path(id)});
  EXPECT_EQ(done.at("status"), "Complete");
  EXPECT_EQ(done.at("lineItems").at(0).at("status"), "Complete");
  const auto logged = [&](Who who, const char* operation) {
    const json records = partner(universe, who).ok({.operation = ListAuditRecords});
    const json& items = records.at("items");
    return std::any_of(items.begin(), items.end(), [&](const json& record) {
      return record.at("operationType") == operation && record.at("resourceType") == "transfer";
    });
  };
  EXPECT_TRUE(logged(Who::Admin, "create_transfer"));
  EXPECT_TRUE(logged(Who::OtherPartner, "update_transfer"));
}

TEST_F(Transfers, TheSourceChoosesAndReservationsStayBehind) {
  subscribe(kFirst, other_domain());
  subscribe(kSecond, other_domain());
  EXPECT_EQ(act("customer-reserves-elsewhere", {{"azureSubscriptionId", kFirst}}), 200);
  const std::string id = created();
  const auto chosen = [&](const std::vector<std::string>& ids) {
    return Ask{
        .operation = UpdateTransfer, .path = transfer_path(id), .body = lines_of(ids).dump()};
  };
  source().refused({.operation = AcceptTransfer, .path = transfer_path(id)},
                   ErrorCode::TransferReservationsPresent);
  source().refused(chosen({kFirst}), ErrorCode::TransferReservationsPresent);
  source().refused(chosen({demo::kContosoAzure}), ErrorCode::TransferInvalidSubscription);
  const json updated = source().ok(chosen({kSecond}));
  ASSERT_EQ(updated.at("lineItems").size(), 1U);
  EXPECT_EQ(updated.at("lineItems").at(0).at("subscriptionId"), kSecond);
  source().ok({.operation = AcceptTransfer, .path = transfer_path(id)});
  EXPECT_EQ(under_the_plan().count(kSecond), 1U);
  EXPECT_EQ(under_the_plan().count(kFirst), 0U);
}

TEST_F(Transfers, WhatIsNotSynchronisedStays) {
  subscribe(kFirst, other_domain());
  subscribe(kSecond, other_domain(), false);
  const std::string id = created();
  const json result = source().ok({.operation = AcceptTransfer, .path = transfer_path(id)});
  ASSERT_EQ(result.at("transferErrors").size(), 1U);
  const json& failed = result.at("transferErrors").at(0);
  const ErrorRow& row = error_row(ErrorCode::TransferSubscriptionSyncNotComplete);
  EXPECT_EQ(failed.at("code").dump(), row.code);
  EXPECT_TRUE(fits_template(failed.at("description").get<std::string>(), row.text_en));
  EXPECT_EQ(failed.at("lineItems").at(0).at("subscriptionId"), kSecond);
  EXPECT_EQ(under_the_plan().count(kFirst), 1U);
  EXPECT_EQ(under_the_plan().count(kSecond), 0U);
  EXPECT_EQ(source().ok({.operation = GetTransfer, .path = transfer_path(id)}).at("status"),
            "PartiallyComplete");
}

TEST_F(Transfers, RejectedAndWithdrawn) {
  subscribe(kFirst, other_domain());
  const std::string rejected = created();
  const Ask reject{.operation = UpdateTransfer,
                   .path = transfer_path(rejected),
                   .body = json{{"id", rejected}, {"status", "reject"}}.dump()};
  partner(universe).refused(reject, ErrorCode::TransferRequestNotProcessable);
  EXPECT_EQ(source().ok(reject).at("status"), "Reject");
  source().refused(reject, ErrorCode::TransferRequestNotProcessable);
  source().refused({.operation = AcceptTransfer, .path = transfer_path(rejected)},
                   ErrorCode::TransferRequestNotProcessable);
  source().refused({.operation = UpdateTransfer,
                    .path = transfer_path(rejected),
                    .body = json{{"status", "perhaps"}}.dump()},
                   ErrorCode::InvalidRequestInput);
  const std::string withdrawn = created();
  const Ask withdraw{.operation = WithdrawTransfer, .path = transfer_path(withdrawn)};
  source().refused(withdraw, ErrorCode::TransferRequestNotProcessable);
  partner(universe).ok(withdraw);
  partner(universe).refused(withdraw, ErrorCode::TransferNotFound);
  source().refused({.operation = AcceptTransfer, .path = transfer_path(withdrawn)},
                   ErrorCode::TransferNotFound);
  source().refused({.operation = GetTransfer, .path = transfer_path(withdrawn)},
                   ErrorCode::TransferNotFound);
  source().refused({.operation = UpdateTransfer,
                    .path = transfer_path(withdrawn),
                    .body = R"({"status":"reject"})"},
                   ErrorCode::TransferNotFound);
}

TEST_F(Transfers, OneThingAtATime) {
  subscribe(kFirst, other_domain());
  const std::string id = created();
  not_created(source_, ErrorCode::OriginalTransferInProgress);
  source().ok({.operation = AcceptTransfer, .path = transfer_path(id)});
  source().refused({.operation = AcceptTransfer, .path = transfer_path(id)},
                   ErrorCode::TransferRequestNotProcessable);
  const Path busy = transfer_path(kBusyTransfer, demo::kWoodgrove);
  source().refused({.operation = AcceptTransfer, .path = busy}, ErrorCode::TransferBeingProcessed);
  source().refused({.operation = UpdateTransfer, .path = busy, .body = R"({"status":"reject"})"},
                   ErrorCode::TransferBeingProcessed);
  partner(universe).refused({.operation = WithdrawTransfer, .path = busy},
                            ErrorCode::TransferBeingProcessed);
}

TEST_F(Transfers, NothingIsLeftToHandOver) {
  subscribe(kFirst, other_domain());
  subscribe(kSecond, other_domain());
  const auto asked_for = [&](const char* id) {
    json body = source_;
    body.update(lines_of({id}));
    return create(body).at("id").get<std::string>();
  };
  const std::string first = asked_for(kFirst);
  const std::string second = asked_for(kSecond);
  source().ok({.operation = UpdateTransfer,
               .path = transfer_path(second),
               .body = lines_of({kFirst}).dump()});
  source().ok({.operation = AcceptTransfer, .path = transfer_path(first)});
  source().refused({.operation = AcceptTransfer, .path = transfer_path(second)},
                   ErrorCode::TransferInvalidSubscription);
  source().ok({.operation = UpdateTransfer,
               .path = transfer_path(second),
               .body = lines_of({kSecond}).dump()});
  source().ok({.operation = AcceptTransfer, .path = transfer_path(second)});
  not_created(source_, ErrorCode::TransferPartnerDomainInvalid);
}

TEST_F(Transfers, AreNotAskedForLikeThis) {
  subscribe(kFirst, other_domain());
  json body = source_;
  body.erase("sourcePartnerTenantId");
  not_created(body, ErrorCode::TransferSourcePartnerDetailsMissing);
  body["sourcePartnerEmailId"] = "sales@nobody.example";
  not_created(body, ErrorCode::TransferPartnerDomainInvalid);
  body = source_;
  body["sourcePartnerTenantId"] = demo::kFabrikam;
  not_created(body, ErrorCode::TransferSourcePartnerIsRequester);
  body["sourcePartnerTenantId"] = demo::kSandbox;
  not_created(body, ErrorCode::TransferPartnerDomainInvalid);
  body = source_;
  body["targetPartnerTenantId"] = demo::kSandbox;
  not_created(body, ErrorCode::InvalidRequestInput);
  body = source_;
  body["lineItems"] = lines_of({demo::kContosoAzure}).at("lineItems");
  not_created(body, ErrorCode::TransferInvalidSubscription);
  not_created(source_, ErrorCode::TransferPartnerNotEnabled, demo::kNorthwind, Who::Reseller);
  json by_mail = source_;
  by_mail.erase("sourcePartnerTenantId");
  by_mail["sourcePartnerEmailId"] = "sales@" + other_domain();
  EXPECT_EQ(create(by_mail).at("sourcePartnerTenantId"), source_.at("sourcePartnerTenantId"));
}

TEST_F(Transfers, NeedAnActivePlan) {
  const std::string bare = create_customer(partner(universe), "FR");
  accept_agreement(partner(universe), bare);
  subscribe(kFirst, other_domain(), true, demo::kLegacy);
  not_created(source_, ErrorCode::TransferLegacyAzureSubscriptions, demo::kLegacy);
  subscribe(kSecond, other_domain(), true, bare.c_str());
  not_created(source_, ErrorCode::TransferAzurePlanNotPurchased, bare);
  const json withdrawn{{"item", kAzurePlan}, {"market", "FR"}, {"withdrawn", true}};
  EXPECT_EQ(act("microsoft-changes-offer", withdrawn), 200);
  not_created(source_, ErrorCode::TransferAzurePlanNotPurchasable, bare);
  EXPECT_EQ(act("microsoft-changes-offer",
                {{"item", kAzurePlan}, {"market", "FR"}, {"withdrawn", false}}),
            200);
  const std::string plan = buy_plan(partner(universe), bare);
  universe.advance(600);
  const std::string id =
      partner(universe)
          .ok({.operation = CreateTransfer, .path = customer_path(bare), .body = source_.dump()})
          .at("id");
  // A plan without usage may be suspended; then nothing moves under it.
  const json list = partner(universe).ok(
      {.operation = ListAzureEntitlements, .path = subscription_path(bare, plan)});
  for (const json& item : list.at("items")) {
    Path path = subscription_path(bare, plan);
    path["entitlementId"] = item.at("id");
    partner(universe, Who::Director)
        .ok({.operation = CancelAzureEntitlement,
             .path = path,
             .body = R"({"cancellationReason":"compromise"})"});
  }
  universe.advance(7200);
  partner(universe).ok({.operation = UpdateSubscription,
                        .path = subscription_path(bare, plan),
                        .body = R"({"status":"suspended"})"});
  constexpr const char* kThird = "e1000001-0000-4000-8000-000000000003";
  subscribe(kThird, "enterprise", true, bare.c_str());
  EXPECT_EQ(act("customer-moves-subscription", {{"azureSubscriptionId", kThird}, {"planId", plan}}),
            409);
  source().refused({.operation = AcceptTransfer, .path = transfer_path(id, bare.c_str())},
                   ErrorCode::TransferAzurePlanNotActive);
  partner(universe).ok({.operation = WithdrawTransfer, .path = transfer_path(id, bare.c_str())});
  not_created(source_, ErrorCode::TransferAzurePlanNotActive, bare);
}

TEST_F(Transfers, AreTheBusinessOfTheirTwoSides) {
  subscribe(kFirst, other_domain());
  const std::string id = created();
  partner(universe, Who::Sandbox)
      .refused({.operation = GetTransfer, .path = transfer_path(id)},
               ErrorCode::NoCommerceRelationship);
  source().refused({.operation = ListOrders, .path = customer_path(demo::kContoso)},
                   ErrorCode::NoCommerceRelationship);
  source().refused({.operation = GetCustomer, .path = customer_path(demo::kContoso)},
                   ErrorCode::NoCommerceRelationship);
}

}  // namespace
}  // namespace pcsim::contract
