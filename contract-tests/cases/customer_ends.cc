// How a relationship with a customer ends, and how it begins again.
#include <nlohmann/json.hpp>

#include "cases/story.h"

namespace pcsim::contract {
namespace {

using nlohmann::json;
using enum OperationId;

class CustomerEnds : public Contract {};

Ask end_of(const std::string& customer) {
  return {.operation = PatchCustomer,
          .path = customer_path(customer),
          .body = json{{"RelationshipToPartner", "none"}}.dump()};
}

TEST_F(CustomerEnds, NothingIsLeftOfTheRelationship) {
  const Client client = partner(universe);
  const Path path = customer_path(demo::kNoAgreement);
  EXPECT_EQ(client.ok(end_of(demo::kNoAgreement)).at("RelationshipToPartner"), "none");
  client.refused({.operation = GetCustomer, .path = path}, ErrorCode::NoCommerceRelationship);
  const json record = client.ok({.operation = ListAuditRecords}).at("items").at(0);
  EXPECT_EQ(record.at("operationType"), "remove_partner_customer_relationship");
  EXPECT_EQ(record.at("customerId"), demo::kNoAgreement);
  const json wanted{{"customerId", demo::kNoAgreement}, {"partnerId", demo::kFabrikam}};
  EXPECT_EQ(universe.act("customer-accepts-relationship", wanted.dump()), 200);
  const json back = client.ok({.operation = GetCustomer, .path = path});
  EXPECT_EQ(back.at("allowDelegatedAccess"), false);
  EXPECT_EQ(client.ok({.operation = ListAuditRecords}).at("items").at(0).at("operationType"),
            "reseller_relationship_accepted_by_customer");
}

TEST_F(CustomerEnds, ReservationsAreInTheWay) {
  purchase(azure(universe, Who::Alice), demo::kContosoAzure);
  partner(universe).refused(end_of(demo::kContoso), ErrorCode::OrderNotCancellable);
}

TEST_F(CustomerEnds, AResellerLeavesTheCustomerToItsProvider) {
  const Client reseller = partner(universe, Who::Reseller);
  reseller.ok(end_of(demo::kNorthwind));
  reseller.refused(end_of(demo::kNorthwind), ErrorCode::NoCommerceRelationship);
  const Path path = customer_path(demo::kNorthwind);
  partner(universe, Who::Provider).ok({.operation = GetCustomer, .path = path});
}

TEST_F(CustomerEnds, AdministrationEndsOnItsOwn) {
  const Client client = partner(universe);
  const Ask ask{.operation = PatchCustomer,
                .path = customer_path(demo::kContoso),
                .body = json{{"allowDelegatedAccess", false}}.dump()};
  EXPECT_EQ(client.ok(ask).at("AllowDelegatedAccess"), false);
  client.refused(ask, ErrorCode::OperationNotSupported);
  for (const json& body :
       {json::object(), json{{"relationshipToPartner", "advisor"}},
        json{{"relationshipToPartner", 1}}, json{{"allowDelegatedAccess", true}}}) {
    client.refused(
        {.operation = PatchCustomer, .path = customer_path(demo::kContoso), .body = body.dump()},
        ErrorCode::InvalidRequestInput);
  }
}

TEST_F(CustomerEnds, OnlyTheSandboxDeletes) {
  partner(universe).refused({.operation = DeleteCustomer, .path = customer_path(demo::kContoso)},
                            ErrorCode::OperationNotSupportedInEnvironment);
  const Client sandbox = partner(universe, Who::Sandbox);
  const std::string customer = create_customer(sandbox, "FR");
  sandbox.ok({.operation = DeleteCustomer, .path = customer_path(customer)});
  sandbox.refused({.operation = GetCustomer, .path = customer_path(customer)},
                  ErrorCode::TenantNotFound);
  const json record = sandbox.ok({.operation = ListAuditRecords}).at("items").at(0);
  EXPECT_EQ(record.at("operationType"), "delete_customer");
}

TEST_F(CustomerEnds, SoftwareIsInTheWayOfADeletion) {
  const Client sandbox = partner(universe, Who::Sandbox);
  const std::string customer = create_customer(sandbox, "FR");
  accept_agreement(sandbox, customer);
  sandbox.ok({.operation = CreateOrder,
              .path = customer_path(customer),
              .body = order_of(kSoftware).dump()});
  sandbox.refused({.operation = DeleteCustomer, .path = customer_path(customer)},
                  ErrorCode::OrderNotCancellable);
}

TEST_F(CustomerEnds, TheSandboxHoldsSoManyCustomers) {
  const Client sandbox = partner(universe, Who::Sandbox);
  const auto list = sandbox.ok({.operation = ListCustomers});
  for (int count = list.value("totalCount", 0); count < 75; ++count) {
    create_customer(sandbox, "FR");
  }
  sandbox.refused({.operation = CreateCustomer, .body = new_customer("FR").dump()},
                  ErrorCode::SandboxLimitMet);
}

TEST(CustomerEndSwitches, SubscriptionsMayBeInTheWay) {
  Universe universe{{{"relationship-end", "reservations-and-subscriptions"}}};
  partner(universe).refused(end_of(demo::kPermissionOff), ErrorCode::OrderNotCancellable);
}

}  // namespace
}  // namespace pcsim::contract
