#include "contract/request_schemas.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

namespace pcsim {
namespace {

using nlohmann::json;

/// A body as the gateway hands it over (names in lower case), and what is wrong with it.
struct Row {
  OperationId operation;
  const char* body;
  const char* refusal;  ///< "pointer: message", empty when the body passes
};

std::string verdict(OperationId id, const char* body) {
  const auto violation = request_violation(operation(id), json::parse(body));
  return violation ? request_error(Surface::PartnerCenter, *violation).pointer : "";
}

const Row kCustomers[] = {
    {OperationId::CreateCustomer,
     R"({"enablegdapbydefault":false,"id":null,"companyprofile":{"domain":"a.onmicrosoft.com","links":null,
         "attributes":{"objecttype":"CustomerCompanyProfile"}},"billingprofile":{"email":"a@b.example",
         "culture":"fr-FR","language":"fr","companyname":"A","defaultaddress":{"addressline1":"1","city":"Lyon",
         "country":"FR","firstname":"A","lastname":"B","state":null}},"unheardof":[1]})",
     ""},
    {OperationId::CreateCustomer, "null", "#: must be object (got null)"},
    {OperationId::CreateCustomer, "[]", "#: must be object (got array)"},
    {OperationId::CreateCustomer, R"({"billingprofile":{}})", "/companyProfile: is required"},
    {OperationId::CreateCustomer, R"({"companyprofile":null,"billingprofile":{}})",
     "/companyProfile: is required"},
    {OperationId::CreateCustomer, R"({"companyprofile":{"domain":7},"billingprofile":{"email":"a",
         "culture":"c","language":"l","companyname":"A","defaultaddress":{"addressline1":"1","city":"L",
         "country":"FR","firstname":"A","lastname":"B"}}})",
     "/companyProfile/domain: must be string (got integer)"},
    {OperationId::UpdateBillingProfile,
     R"({"id":"1","email":"a","culture":"c","language":"l","companyname":"A","attributes":{"etag":"1"},
         "defaultaddress":{"addressline1":"1","city":"L","country":"FR","lastname":"B"}})",
     "/defaultAddress/firstName: is required"},
};

const Row kAgreements[] = {
    {OperationId::CreateAgreement,
     R"({"primarycontact":{"firstname":"A","lastname":"B","email":"c","phonenumber":null},
         "templateid":"t","dateagreed":"2024-03-02T00:00:00Z","type":"MicrosoftCustomerAgreement"})",
     ""},
    {OperationId::CreateAgreement,
     R"({"primarycontact":{"firstname":"A","lastname":"B"},"templateid":"t","dateagreed":"d","type":"x"})",
     "/primaryContact/email: is required"},
    {OperationId::CreateAgreement,
     R"({"primarycontact":"A","templateid":"t","dateagreed":"d","type":"x"})",
     "/primaryContact: must be object (got string)"},
    {OperationId::CreateSelfServePolicy,
     R"({"selfserveentity":{"selfserveentitytype":"Customer","tenantid":"c"},
         "grantor":{"grantortype":"billToPartner","tenantid":"p"},
         "permissions":[{"action":"purchase","resource":"AzureReservedInstances"}]})",
     ""},
    {OperationId::UpdateSelfServePolicy,
     R"({"selfserveentity":{"selfserveentitytype":"customer"},"grantor":{"grantortype":"g","tenantid":"p"},
         "permissions":[{"action":"a","resource":"r"}]})",
     "/selfServeEntity/tenantID: is required"},
    {OperationId::UpdateSelfServePolicyById,
     R"({"selfserveentity":{"selfserveentitytype":"customer","tenantid":"c"},
         "grantor":{"grantortype":"g","tenantid":"p"},"permissions":[]})",
     "/permissions: must have >= 1 items (got 0)"},
};

