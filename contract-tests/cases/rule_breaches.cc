// Requests that break one rule each, for the rules that no story breaks on its way.
#include <nlohmann/json.hpp>
#include <string>

#include "cases/shop.h"

namespace pcsim::contract {
namespace {

using nlohmann::json;
using enum OperationId;

class RuleBreaches : public Contract {
 protected:
  void refuse(OperationId operation, const json& body, ErrorCode error, const Path& path = {},
              Who who = Who::Admin) {
    partner(universe, who)
        .refused({.operation = operation, .path = path, .body = body.dump()}, error);
  }
};

TEST_F(RuleBreaches, MembersOfANewCustomer) {
  struct Row {
    const char* country;
    const char* pointer;
    const char* value;
  };
  const Row rows[] = {
      {"FR", "/companyProfile/domain", ""},
      {"FR", "/billingProfile/email", ""},
      {"FR", "/billingProfile/email", "nobody"},
      {"FR", "/billingProfile/culture", ""},
      {"FR", "/billingProfile/language", ""},
      {"FR", "/billingProfile/companyName", ""},
      {"FR", "/billingProfile/defaultAddress/country", ""},
      {"FR", "/billingProfile/defaultAddress/addressLine1", ""},
      {"FR", "/billingProfile/defaultAddress/city", ""},
      {"FR", "/billingProfile/defaultAddress/firstName", ""},
      {"FR", "/billingProfile/defaultAddress/lastName", ""},
      {"FR", "/billingProfile/defaultAddress/postalCode", ""},
      {"US", "/billingProfile/defaultAddress/state", ""},
      {"US", "/billingProfile/defaultAddress/state", "ZZ"},
  };
  for (const Row& row : rows) {
    json body = new_customer(row.country);
    body[json::json_pointer(row.pointer)] = row.value;
    SCOPED_TRACE(std::string{row.pointer} + " '" + row.value + "'");
    refuse(CreateCustomer, body, ErrorCode::InvalidRequestInput);
  }
}

TEST_F(RuleBreaches, AnAddressToValidate) {
  const json address = new_customer("FR").at("billingProfile").at("defaultAddress");
  for (const char* member : {"country", "addressLine1", "city"}) {
    json body = address;
    body[member] = "";
    SCOPED_TRACE(member);
    refuse(ValidateAddress, body, ErrorCode::InvalidRequestInput);
  }
}

TEST_F(RuleBreaches, APurchasePermission) {
  json policy = partner(universe).ok(
      {.operation = GetSelfServePolicy,
       .path = {{"policyId", std::string{demo::kFabrikam} + "_" + demo::kContoso}}});
  json body = policy;
  body.erase("id");
  refuse(UpdateSelfServePolicy, body, ErrorCode::InvalidRequestInput);
  body = policy;
  body["attributes"].erase("etag");
  refuse(UpdateSelfServePolicy, body, ErrorCode::InvalidRequestInput);
  body = policy;
  body["permissions"] = json::array();
  refuse(UpdateSelfServePolicy, body, ErrorCode::InvalidRequestInput);
}

TEST_F(RuleBreaches, ANameThatIsTakenAgain) {
  const json user{{"usageLocation", "FR"},
                  {"userPrincipalName", "zoe@contoso.onmicrosoft.com"},
                  {"firstName", "Zoe"},
                  {"lastName", "Petit"},
                  {"displayName", "Zoe"},
                  {"passwordProfile", {{"password", "Passw0rd!"}, {"forceChangePassword", false}}},
                  {"attributes", {{"objectType", "CustomerUser"}}}};
  const Client client = partner(universe);
  const Ask create{
      .operation = CreateCustomerUser, .path = customer_path(demo::kContoso), .body = user.dump()};
  const Path first{{"customerId", demo::kContoso}, {"userId", client.ok(create).at("id")}};
  client.ok({.operation = DeleteCustomerUser, .path = first});
  client.ok(create);
  refuse(UpdateCustomerUser, json{{"state", "active"}}, ErrorCode::Conflict, first);
}

TEST_F(RuleBreaches, ASupportContactOfTwoPartners) {
  const Path path = subscription_path(demo::kContoso, demo::kContosoPlan);
  json contact = partner(universe).ok({.operation = GetSupportContact, .path = path});
  contact["supportMpnId"] = "1000003";
  refuse(UpdateSupportContact, contact, ErrorCode::MpnIdNotFound, path);
}

TEST_F(RuleBreaches, ACustomerWithReservationsIsNotDeleted) {
  const Client sandbox = partner(universe, Who::Sandbox);
  buy(sandbox, demo::kSandboxCustomer, order_of(kB1s, {owned(demo::kSandboxCustomer, 1)}));
  universe.advance(600);
  partner(universe, Who::Sandbox)
      .refused({.operation = DeleteCustomer, .path = customer_path(demo::kSandboxCustomer)},
               ErrorCode::OrderNotCancellable);
}

TEST_F(RuleBreaches, InvitationsThatAreNotAccepted) {
  const auto accepts = [&](const json& parameters) {
    return universe.act("customer-accepts-relationship", parameters.dump());
  };
  EXPECT_EQ(accepts({{"customerId", demo::kContoso}, {"partnerId", demo::kSandbox}}), 409);
  EXPECT_EQ(accepts({{"customerId", demo::kContoso}, {"partnerId", demo::kReseller}}), 409);
  EXPECT_EQ(accepts({{"customerId", demo::kContoso},
                     {"partnerId", demo::kFabrikam},
                     {"resellerId", demo::kReseller}}),
            409);
  EXPECT_EQ(accepts({{"customerId", demo::kNorthwind},
                     {"partnerId", demo::kProvider},
                     {"resellerId", demo::kReseller}}),
            200);
}

TEST_F(RuleBreaches, AQuoteIsForOneTenantAndATime) {
  const auto buy_with = [&](Who who, const char* subscription, const std::string& order) {
    azure(universe, who)
        .refused({.operation = ArmPurchaseReservation,
                  .path = {{"orderId", order}},
                  .query = kApiVersion,
                  .body = purchase_of(subscription).dump()},
                 ErrorCode::ArmSessionTimedOut);
  };
  const std::string order = quote(azure(universe, Who::Alice), demo::kContosoAzure);
  buy_with(Who::AliceNorth, demo::kNorthwindAzure, order);
  universe.advance(3601);
  buy_with(Who::Alice, demo::kContosoAzure, order);
}

}  // namespace
}  // namespace pcsim::contract
