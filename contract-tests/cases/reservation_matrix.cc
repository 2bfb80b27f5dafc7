// Who may do what with reservations: every caller, with and without a role and the partner's
// permission, and the exact error in each cell that is refused.
#include <nlohmann/json.hpp>
#include <optional>

#include "cases/story.h"

namespace pcsim::contract {
namespace {

using nlohmann::json;
using enum OperationId;

/// Who calls.
enum class Caller { Owner, User, Application, Agent };

using Cell = std::optional<ErrorCode>;  ///< nothing where it is done

constexpr Cell kDone = std::nullopt;
constexpr Cell kNoRole = ErrorCode::ArmAuthorizationFailed;
constexpr Cell kNotYours = ErrorCode::ArmChangeForbidden;
constexpr Cell kNotPermitted = ErrorCode::ArmForbidden;

struct Row {
  const char* name;
  Caller caller;
  bool permission;
  Cell buy, read, rescope, refund, exchange;
};

/// The reservation was bought by an application that owns the subscription, before the permission
/// was taken back; its order is the owner's, too.
constexpr Row kRows[] = {
    {"owner, permitted", Caller::Owner, true, kDone, kDone, kNotYours, kNotYours, kNotYours},
    {"owner, not permitted", Caller::Owner, false, kNotPermitted, kDone, kNotYours, kNotYours,
     kNotYours},
    {"user, permitted", Caller::User, true, kNoRole, kNoRole, kNoRole, kNoRole, kNoRole},
    {"user, not permitted", Caller::User, false, kNoRole, kNoRole, kNoRole, kNoRole, kNoRole},
    {"application, permitted", Caller::Application, true, kDone, kNoRole, kNoRole, kNoRole,
     kNoRole},
    {"agent, permitted", Caller::Agent, true, kDone, kDone, kDone, kDone, kDone},
    {"agent, not permitted", Caller::Agent, false, kDone, kDone, kDone, kDone, kDone},
};

class ReservationMatrix : public Contract {
 protected:
  Client client(Caller caller) {
    switch (caller) {
      case Caller::Owner:
        return azure(universe, Who::Alice);
      case Caller::User:
        return azure(universe, Who::Bob);
      case Caller::Application:
        return azure(universe, Who::ContosoApp);
      case Caller::Agent:
        break;
    }
    return agent_for(universe, demo::kContoso);
  }

  static void attempt(const Client& client, const Ask& ask, Cell expected) {
    if (expected) {
      client.refused(ask, *expected);
    } else {
      client.ok(ask);
    }
  }

  void row(const Row& row) {
    SCOPED_TRACE(row.name);
    json body = purchase_of(demo::kContosoAzure);
    body["properties"]["quantity"] = 2;
    const Bought bought = buy_reservation(azure(universe, Who::Alice), body);
    if (!row.permission) {
      partner(universe).ok(
          {.operation = DeleteSelfServePolicy,
           .path = {{"policyId", std::string{demo::kFabrikam} + "_" + demo::kContoso}}});
    }
    const Client caller = client(row.caller);
    attempt(caller,
            {.operation = ArmPurchaseReservation,
             .path = {{"orderId", quote(caller, demo::kContosoAzure)}},
             .query = kApiVersion,
             .body = purchase_of(demo::kContosoAzure).dump()},
            row.buy);
    attempt(caller,
            {.operation = ArmGetReservation, .path = bought.in_path(), .query = kApiVersion},
            row.read);
    const json scope{{"appliedScopeType", "Single"},
                     {"appliedScopes", {std::string{"/subscriptions/"} + demo::kContosoAzure}}};
    attempt(caller,
            {.operation = ArmUpdateReservation,
             .path = bought.in_path(),
             .query = kApiVersion,
             .body = json{{"properties", scope}}.dump()},
            row.rescope);
    const json units{{"reservationId", bought.path()}, {"quantity", 1}};
    attempt(caller,
            {.operation = ArmCalculateRefund,
             .path = {{"orderId", bought.order}},
             .query = kApiVersion,
             .body = json{{"properties", {{"reservationToReturn", units}}}}.dump()},
            row.refund);
    const json wish{{"reservationsToExchange", json::array({units})},
                    {"reservationsToPurchase", json::array({purchase_of(demo::kContosoAzure)})}};
    attempt(caller,
            {.operation = ArmCalculateExchange,
             .query = kApiVersion,
             .body = json{{"properties", wish}}.dump()},
            row.exchange);
  }
};

class ReservationMatrixRow : public ReservationMatrix,
                             public ::testing::WithParamInterface<std::size_t> {};

TEST_P(ReservationMatrixRow, WhoMayDoWhat) { row(kRows[GetParam()]); }

INSTANTIATE_TEST_SUITE_P(Callers, ReservationMatrixRow,
                         ::testing::Range(std::size_t{0}, std::size(kRows)));

}  // namespace
}  // namespace pcsim::contract
