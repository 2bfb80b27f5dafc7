// Which partner role may call what, told a second time: the rows of the operation tables are
// compared with what the user documentation calls the appropriate roles of a task.
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "http/gateway_testing.h"

namespace pcsim {
namespace {

using namespace gateway_testing;

/// A task and one letter per role that may do it: (A)dmin agent, (S)ales agent, (H)elpdesk agent,
/// (G)lobal admin, (U)ser management admin.
struct Task {
  std::string_view operation, roles;
};

constexpr std::string_view kEveryone = "ASHGU";    // reading
constexpr std::string_view kBuying = "ASGU";       // "Buy the Azure plan": appropriate roles
constexpr std::string_view kCustomers = "ASG";     // customers, their profiles, registration
constexpr std::string_view kCustomerUsers = "AH";  // users of a customer
constexpr std::string_view kAttesting = "AS";      // "Confirm customer acceptance"
constexpr std::string_view kSupporting = "ASHG";   // "Support contact": all who help the customer
constexpr std::string_view kInvoices = "AG";       // "Invoices": the pages' roles that we have
constexpr std::string_view kOwning = "AG";  // "Cancel an Azure subscription": both roles together
constexpr std::string_view kHandingOver = "A";  // "Create a transfer", "Accept a transfer"
constexpr std::string_view kPermitting = "A";   // "Give customers permission", turning it on or off

constexpr Task kTasks[] = {
    {"CreateCustomer", kCustomers},
    {"ListInvoices", kInvoices},
    {"GetInvoice", kInvoices},
    {"ListInvoiceLines", kInvoices},
    {"ListInvoiceLinesOfType", kInvoices},
    {"GetInvoiceSummary", kInvoices},
    {"ListInvoiceSummaries", kInvoices},
    {"ListCustomers", kEveryone},
    {"GetCustomer", kEveryone},
    {"GetBillingProfile", kEveryone},
    {"UpdateBillingProfile", kCustomers},
    {"ListAgreementMetadata", kEveryone},
    {"CreateAgreement", kAttesting},
    {"ListAgreements", kEveryone},
    {"GetDirectSignStatus", kEveryone},
    {"ListProducts", kEveryone},
    {"GetProduct", kEveryone},
    {"ListSkus", kEveryone},
    {"GetSku", kEveryone},
    {"ListAvailabilities", kEveryone},
    {"GetAvailability", kEveryone},
    {"CheckInventory", kEveryone},
    {"ListCustomerProducts", kEveryone},
    {"PostCustomerProducts", kEveryone},
    {"GetCustomerProduct", kEveryone},
    {"ListCustomerSkus", kEveryone},
    {"PostCustomerSkus", kEveryone},
    {"GetCustomerSku", kEveryone},
    {"PostCustomerSku", kEveryone},
    {"ListCustomerAvailabilities", kEveryone},
    {"PostCustomerAvailabilities", kEveryone},
    {"GetCustomerAvailability", kEveryone},
    {"PostCustomerAvailability", kEveryone},
    {"CreateCart", kBuying},
    {"GetCart", kEveryone},
    {"UpdateCart", kBuying},
    {"CheckoutCart", kBuying},
    {"CreateOrder", kBuying},
    {"ListOrders", kEveryone},
    {"GetOrder", kEveryone},
    {"ListSubscriptions", kEveryone},
    {"GetSubscription", kEveryone},
    {"ListAzureEntitlements", kEveryone},
    {"RegisterSubscription", kCustomers},
    {"GetRegistrationStatus", kEveryone},
    {"ListEntitlements", kEveryone},
    {"UpdateOrder", kBuying},
    {"GetOrderProvisioningStatus", kEveryone},
    {"ListLineActivationLinks", kEveryone},
    {"ListOrderActivationLinks", kEveryone},
    {"ListSubscriptionActivationLinks", kEveryone},
    {"UpdateSubscription", kCustomers},
    {"GetSubscriptionProvisioningStatus", kEveryone},
    {"GetSupportContact", kEveryone},
    {"UpdateSupportContact", kSupporting},
    {"GetAzureEntitlement", kEveryone},
    {"PostAzureEntitlement", kEveryone},
    {"CancelAzureEntitlement", kOwning},
    {"ReactivateAzureEntitlement", kOwning},
    {"ListUpgrades", kEveryone},
    {"CreateUpgrade", kCustomers},
    {"GetProductUpgradeEligibility", kEveryone},
    {"CreateProductUpgrade", kCustomers},
    {"GetProductUpgradeStatus", kEveryone},
    {"CreateTransfer", kHandingOver},
    {"ListTransfers", kEveryone},
    {"GetTransfer", kEveryone},
    {"UpdateTransfer", kHandingOver},
    {"WithdrawTransfer", kHandingOver},
    {"AcceptTransfer", kHandingOver},
    {"GetReservationArtifact", kEveryone},
    {"CreateSelfServePolicy", kPermitting},
    {"ListSelfServePolicies", kEveryone},
    {"GetSelfServePolicy", kEveryone},
    {"UpdateSelfServePolicy", kPermitting},
    {"UpdateSelfServePolicyById", kPermitting},
    {"DeleteSelfServePolicy", kPermitting},
    {"ListAuditRecords", kEveryone},
    {"GetCompanyProfile", kEveryone},
    {"GetRelationshipRequest", kEveryone},
    {"ListCustomerRelationships", kEveryone},
    {"ListRelationships", kEveryone},
    {"GetPartnerAgreementStatus", kEveryone},
    {"GetMpnProfile", kEveryone},
    {"CheckDomain", kEveryone},
    {"ValidateAddress", kEveryone},
    {"GetCountryRules", kEveryone},
    {"GetValidationStatus", kEveryone},
    {"PatchCustomer", kPermitting},
    {"DeleteCustomer", kPermitting},
    {"ListCustomerUsers", kEveryone},
    {"CreateCustomerUser", kCustomerUsers},
    {"GetCustomerUser", kEveryone},
    {"UpdateCustomerUser", kCustomerUsers},
    {"DeleteCustomerUser", kCustomerUsers},
    {"ListUserDirectoryRoles", kEveryone},
    {"ListDirectoryRoles", kEveryone},
    {"ListRoleMembers", kEveryone},
    {"AddRoleMember", kPermitting},
    {"RemoveRoleMember", kPermitting},
    {"GetAgreementDocument", kEveryone},
    {"GetAuditRecord", kEveryone},
    {"GetAuditActivity", kEveryone},
    {"GenerateToken", kEveryone},
};

struct RoleUser {
  char letter;
  const char* name;
};

constexpr RoleUser kUsers[] = {
    {'A', "admin"}, {'S', "sales"}, {'H', "helpdesk"}, {'G', "globaladmin"}, {'U', "useradmin"}};

/// The path of a row, its parameters filled in: only the role is of interest.
std::string target_of(const Operation& row) {
  std::string target{row.path};
  for (std::size_t open = 0; (open = target.find('{')) != std::string::npos;) {
    const std::size_t close = target.find('}', open);
    target.replace(open, close - open + 1, kContoso);
  }
  return target;
}

TEST(Roles, EveryOperationAdmitsTheRolesOfItsTask) {
  Site site;
  std::map<std::string_view, std::string_view> expected;
  for (const Task& task : kTasks) {
    expected[task.operation] = task.roles;
  }
  std::map<char, std::string> tokens;
  for (const RoleUser& user : kUsers) {
    tokens[user.letter] =
        site.token(std::string{user.name} + "@fabrikam.onmicrosoft.com", kPartnerCenter);
  }
  for (const Operation& row : operations()) {
    if (row.surface != Surface::PartnerCenter) {
      continue;
    }
    ASSERT_TRUE(expected.contains(row.name)) << row.name << " has no task in this test";
    for (const RoleUser& user : kUsers) {
      const Response response =
          site.send(std::string{row.method}, target_of(row), tokens[user.letter]);
      const nlohmann::json body = body_of(response);
      const bool refused =
          response.status == 403 && body.is_object() && body.value("code", 0) == 900150;
      const bool allowed = expected[row.name].find(user.letter) != std::string_view::npos;
      EXPECT_EQ(!refused, allowed) << row.name << " as " << user.name << ": " << response.body;
    }
  }
}

}  // namespace
}  // namespace pcsim
