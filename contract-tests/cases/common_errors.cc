// The errors that follow from an operation's row, met at every operation that has the trait.
#include <gmock/gmock.h>

#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <ostream>

#include "cases/plausible.h"
#include "cases/story.h"
#include "pcsim/text.h"

namespace pcsim {

/// GoogleTest shows a parameter by it.
static void PrintTo(const Operation& row, std::ostream* out) { *out << row.name; }

}  // namespace pcsim

namespace pcsim::contract {

namespace {

/// The api-version by the provider that a path names.
std::string version_of(const Operation& row) {
  for (const auto& [mark, version] : {std::pair{"/createSubscription", "2020-01-01"},
                                      std::pair{"/subscriptionOperations", "2020-01-01"},
                                      std::pair{"/Microsoft.Authorization", "2022-04-01"},
                                      std::pair{"/Microsoft.Subscription", "2021-10-01"},
                                      std::pair{"/Microsoft.Billing", "2024-04-01"},
                                      std::pair{"/Microsoft.Support", "2024-04-01"},
                                      std::pair{"/Microsoft.Capacity", "2022-11-01"}}) {
    if (row.path.find(mark) != std::string_view::npos) {
      return std::string{"api-version="} + version;
    }
  }
  return kSubscriptionsVersion;
}

/// A body of the row's schema.
std::string arm_body(const Operation& row) {
  const std::string_view schema = row.request_schema;
  if (schema == "arm/role_assignment/put") {
    return assignment_of(kReaderRole, demo::kBob).dump();
  }
  if (schema == "arm/role_definition/put") {
    return custom_role("Cashier").dump();
  }
  if (schema == "arm/support/ticket_put") {
    return new_ticket(demo::kReturnClassification).dump();
  }
  for (const auto& [name, body] :
       {std::pair{"arm/subscription/alias_request",
                  R"({"properties":{"displayName":"Spring","workload":"Production"}})"},
        std::pair{"arm/subscription/create", R"({"displayName":"Spring"})"},
        std::pair{"arm/subscription/rename", R"({"subscriptionName":"Autumn"})"},
        std::pair{"arm/billing/customer_policy_put", R"({"properties":{"viewCharges":"Allowed"}})"},
        std::pair{"arm/support/name_request",
                  R"({"name":"a","type":"Microsoft.Support/supportTickets"})"},
        std::pair{"arm/support/ticket_patch", R"({"severity":"moderate"})"},
        std::pair{"arm/support/communication_put",
                  R"({"properties":{"subject":"Ids","body":"Here they are"}})"}}) {
    if (schema == name) {
      return body;
    }
  }
  return purchase_of(demo::kContosoAzure).dump();
}

}  // namespace

Ask plausible(const Operation& row) {
  Ask ask{.operation = row.id};
  ask.path = {{"customerId", demo::kContoso},
              {"cartId", demo::kNobody},
              {"orderId", demo::kNobody},
              {"subscriptionId", demo::kContosoPlan},
              {"productId", "DZH318Z0BPS6"},
              {"skuId", "0001"},
              {"availabilityId", "DZH318Z0BML6"},
              {"type", "reservedinstance"},
              {"groupId", demo::kNobody},
              {"lineItemId", "0"},
              {"resourceId", demo::kNobody},
              {"policyId", demo::kNobody},
              {"invoiceId", "G000000000"},
              {"provider", "onetime"},
              {"lineItemType", "billinglineitems"},
              {"tenant", demo::kFabrikam},
              {"domain", "contoso.onmicrosoft.com"},
              {"userId", demo::kNobody},
              {"auditId", demo::kNobody},
              {"templateId", kCustomerAgreement},
              {"roleId", demo::kNobody},
              {"country", "FR"},
              {"entitlementId", demo::kNobody},
              {"lineItemNumber", "0"},
              {"upgradeId", demo::kNobody},
              {"transferId", demo::kNobody},
              {"reservationId", demo::kNobody},
              {"resultId", std::string{demo::kNobody} + "_5"},
              {"upn", "admin@fabrikam.onmicrosoft.com"}};
  if (row.surface == Surface::Arm) {
    ask.path.insert({{"*scope", std::string{"subscriptions/"} + demo::kContosoAzure},
                     {"aliasName", "spring"},
                     {"operationId", demo::kNobody},
                     {"namespace", "Microsoft.Capacity"},
                     {"roleAssignmentId", demo::kNobody},
                     {"roleDefinitionId", demo::kNobody},
                     {"billingAccount", demo::kFabrikamAccount},
                     {"billingProfile", demo::kFabrikamProfile},
                     {"customer", demo::kContoso},
                     {"policy", "default"},
                     {"serviceName", demo::kBillingService},
                     {"classificationName", demo::kReturnClassification},
                     {"supportTicketName", "broken-order"},
                     {"communicationName", "first"}});
    ask.path["subscriptionId"] = demo::kContosoAzure;
    ask.query = version_of(row);
  }
  if (!row.request_schema.empty()) {
    ask.body = row.surface == Surface::Arm ? arm_body(row) : "{}";
  }
  return ask;
}

Client caller_of(Universe& universe, const Operation& row) {
  if (row.path.find("{billingAccount}") != std::string_view::npos) {
    return azure(universe, Who::Admin);
  }
  return row.surface == Surface::Arm ? azure(universe, Who::Alice) : partner(universe);
}

namespace {

/// A user of the direct partner whose role the operation does not admit.
Who excluded_role(const Operation& row) {
  static constexpr std::pair<std::uint32_t, Who> kRoles[] = {{kHelpdeskAgent, Who::Helpdesk},
                                                             {kSalesAgent, Who::Sales},
                                                             {kUserAdmin, Who::UserAdmin},
                                                             {kGlobalAdmin, Who::GlobalAdmin}};
  for (const auto& [role, who] : kRoles) {
    if ((row.roles & role) == 0) {
      return who;
    }
  }
  ADD_FAILURE() << row.name << " admits everyone";
  return Who::Admin;
}

using Provoke = std::function<void(Universe&, const Operation&)>;

Provoke with_body(const std::string& body, ErrorCode error) {
  return [=](Universe& universe, const Operation& row) {
    Ask ask = plausible(row);
    ask.body = body;
    caller_of(universe, row).refused(ask, error);
  };
}

Provoke with_token(Who who, const char* resource, ErrorCode error) {
  return [=](Universe& universe, const Operation& row) {
    Client{universe, universe.token(who, resource)}.refused(plausible(row), error);
  };
}

Provoke with_customer(const std::string& customer, ErrorCode error) {
  return [=](Universe& universe, const Operation& row) {
    Ask ask = plausible(row);
    ask.path["customerId"] = customer;
    partner(universe).refused(ask, error);
  };
}

void expired(Universe& universe, const Operation& row) {
  const Client before = caller_of(universe, row);
  universe.advance(7200);
  before.refused(plausible(row), row.surface == Surface::Arm ? ErrorCode::ArmExpiredToken
                                                             : ErrorCode::AccessDenied);
}

void garbage(Universe& universe, const Operation& row) {
  Client{universe, "not.a.token"}.refused(plausible(row), row.surface == Surface::Arm
                                                              ? ErrorCode::ArmInvalidToken
                                                              : ErrorCode::AccessDenied);
}

void denied(Universe& universe, const Operation& row) {
  garbage(universe, row);
  with_token(Who::WithoutMfa, kPartnerCenterResource, ErrorCode::AccessDenied)(universe, row);
  with_token(Who::Alice, kPartnerCenterResource, ErrorCode::AccessDenied)(universe, row);
  with_token(Who::Admin, kArmResource, ErrorCode::AccessDenied)(universe, row);
  expired(universe, row);
}

/// The partner's application at a customer's tenant, where it has no service principal.
void without_principal(Universe& universe, const Operation& row) {
  const Credentials with = credentials_of(Who::App);
  const auto body = nlohmann::json::parse(
      universe.ask_token(demo::kContoso, form({{"grant_type", "client_credentials"},
                                               {"client_id", with.client},
                                               {"client_secret", with.secret},
                                               {"resource", kArmResource}})));
  Client{universe, body.at("access_token").get<std::string>()}.refused(
      plausible(row), ErrorCode::ArmTokenClaimsMissing);
}

/// A client that takes claims challenges learns at once that its user's sessions have ended.
void session_revoked(Universe& universe, const Operation& row) {
  const Credentials with = credentials_of(Who::Alice);
  const auto body = nlohmann::json::parse(universe.ask_token(
      demo::kContoso, form({{"grant_type", "password"},
                            {"client_id", with.client},
                            {"client_secret", with.secret},
                            {"username", with.user},
                            {"password", with.password},
                            {"resource", kArmResource},
                            {"claims", R"({"access_token":{"xms_cc":{"values":["CP1"]}}})"}})));
  universe.advance(1);
  EXPECT_EQ(universe.act("administrator-revokes-sessions",
                         nlohmann::json{{"userPrincipalName", with.user}}.dump()),
            200);
  const Client client{universe, body.at("access_token").get<std::string>()};
  client.refused(plausible(row), ErrorCode::ArmSessionRevoked);
  EXPECT_THAT(client.send(plausible(row)).header("WWW-Authenticate"),
              ::testing::HasSubstr("error=\"insufficient_claims\""));
}

void second_factor_missing(Universe&, const Operation& row) {
  Universe strict{{{"arm-mfa", "from-2025-10-01"}}};
  Client{strict, strict.token(Who::WithoutMfa, kArmResource)}.refused(plausible(row),
                                                                      ErrorCode::ArmMfaRequired);
}

/// The partner without customers may send 40 requests a minute.
void too_often(Universe& universe, const Operation& row) {
  const Client client = partner(universe, Who::OtherPartner);
  Ask ask = plausible(row);
  for (int sent = 0; sent < 40; ++sent) {
    EXPECT_NE(client.send(ask).status, 429);
  }
  client.refused(ask, ErrorCode::RateLimited);
  universe.advance(60);
  EXPECT_NE(partner(universe, Who::OtherPartner).send(ask).status, 429);
}

/// The simulator under test lets two tenant ids have universes of their own.
void no_universe_left(Universe&, const Operation& row) {
  const std::string tenants[] = {"75000000-0000-4000-8000-0000000000f1",
                                 "75000000-0000-4000-8000-0000000000f2",
                                 "75000000-0000-4000-8000-0000000000f3"};
  const Client client{std::string{}, std::string{}};
  Ask ask = plausible(row);
  for (const std::string& tenant : {tenants[0], tenants[1]}) {
    ask.path["tenant"] = tenant;
    EXPECT_NE(client.send(ask).status, 429);
  }
  ask.path["tenant"] = tenants[2];
  client.refused(ask, ErrorCode::UniverseLimitReached);
  EXPECT_EQ(steer("DELETE", "/universes/" + tenants[0], "").status, 204);
  EXPECT_NE(client.send(ask).status, 429);
  for (const std::string& tenant : {tenants[1], tenants[2]}) {
    EXPECT_EQ(steer("DELETE", "/universes/" + tenant, "").status, 204);
  }
}

/// The same call at another subscription.
Provoke with_subscription(Who who, const char* id, ErrorCode error) {
  return [=](Universe& universe, const Operation& row) {
    Ask ask = plausible(row);
    ask.path["subscriptionId"] = id;
    ask.path["*scope"] = std::string{"subscriptions/"} + id;
    azure(universe, who).refused(ask, error);
  };
}

/// How to meet each error that follows from a row.
const std::map<ErrorCode, Provoke>& provocations() {
  static const std::string deep = "{\"a\":" + std::string(100, '[') + std::string(100, ']') + "}";
  static const std::map<ErrorCode, Provoke> table{
      {ErrorCode::UniverseNotFound,
       [](Universe&, const Operation& row) {
         Client{"/~nowhere", ""}.refused(plausible(row), ErrorCode::UniverseNotFound);
       }},
      {ErrorCode::UniverseLimitReached, no_universe_left},
      {ErrorCode::PartnerTokenMissing,
       [](Universe& universe, const Operation& row) {
         anonymous(universe).refused(plausible(row), ErrorCode::PartnerTokenMissing);
       }},
      {ErrorCode::AccessDenied, denied},
      {ErrorCode::AudienceNoLongerSupported,
       with_token(Who::Admin, kGraphResource, ErrorCode::AudienceNoLongerSupported)},
      {ErrorCode::AppOnlyNotSupported,
       with_token(Who::App, kPartnerCenterResource, ErrorCode::AppOnlyNotSupported)},
      {ErrorCode::RoleNotAllowed,
       [](Universe& universe, const Operation& row) {
         partner(universe, excluded_role(row)).refused(plausible(row), ErrorCode::RoleNotAllowed);
       }},
      {ErrorCode::RateLimited, too_often},
      {ErrorCode::NotAcceptable,
       [](Universe& universe, const Operation& row) {
         Ask ask = plausible(row);
         ask.headers.emplace_back("Accept", "text/html, application/xml");
         caller_of(universe, row).refused(ask, ErrorCode::NotAcceptable);
       }},
      {ErrorCode::InvalidCustomerId, with_customer("not-a-guid", ErrorCode::InvalidCustomerId)},
      {ErrorCode::NoCommerceRelationshipDetailed,
       with_customer(demo::kNorthwind, ErrorCode::NoCommerceRelationshipDetailed)},
      {ErrorCode::InvalidCustomerIdFormat,
       with_customer("not-a-guid", ErrorCode::InvalidCustomerIdFormat)},
      {ErrorCode::TenantNotFound, with_customer(demo::kNobody, ErrorCode::TenantNotFound)},
      {ErrorCode::NoCommerceRelationship,
       with_customer(demo::kNorthwind, ErrorCode::NoCommerceRelationship)},
      {ErrorCode::UnsupportedMediaType,
       [](Universe& universe, const Operation& row) {
         Ask ask = plausible(row);
         ask.body = "<order/>";
         ask.headers = {{"Content-Type", "text/xml; charset=utf-8"}};
         caller_of(universe, row).refused(ask, ErrorCode::UnsupportedMediaType);
       }},
      {ErrorCode::InvalidJson, with_body("{\"a\":", ErrorCode::InvalidJson)},
      {ErrorCode::DuplicateMember, with_body(R"({"a":{"b":1,"b":2}})", ErrorCode::DuplicateMember)},
      {ErrorCode::JsonTooDeep, with_body(deep, ErrorCode::JsonTooDeep)},
      {ErrorCode::InvalidRequestInput, with_body("[]", ErrorCode::InvalidRequestInput)},
      {ErrorCode::ArmInvalidRequestContent, with_body("[]", ErrorCode::ArmInvalidRequestContent)},
      {ErrorCode::ArmAuthenticationFailed,
       [](Universe& universe, const Operation& row) {
         anonymous(universe).refused(plausible(row), ErrorCode::ArmAuthenticationFailed);
       }},
      {ErrorCode::ArmInvalidToken, garbage},
      {ErrorCode::ArmExpiredToken, expired},
      {ErrorCode::ArmInvalidAudience,
       with_token(Who::Alice, kPartnerCenterResource, ErrorCode::ArmInvalidAudience)},
      {ErrorCode::ArmMissingApiVersion,
       [](Universe& universe, const Operation& row) {
         Ask ask = plausible(row);
         ask.query.clear();
         caller_of(universe, row).refused(ask, ErrorCode::ArmMissingApiVersion);
       }},
      {ErrorCode::ArmNoRegisteredProvider,
       [](Universe& universe, const Operation& row) {
         Ask ask = plausible(row);
         ask.query = "api-version=1999-01-01";
         caller_of(universe, row).refused(ask, ErrorCode::ArmNoRegisteredProvider);
       }},
      {ErrorCode::ArmTokenClaimsMissing, without_principal},
      {ErrorCode::ArmSessionRevoked, session_revoked},
      {ErrorCode::ArmMfaRequired, second_factor_missing},
      {ErrorCode::ArmSubscriptionNotFound,
       with_subscription(Who::Alice, demo::kNobody, ErrorCode::ArmSubscriptionNotFound)},
      {ErrorCode::ArmWrongIssuer,
       with_subscription(Who::Alice, demo::kPermissionOffAzure, ErrorCode::ArmWrongIssuer)},
      {ErrorCode::ArmAuthorizationFailed,
       [](Universe& universe, const Operation& row) {
         // Neither has a role at the subscription or in the partner's billing.
         azure(universe, Who::Bob).refused(plausible(row), ErrorCode::ArmAuthorizationFailed);
       }},
      {ErrorCode::ArmResourceNotFound,
       [](Universe& universe, const Operation& row) {
         Ask ask = plausible(row);
         ask.path["billingAccount"] = "nobody";
         caller_of(universe, row).refused(ask, ErrorCode::ArmResourceNotFound);
       }},
  };
  return table;
}

class CommonErrors : public ::testing::TestWithParam<Operation> {};

/// Listed errors come from their own cases; here only those that follow from the row.
bool is_listed(const Operation& row, ErrorCode error) {
  for (const OperationError& listed : operation_errors()) {
    if (listed.operation == row.id && listed.error == error) {
      return true;
    }
  }
  return false;
}

TEST_P(CommonErrors, AreAnswered) {
  Universe universe;
  const Operation& row = GetParam();
  for (const ErrorCode error : expected_errors(row)) {
    const auto known = provocations().find(error);
    if (is_listed(row, error)) {
      continue;
    }
    if (known == provocations().end()) {
      ADD_FAILURE() << row.name << " lists " << error_row(error).name << " unprovoked";
      continue;
    }
    known->second(universe, row);
  }
}

INSTANTIATE_TEST_SUITE_P(Operations, CommonErrors,
                         ::testing::ValuesIn(operations().begin(), operations().end()),
                         [](const auto& given) { return std::string{given.param.name}; });

}  // namespace
}  // namespace pcsim::contract