const Row kPurchases[] = {
    {OperationId::CreateCart,
     R"({"lineitems":[{"id":"0","catalogitemid":"p:s:a","quantity":1,"billingcycle":"OneTime",
         "renewsto":[{"termduration":"P1Y"}],"participants":null}],"creationtimestamp":"0001-01-01T00:00:00"})",
     ""},
    {OperationId::UpdateCart,
     R"({"id":"c","lineitems":[{"id":0,"catalogid":"p:s:a","quantity":"2","billingcycle":3,
         "renewsto":{"termduration":"P1Y"},"provisioningcontext":{"SubscriptionId":"s"}}]})",
     ""},
    {OperationId::CreateCart, R"({"lineitems":[]})", "/lineItems: must have >= 1 items (got 0)"},
    {OperationId::CreateCart, R"({"lineitems":{}})", "/lineItems: must be array (got object)"},
    {OperationId::CreateCart, R"({"lineitems":[null]})", "/lineItems/0: must be object (got null)"},
    {OperationId::CreateCart,
     R"({"lineitems":[{"catalogitemid":"a","quantity":"many","billingcycle":"monthly"}]})",
     "/lineItems/0/quantity: must match the pattern (got \"many\")"},
    {OperationId::CheckoutCart, "\"success\"", ""},
    {OperationId::CheckoutCart, "null", ""},
    {OperationId::RegisterSubscription, "null", ""},
    {OperationId::RegisterSubscription, "\"success\"", ""},
    {OperationId::CreateOrder,
     R"({"lineitems":[{"offerid":"p:s:a","quantity":1,"termduration":"P1Y","friendlyname":"f",
         "lineitemnumber":0}],"billingcycle":"monthly"})",
     ""},
    {OperationId::CreateOrder, R"({"lineitems":[{"lineitemnumber":0,"quantity":1}]})",
     "/lineItems/0/offerId: is required"},
    {OperationId::CreateOrder,
     R"({"lineitems":[{"lineitemnumber":0,"offerid":"o","quantity":1.5}]})",
     "/lineItems/0/quantity: must be integer or string (got number)"},
    {OperationId::CheckInventory,
     R"({"targetitems":[{"productid":"p"}],"inventorycontext":{"customerid":"c"}})", ""},
    {OperationId::CreateOrder,
     R"({"lineitems":[{"lineitemnumber":0,"offerid":"o","quantity":2147483648}]})",
     "/lineItems/0/quantity: must be <= 2147483647 (got 2147483648)"},
    {OperationId::CheckInventory, R"({"targetitems":["p"]})",
     "/targetItems/0: must be object (got string)"},
    {OperationId::ArmCalculatePrice,
     R"({"sku":{"name":"Standard_B1s"},"location":"westus","properties":{"quantity":"1","term":"P1Y",
         "appliedscopes":null,"renew":false,"reservedresourceproperties":{"instanceflexibility":"On"}}})",
     ""},
    {OperationId::ArmPurchaseReservation, R"({"sku":{"name":"s"},"properties":{"term":"P1Y"}})",
     "/properties/quantity: is required"},
    {OperationId::ArmPurchaseReservation,
     R"({"sku":{"name":"s"},"properties":{"quantity":1,"appliedscopes":"/subscriptions/x"}})",
     "/properties/appliedScopes: must be array (got string)"},
    {OperationId::ListCustomers, "[]", ""},
};

TEST(RequestSchemas, PassAndRefuse) {
  for (const auto& rows : {std::vector<Row>(std::begin(kCustomers), std::end(kCustomers)),
                           std::vector<Row>(std::begin(kAgreements), std::end(kAgreements)),
                           std::vector<Row>(std::begin(kPurchases), std::end(kPurchases))}) {
    for (const Row& row : rows) {
      EXPECT_EQ(verdict(row.operation, row.body), row.refusal) << row.body;
    }
  }
}

TEST(RequestSchemas, EveryOperationWithASchemaRefusesText) {
  for (const Operation& row : operations()) {
    EXPECT_EQ(request_violation(row, "x").has_value(), !row.request_schema.empty()) << row.name;
  }
}

TEST(RequestSchemas, ErrorsOfTheSurfaces) {
  const Violation violation{"/sku", "", "required", "is required"};
  const Error arm = request_error(Surface::Arm, violation);
  EXPECT_EQ(arm.code, ErrorCode::ArmInvalidRequestContent);
  EXPECT_EQ(arm.arguments, std::vector<std::string>{"/sku: is required"});
  EXPECT_EQ(request_error(Surface::PartnerCenter, violation).code, ErrorCode::InvalidRequestInput);
}

TEST(RequestSchemas, ManyThreadsMayAsk) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([] {
      for (const Operation& row : operations()) {
        static_cast<void>(request_violation(row, json::object()));
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
}

}  // namespace
}  // namespace pcsim
