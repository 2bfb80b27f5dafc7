// Who may buy at the resource manager: an owner of the subscription, whom the partner permits.
#include <nlohmann/json.hpp>

#include "cases/story.h"

namespace pcsim::contract {
namespace {

using enum OperationId;

class OwnerAndPermission : public Contract {
 protected:
  /// The partner takes its permission for the customer back.
  void withdraw() {
    partner(universe).ok(
        {.operation = DeleteSelfServePolicy,
         .path = {{"policyId", std::string{demo::kFabrikam} + "_" + demo::kContoso}}});
  }

  void refused(Who who, ErrorCode error) {
    const Client client = azure(universe, who);
    client.refused({.operation = ArmPurchaseReservation,
                    .path = {{"orderId", quote(client, demo::kContosoAzure)}},
                    .query = kApiVersion,
                    .body = purchase_of(demo::kContosoAzure).dump()},
                   error);
  }
};

TEST_F(OwnerAndPermission, OwnerWithPermissionBuys) {
  purchase(azure(universe, Who::Alice), demo::kContosoAzure);
}

TEST_F(OwnerAndPermission, OwnerWithoutPermission) {
  withdraw();
  refused(Who::Alice, ErrorCode::ArmForbidden);
}

TEST_F(OwnerAndPermission, PermissionWithoutOwner) {
  refused(Who::Bob, ErrorCode::ArmAuthorizationFailed);
}

TEST_F(OwnerAndPermission, Neither) {
  withdraw();
  refused(Who::Bob, ErrorCode::ArmAuthorizationFailed);
}

}  // namespace
}  // namespace pcsim::contract
