// The Azure subscriptions of a plan: reading, cancelling, reactivating.
#include <nlohmann/json.hpp>
#include <string>

#include "cases/story.h"

namespace pcsim::contract {
namespace {

using nlohmann::json;
using enum OperationId;

class AzureEntitlements : public Contract {};

Path entitlement_path(const std::string& plan, const std::string& azure) {
  Path path = subscription_path(demo::kContoso, plan);
  path["entitlementId"] = azure;
  return path;
}

TEST_F(AzureEntitlements, AreCancelledAndReactivated) {
  const Client client = partner(universe, Who::Director);
  const Path path = entitlement_path(demo::kContosoPlan, demo::kContosoAzure);
  for (const OperationId operation : {GetAzureEntitlement, PostAzureEntitlement}) {
    EXPECT_EQ(client.ok({.operation = operation, .path = path}).at("status"), "active");
  }
  client.refused({.operation = ReactivateAzureEntitlement, .path = path},
                 ErrorCode::EntitlementReactivationNotPossible);
  const json cancelled = client.ok({.operation = CancelAzureEntitlement,
                                    .path = path,
                                    .body = R"({"cancellationReason":"Compromise"})"});
  EXPECT_EQ(cancelled.at("status"), "active") << "the answer comes before the effect";
  EXPECT_EQ(client.ok({.operation = GetAzureEntitlement, .path = path}).at("status"), "disabled");
  client.ok({.operation = ReactivateAzureEntitlement, .path = path});
  EXPECT_EQ(client.ok({.operation = GetAzureEntitlement, .path = path}).at("status"), "active");
  const json record = partner(universe).ok({.operation = ListAuditRecords}).at("items").at(0);
  EXPECT_EQ(record.at("resourceType"), "azure_entitlement");
}

TEST_F(AzureEntitlements, WhoMayAndWhy) {
  const Path path = entitlement_path(demo::kContosoPlan, demo::kContosoAzure);
  const Ask cancel{.operation = CancelAzureEntitlement,
                   .path = path,
                   .body = R"({"cancellationReason":"compromise"})"};
  for (const Who who : {Who::Admin, Who::GlobalAdmin}) {
    partner(universe, who).refused(cancel, ErrorCode::InsufficientPrivileges);
    partner(universe, who)
        .refused({.operation = ReactivateAzureEntitlement, .path = path},
                 ErrorCode::EntitlementReactivationNotAllowed);
  }
  const Client client = partner(universe, Who::Director);
  client.refused({.operation = CancelAzureEntitlement, .path = path},
                 ErrorCode::EntitlementCancellationContentRequired);
  client.refused({.operation = CancelAzureEntitlement,
                  .path = path,
                  .body = R"({"cancellationReason":"boredom"})"},
                 ErrorCode::CancellationReasonInvalid);
}

TEST_F(AzureEntitlements, UnknownOrForeign) {
  const Client client = partner(universe, Who::Director);
  const std::string body = R"({"cancellationReason":"compromise"})";
  for (const OperationId operation : {GetAzureEntitlement, PostAzureEntitlement,
                                      CancelAzureEntitlement, ReactivateAzureEntitlement}) {
    const std::string sent = operation == CancelAzureEntitlement ? body : "";
    client.refused({.operation = operation,
                    .path = entitlement_path(demo::kContosoPlan, demo::kLegacySubscription),
                    .body = sent},
                   ErrorCode::AzureEntitlementNotFound);
    client.refused({.operation = operation,
                    .path = entitlement_path(demo::kNobody, demo::kContosoAzure),
                    .body = sent},
                   ErrorCode::SubscriptionNotFound);
  }
}

}  // namespace
}  // namespace pcsim::contract
