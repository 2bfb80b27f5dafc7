// Reservations that are not there, and callers who have no say: refused by every operation.
#include <nlohmann/json.hpp>

#include "cases/story.h"

namespace pcsim::contract {
namespace {

using nlohmann::json;
using enum OperationId;

json change(const json& properties) { return {{"properties", properties}}; }

class ReservationRefusals : public Contract {
 protected:
  Client agent() { return agent_for(universe, demo::kContoso); }
  Client alice() { return azure(universe, Who::Alice); }
  Bought buy(int quantity = 1) {
    json body = purchase_of(demo::kContosoAzure);
    body["properties"]["quantity"] = quantity;
    return buy_reservation(alice(), body);
  }
  void refused(const Client& client, const Bought& bought, const json& properties,
               ErrorCode error) {
    client.refused({.operation = ArmUpdateReservation,
                    .path = bought.in_path(),
                    .query = kApiVersion,
                    .body = change(properties).dump()},
                   error);
  }
};

TEST_F(ReservationRefusals, IdsThatAreNoneOrElsewhere) {
  const Bought bought = buy();
  const Bought other = buy();
  struct Row {
    std::string order, reservation;
    ErrorCode error;
  };
  for (const Row& row :
       {Row{"nonsense", bought.id, ErrorCode::ArmInvalidReservationOrderId},
        Row{demo::kNobody, bought.id, ErrorCode::ArmReservationOrderNotFound},
        Row{bought.order, "nonsense", ErrorCode::ArmInvalidReservationId},
        Row{bought.order, other.id, ErrorCode::ArmReservationIdNotInReservationOrder}}) {
    const Bought named{row.order, row.reservation};
    const Path path = named.in_path();
    for (const OperationId operation :
         {ArmGetReservation, ArmListRevisions, ArmArchiveReservation, ArmUnarchiveReservation}) {
      alice().refused({.operation = operation, .path = path, .query = kApiVersion}, row.error);
    }
    refused(alice(), named, {{"name", "x"}}, row.error);
    alice().refused({.operation = ArmListAvailableScopes,
                     .path = path,
                     .query = kApiVersion,
                     .body = change({{"scopes", json::array()}}).dump()},
                    row.error);
    alice().refused(
        {.operation = ArmSplitReservation,
         .path = {{"orderId", row.order}},
         .query = kApiVersion,
         .body = change({{"quantities", {1, 1}}, {"reservationId", row.reservation}}).dump()},
        row.error);
    alice().refused({.operation = ArmMergeReservations,
                     .path = {{"orderId", row.order}},
                     .query = kApiVersion,
                     .body = change({{"sources", {row.reservation}}}).dump()},
                    row.error);
    const json wanted{
        {"reservationToReturn", {{"reservationId", row.reservation}, {"quantity", 1}}},
        {"sessionId", demo::kNobody}};
    for (const OperationId operation : {ArmCalculateRefund, ArmReturnReservation}) {
      agent().refused({.operation = operation,
                       .path = {{"orderId", row.order}},
                       .query = kApiVersion,
                       .body = change(wanted).dump()},
                      row.error);
    }
  }
  for (const char* order : {"nonsense", demo::kNobody}) {
    const ErrorCode error = order == std::string{"nonsense"}
                                ? ErrorCode::ArmInvalidReservationOrderId
                                : ErrorCode::ArmReservationOrderNotFound;
    for (const OperationId operation : {ArmGetSplitResult, ArmGetMergeResult}) {
      alice().refused({.operation = operation,
                       .path = {{"orderId", order}, {"resultId", "x"}},
                       .query = kApiVersion},
                      error);
    }
    alice().refused({.operation = ArmChangeDirectory,
                     .path = {{"orderId", order}},
                     .query = kApiVersion,
                     .body = json{{"destinationTenantId", demo::kLegacy}}.dump()},
                    error);
  }
}

TEST_F(ReservationRefusals, StrangersAreRefusedEverywhere) {
  const Bought bought = buy(2);
  const Client bob = azure(universe, Who::Bob);
  const auto refused = [&](OperationId operation, const Path& more, const json& body) {
    Path path = bought.in_path();
    path.insert(more.begin(), more.end());
    bob.refused({.operation = operation,
                 .path = path,
                 .query = kApiVersion,
                 .body = body.is_null() ? "" : body.dump()},
                ErrorCode::ArmAuthorizationFailed);
  };
  for (const OperationId operation :
       {ArmGetReservation, ArmListRevisions, ArmArchiveReservation, ArmUnarchiveReservation,
        ArmGetSplitResult, ArmGetMergeResult}) {
    refused(operation, {{"resultId", "x"}}, {});
  }
  refused(ArmListAvailableScopes, {}, change({{"scopes", json::array()}}));
  refused(ArmSplitReservation, {},
          change({{"quantities", {1, 1}}, {"reservationId", bought.path()}}));
  refused(ArmMergeReservations, {}, change({{"sources", {bought.path()}}}));
  refused(ArmChangeDirectory, {}, {{"destinationTenantId", demo::kLegacy}});
  const json wanted{{"reservationId", bought.path()}, {"quantity", 1}};
  refused(ArmCalculateRefund, {}, change({{"reservationToReturn", wanted}}));
  refused(ArmReturnReservation, {},
          change({{"reservationToReturn", wanted}, {"sessionId", demo::kNobody}}));
  refused(ArmCalculateExchange, {},
          change({{"reservationsToExchange", json::array({wanted})},
                  {"reservationsToPurchase", json::array({purchase_of(demo::kContosoAzure)})}}));
}

}  // namespace
}  // namespace pcsim::contract
