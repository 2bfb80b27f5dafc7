// What may become of a reservation that was bought.
#include <nlohmann/json.hpp>

#include "cases/story.h"

namespace pcsim::contract {
namespace {

using nlohmann::json;
using enum OperationId;

constexpr const char* kSubscriptionOfContoso =
    "/subscriptions/f0000001-0000-4000-8000-000000000002";

json change(const json& properties) { return {{"properties", properties}}; }

class ReservationChanges : public Contract {
 protected:
  Client agent() { return agent_for(universe, demo::kContoso); }
  Client alice() { return azure(universe, Who::Alice); }
  Bought buy(int quantity = 1) {
    json body = purchase_of(demo::kContosoAzure);
    body["properties"]["quantity"] = quantity;
    return buy_reservation(alice(), body);
  }
  json patch(const Client& client, const Bought& bought, const json& properties) {
    return client.ok({.operation = ArmUpdateReservation,
                      .path = bought.in_path(),
                      .query = kApiVersion,
                      .body = change(properties).dump()});
  }
  void refused(const Client& client, const Bought& bought, const json& properties,
               ErrorCode error) {
    client.refused({.operation = ArmUpdateReservation,
                    .path = bought.in_path(),
                    .query = kApiVersion,
                    .body = change(properties).dump()},
                   error);
  }
  json read(const Bought& bought, const char* more = "") {
    return alice().ok({.operation = ArmGetReservation,
                       .path = bought.in_path(),
                       .query = std::string{kApiVersion} + more});
  }
  json split(const Bought& bought, const json& quantities, Answer* answer = nullptr) {
    Answer unused;
    return alice().ok(
        {.operation = ArmSplitReservation,
         .path = {{"orderId", bought.order}},
         .query = kApiVersion,
         .body = change({{"quantities", quantities}, {"reservationId", bought.path()}}).dump()},
        answer == nullptr ? &unused : answer);
  }
  void end(const Bought& bought) { split(bought, {1, 1}); }
};

TEST_F(ReservationChanges, EveryScopeAndBack) {
  const Bought bought = buy();
  const auto scoped = [&](const json& properties) {
    return patch(agent(), bought, properties).at("properties");
  };
  json now = scoped({{"appliedScopeType", "Single"}, {"appliedScopes", {kSubscriptionOfContoso}}});
  EXPECT_EQ(now.at("userFriendlyAppliedScopeType"), "Single");
  EXPECT_EQ(now.at("appliedScopeProperties").at("displayName"), "Contoso subscription");
  now = scoped(
      {{"appliedScopeType", "Single"},
       {"appliedScopeProperties",
        {{"resourceGroupId", std::string{kSubscriptionOfContoso} + "/resourceGroups/Web"}}}});
  EXPECT_EQ(now.at("userFriendlyAppliedScopeType"), "ResourceGroup");
  now = scoped(
      {{"appliedScopeType", "ManagementGroup"},
       {"appliedScopeProperties",
        {{"tenantId", demo::kContoso},
         {"managementGroupId",
          std::string{"/providers/Microsoft.Management/managementGroups/"} + demo::kContoso}}}});
  EXPECT_EQ(now.at("appliedScopeType"), "ManagementGroup");
  EXPECT_FALSE(now.contains("appliedScopes"));
  now = scoped({{"appliedScopeType", "Shared"}, {"instanceFlexibility", "Off"}});
  EXPECT_EQ(now.at("appliedScopeType"), "Shared");
  EXPECT_EQ(now.at("instanceFlexibility"), "Off");
  const json revisions =
      alice().ok({.operation = ArmListRevisions, .path = bought.in_path(), .query = kApiVersion});
  EXPECT_EQ(revisions.at("value").size(), 5U);
  EXPECT_EQ(revisions.at("value").at(0).at("name"), "5") << "latest first";
}

TEST_F(ReservationChanges, TheCustomerRenamesButDoesNotRescope) {
  const Bought bought = buy();
  EXPECT_EQ(patch(alice(), bought, {{"name", "Web farm"}}).at("properties").at("displayName"),
            "Web farm");
  refused(alice(), bought,
          {{"appliedScopeType", "Single"}, {"appliedScopes", {kSubscriptionOfContoso}}},
          ErrorCode::ArmChangeForbidden);
  refused(alice(), bought, {{"renew", true}}, ErrorCode::ArmChangeForbidden);
  refused(azure(universe, Who::Bob), bought, {{"name", "x"}}, ErrorCode::ArmAuthorizationFailed);
}

TEST_F(ReservationChanges, ChangesThatAreRefused) {
  const Bought bought = buy(2);
  refused(agent(), bought, {{"name", "Machines"}}, ErrorCode::ArmPatchValuesSameAsExisting);
  refused(agent(), bought, {{"appliedScopeType", "Shared"}},
          ErrorCode::ArmAppliedScopesSameAsExisting);
  refused(agent(), bought, {{"appliedScopeType", "Single"}},
          ErrorCode::ArmMissingAppliedScopesForSingle);
  refused(
      agent(), bought,
      {{"appliedScopeType", "Single"}, {"appliedScopes", {"/subscriptions/a", "/subscriptions/b"}}},
      ErrorCode::ArmInvalidSingleAppliedScopesCount);
  refused(agent(), bought,
          {{"appliedScopeType", "Single"},
           {"appliedScopes", {std::string{"/subscriptions/"} + demo::kAbroadAzure}}},
          ErrorCode::ArmAppliedScopesNotAssociated);
  const auto renewal = [&](const char* pointer, const json& value, ErrorCode error) {
    json purchase = purchase_of(demo::kContosoAzure);
    purchase[json::json_pointer{pointer}] = value;
    refused(agent(), bought,
            {{"renew", true}, {"renewProperties", {{"purchaseProperties", purchase}}}}, error);
  };
  renewal("/properties/billingScopeId", std::string{"/subscriptions/"} + demo::kAbroadAzure,
          ErrorCode::ArmBillingScopeIdCannotBeChanged);
  renewal("/properties/term", "P5Y", ErrorCode::ArmUnsupportedReservationTerm);
  renewal("/location", "atlantis", ErrorCode::ArmInvalidLocationId);
  renewal("/location", "japanwest", ErrorCode::ArmProductUnavailable);
  renewal("/sku/name", "Standard_Nothing", ErrorCode::ArmCalculatePriceFailed);
  end(bought);
  refused(agent(), bought, {{"name", "late"}}, ErrorCode::ArmOperationNotAllowedInState);
}

TEST_F(ReservationChanges, SplitAndMerge) {
  const Bought bought = buy(3);
  Answer answer;
  const json revisions = split(bought, {1, 2}, &answer);
  EXPECT_EQ(revisions.size(), 2U);
  const std::string location = answer.header("Location");
  EXPECT_NE(location.find("/splitoperationresults/" + bought.id + "_"), std::string::npos);
  const std::string result = location.substr(location.rfind('/') + 1);
  const Path path{{"orderId", bought.order}, {"resultId", result.substr(0, result.find('?'))}};
  const json parts =
      alice().ok({.operation = ArmGetSplitResult, .path = path, .query = kApiVersion});
  ASSERT_EQ(parts.size(), 2U);
  const json source = read(bought).at("properties");
  EXPECT_EQ(source.at("provisioningState"), "Cancelled");
  EXPECT_EQ(source.at("extendedStatusInfo").at("statusCode"), "Split");
  EXPECT_EQ(source.at("splitProperties").at("splitDestinations").size(), 2U);
  alice().refused({.operation = ArmGetSplitResult,
                   .path = {{"orderId", bought.order}, {"resultId", bought.id + "_1"}},
                   .query = kApiVersion},
                  ErrorCode::ArmOperationResultNotFound);
  alice().refused({.operation = ArmGetMergeResult, .path = path, .query = kApiVersion},
                  ErrorCode::ArmOperationResultNotFound);
  const Client client = partner(universe);
  EXPECT_EQ(client.ok({.operation = ListEntitlements, .path = customer_path(demo::kContoso)})
                .at("totalCount"),
            2);

  Answer merged;
  alice().ok({.operation = ArmMergeReservations,
              .path = {{"orderId", bought.order}},
              .query = kApiVersion,
              .body = change({{"sources", {parts.at(0).at("id"), parts.at(1).at("id")}}}).dump()},
             &merged);
  const std::string address = merged.header("Location");
  const std::string id = address.substr(address.rfind('/') + 1);
  const json whole =
      alice().ok({.operation = ArmGetMergeResult,
                  .path = {{"orderId", bought.order}, {"resultId", id.substr(0, id.find('?'))}},
                  .query = kApiVersion});
  ASSERT_EQ(whole.size(), 1U);
  EXPECT_EQ(whole.at(0).at("properties").at("quantity"), 3);
  const json order = alice().ok({.operation = ArmGetReservationOrder,
                                 .path = {{"orderId", bought.order}},
                                 .query = kApiVersion});
  EXPECT_EQ(order.at("properties").at("originalQuantity"), 3);
  EXPECT_EQ(order.at("properties").at("provisioningState"), "Succeeded");
}

TEST_F(ReservationChanges, SplitsAndMergesThatAreRefused) {
  const Bought bought = buy(3);
  const Bought other = buy(1);
  const auto no_split = [&](const json& quantities, ErrorCode error) {
    alice().refused(
        {.operation = ArmSplitReservation,
         .path = {{"orderId", bought.order}},
         .query = kApiVersion,
         .body = change({{"quantities", quantities}, {"reservationId", bought.path()}}).dump()},
        error);
  };
  no_split({1, 1}, ErrorCode::ArmBadRequest);
  no_split({3}, ErrorCode::ArmBadRequest);
  const auto no_merge = [&](const json& sources, ErrorCode error) {
    alice().refused({.operation = ArmMergeReservations,
                     .path = {{"orderId", bought.order}},
                     .query = kApiVersion,
                     .body = change({{"sources", sources}}).dump()},
                    error);
  };
  no_merge({bought.path()}, ErrorCode::ArmBadRequest);
  no_merge({bought.path(), other.path()}, ErrorCode::ArmReservationIdNotInReservationOrder);
  const json parts = split(bought, {1, 2});
  no_split({1, 2}, ErrorCode::ArmOperationNotAllowedInState);
  no_merge({bought.path(), bought.path()}, ErrorCode::ArmOperationNotAllowedInState);
  const auto named = [](const json& revision) {
    const auto id = revision.at("id").get<std::string>();
    return id.substr(0, id.find("/revisions/"));
  };
  agent().ok(
      {.operation = ArmUpdateReservation,
       .path = Bought{bought.order, named(parts.at(0)).substr(named(parts.at(0)).rfind('/') + 1)}
                   .in_path(),
       .query = kApiVersion,
       .body = change({{"appliedScopeType", "Single"}, {"appliedScopes", {kSubscriptionOfContoso}}})
                   .dump()});
  no_merge({named(parts.at(0)), named(parts.at(1))}, ErrorCode::ArmBadRequest);
}

TEST_F(ReservationChanges, OnlyWhatHasEndedIsArchived) {
  const Bought bought = buy(2);
  const auto archive = [&](OperationId operation) {
    return Ask{.operation = operation, .path = bought.in_path(), .query = kApiVersion};
  };
  alice().refused(archive(ArmArchiveReservation), ErrorCode::ArmOperationNotAllowedInState);
  alice().refused(archive(ArmUnarchiveReservation), ErrorCode::ArmOperationNotAllowedInState);
  end(bought);
  alice().ok(archive(ArmArchiveReservation));
  EXPECT_EQ(read(bought).at("properties").at("archived"), true);
  alice().ok(archive(ArmUnarchiveReservation));
  EXPECT_EQ(read(bought).at("properties").at("archived"), false);
}

TEST_F(ReservationChanges, ScopesAreChecked) {
  const Bought bought = buy();
  const auto checked = [&](const json& body, const char* version) {
    return alice()
        .ok({.operation = ArmListAvailableScopes,
             .path = bought.in_path(),
             .query = version,
             .body = body.dump()})
        .at("properties")
        .at("scopes");
  };
  const json scopes{kSubscriptionOfContoso, std::string{"/subscriptions/"} + demo::kAbroadAzure};
  const json found = checked(change({{"scopes", scopes}}), kApiVersion);
  EXPECT_EQ(found.at(0).at("valid"), true);
  EXPECT_EQ(found.at(1).at("valid"), false);
  EXPECT_EQ(checked(scopes, "api-version=2017-11-01"), found);
  alice().refused({.operation = ArmListAvailableScopes,
                   .path = bought.in_path(),
                   .query = kApiVersion,
                   .body = scopes.dump()},
                  ErrorCode::ArmInvalidRequestContent);
}

TEST_F(ReservationChanges, ARenewalBuysAgainWhenTheTermEnds) {
  const Bought bought = buy();
  json purchase = purchase_of(demo::kContosoAzure);
  purchase["properties"]["quantity"] = 2;
  patch(agent(), bought,
        {{"renew", true}, {"renewProperties", {{"purchaseProperties", purchase}}}});
  const json expanded = read(bought, "&$expand=renewProperties").at("properties");
  EXPECT_EQ(expanded.at("renewProperties").at("billingCurrencyTotal").at("amount"), 115.92);
  EXPECT_EQ(expanded.at("userFriendlyRenewState"), "On");
  universe.advance(370LL * 86'400);
  const json before = read(bought).at("properties");
  EXPECT_EQ(before.at("provisioningState"), "Expired");
  EXPECT_EQ(before.at("userFriendlyRenewState"), "Renewed");
  const std::string next = before.at("renewDestination").get<std::string>();
  EXPECT_EQ(agent()
                .ok({.operation = ArmListAllReservations,
                     .query = std::string{kApiVersion} +
                              "&$filter=" + encode("properties/provisioningState eq 'Succeeded'")})
                .at("value")
                .at(0)
                .at("id"),
            next);
}

TEST_F(ReservationChanges, AnOrderMovesToAnotherTenantOfThePartner) {
  const Bought bought = buy();
  const auto moved = [&](const json& body) {
    return Ask{.operation = ArmChangeDirectory,
               .path = {{"orderId", bought.order}},
               .query = kApiVersion,
               .body = body.dump()};
  };
  alice().refused(moved(json::object()), ErrorCode::ArmMissingTenantId);
  alice().refused(moved({{"destinationTenantId", "nowhere"}}), ErrorCode::ArmInvalidTenantId);
  EXPECT_EQ(alice()
                .ok(moved({{"destinationTenantId", demo::kNobody}}))
                .at("reservationOrder")
                .at("isSucceeded"),
            false);
  EXPECT_EQ(alice()
                .ok(moved({{"destinationTenantId", demo::kLegacy}}))
                .at("reservations")
                .at(0)
                .at("isSucceeded"),
            true);
  EXPECT_EQ(
      alice().ok({.operation = ArmListAllReservations, .query = kApiVersion}).at("value").size(),
      0U);
}

TEST(ReservationSwitches, UpdatesAndSplitsMayBeAccepted) {
  Universe universe{{{"reservation-update", "accepted"}, {"reservation-split", "accepted"}}};
  const Client alice = azure(universe, Who::Alice);
  json body = purchase_of(demo::kContosoAzure);
  body["properties"]["quantity"] = 2;
  const Bought bought = buy_reservation(alice, body);
  const Answer update = alice.send({.operation = ArmUpdateReservation,
                                    .path = bought.in_path(),
                                    .query = kApiVersion,
                                    .body = change({{"name", "Other"}}).dump()});
  EXPECT_EQ(update.status, 202);
  EXPECT_NE(update.header("Azure-AsyncOperation"), "");
  EXPECT_EQ(alice
                .ok({.operation = ArmGetOperationResult,
                     .path = {{"operationId", bought.id}},
                     .query = kApiVersion})
                .at("status"),
            "Succeeded");
  const Answer split = alice.send(
      {.operation = ArmSplitReservation,
       .path = {{"orderId", bought.order}},
       .query = kApiVersion,
       .body = change({{"quantities", {1, 1}}, {"reservationId", bought.path()}}).dump()});
  EXPECT_EQ(split.status, 202);
  EXPECT_NE(split.header("Location"), "");
}

TEST(ReservationSwitches, CustomersMayBeAllowedToChange) {
  Universe universe{{{"customer-changes", "allowed"}}};
  const Client alice = azure(universe, Who::Alice);
  const Bought bought = buy_reservation(alice, purchase_of(demo::kContosoAzure));
  alice.ok({.operation = ArmUpdateReservation,
            .path = bought.in_path(),
            .query = kApiVersion,
            .body = change({{"renew", true}}).dump()});
}

}  // namespace
}  // namespace pcsim::contract
