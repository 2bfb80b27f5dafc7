// What every client of the wire may do, whatever the operation.
#include <nlohmann/json.hpp>
#include <set>

#include "cases/story.h"
#include "harness/checks.h"
#include "pcsim/text.h"

namespace pcsim::contract {
namespace {

using nlohmann::json;
using enum OperationId;

class Protocol : public Contract {};

TEST_F(Protocol, PathsAreReadTolerantly) {
  const Client client = partner(universe);
  const std::string id = demo::kContoso;
  for (const std::string& target :
       {"//v1//customers/" + id, "/v1/customers/" + id + "/", "/v1.0/customers/" + id,
        std::string{"/V1/Customers/D0000001-0000-4000-8000-000000000001"},
        "/v1//customers/" + id}) {
    EXPECT_EQ(client.ok({.operation = GetCustomer, .target = target}).at("id"), id) << target;
  }
}

TEST_F(Protocol, HostsNameTheSurface) {
  const auto with_host = [](Ask ask, const char* host) {
    ask.headers.emplace_back("Host", host);
    return ask;
  };
  for (const char* host :
       {"api.partnercenter.microsoft.com", "api.partnercenter.microsoft.com:443"}) {
    partner(universe).ok(with_host({.operation = ListCustomers}, host));
  }
  azure(universe, Who::Alice)
      .ok(with_host({.operation = ArmListSubscriptions, .query = kSubscriptionsVersion},
                    "management.azure.com:443"));
  for (const char* host : {"login.microsoftonline.com", "login.windows.net"}) {
    anonymous(universe).ok(
        with_host({.operation = SigningKeysV1, .path = {{"tenant", "common"}}}, host));
  }
}

TEST_F(Protocol, UnknownPathsAndMethods) {
  struct Row {
    const char *method, *target;
    Surface surface;
    ErrorCode error;
  };
  for (const Row& row :
       {Row{"GET", "/v1/nothing", Surface::PartnerCenter, ErrorCode::NotFound},
        Row{"DELETE", "/v1/customers", Surface::PartnerCenter, ErrorCode::MethodNotAllowed}}) {
    const Answer answer = contract::send(row.method, universe.base_path() + row.target, {}, "");
    check_envelope(row.surface, {}, answer);
    check_refusal(row.surface, false, row.error, answer, parse(answer));
  }
}

TEST_F(Protocol, AnswersNameTheirRequest) {
  const Client client = partner(universe);
  Answer answer;
  client.ok(
      {.operation = ListCustomers, .headers = {{"MS-RequestId", "-"}, {"MS-CorrelationId", "-"}}},
      &answer);
  EXPECT_TRUE(is_guid(answer.header("MS-RequestId")));
  EXPECT_TRUE(is_guid(answer.header("MS-CorrelationId")));
}

TEST_F(Protocol, ClientsSendMoreHeadersThanAreNeeded) {
  partner(universe).ok({.operation = ListCustomers,
                        .headers = {{"MS-PartnerCenter-Client", "Partner Center .NET SDK"},
                                    {"MS-SdkVersion", "3.4.0"},
                                    {"X-Locale", "fr-FR"},
                                    {"MS-Contract-Version", "v1"}}});
}

/// The same JSON with every member name in Pascal case.
json pascal(const json& value) {
  if (value.is_array()) {
    json out = json::array();
    for (const json& element : value) {
      out.push_back(pascal(element));
    }
    return out;
  }
  if (!value.is_object()) {
    return value;
  }
  json out = json::object();
  for (const auto& [name, member] : value.items()) {
    std::string upper = name;
    upper[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(upper[0])));
    out[upper] = pascal(member);
  }
  return out;
}

TEST_F(Protocol, BodiesMayBePascalCaseWithNullsAndAMark) {
  const Client client = partner(universe);
  json body = pascal(new_customer("FR"));
  body["Id"] = nullptr;
  body["CommerceId"] = nullptr;
  body["BillingProfile"]["DefaultAddress"]["Region"] = nullptr;
  body["UnknownMember"] = 1;
  const json made = client.ok({.operation = CreateCustomer, .body = "\xEF\xBB\xBF" + body.dump()});
  EXPECT_EQ(made.at("companyProfile").at("domain"), body.at("CompanyProfile").at("Domain"));
}

TEST_F(Protocol, OfTwoSpellingsTheLastCounts) {
  std::string body = agreement().dump();
  body.insert(1, R"("Type":"MicrosoftCloudAgreement",)");
  const json made = partner(universe).ok(
      {.operation = CreateAgreement, .path = customer_path(demo::kNoAgreement), .body = body});
  EXPECT_EQ(made.at("type"), "MicrosoftCustomerAgreement");
}

TEST_F(Protocol, ActionsTakeWordsNullAndNothing) {
  const Client client = partner(universe);
  const Path path = subscription_path(demo::kContoso, demo::kContosoPlan);
  for (const char* body : {"\"success\"", "null", ""}) {
    client.ok({.operation = RegisterSubscription, .path = path, .body = body});
  }
}

TEST_F(Protocol, ARepeatedRequestIsAnsweredOnce) {
  const Client client = partner(universe);
  const std::string body = new_customer("FR").dump();
  const Fields id{{"MS-RequestId", new_guid()}};
  const json first = client.ok({.operation = CreateCustomer, .body = body, .headers = id});
  const json second = client.ok({.operation = CreateCustomer, .body = body, .headers = id});
  EXPECT_EQ(first, second);
  client.refused({.operation = CreateCustomer, .body = body}, ErrorCode::TenantCreationConflict);
  const json other =
      client.ok({.operation = CreateCustomer, .body = new_customer("FR").dump(), .headers = id});
  EXPECT_NE(first.at("id"), other.at("id")) << "another body is another request";
}

/// The next or previous page a list links to.
json follow(const Client& client, OperationId operation, const json& page, const char* link) {
  const json& to = page.at("links").at(link);
  std::string target = to.at("uri").get<std::string>();
  if (!target.starts_with("/v1")) {
    target = "/v1" + target;
  }
  Fields headers;
  for (const json& field : to.at("headers")) {
    headers.emplace_back(field.at("key").get<std::string>(), field.at("value").get<std::string>());
  }
  return client.ok({.operation = operation, .headers = headers, .target = target});
}

TEST_F(Protocol, PagesAreWalkedByTheirLinks) {
  const Client client = partner(universe);
  create_customer(client, "FR");
  for (const OperationId operation : {ListCustomers, ListAuditRecords}) {
    const std::size_t all = operation == ListCustomers ? 15U : 1U;
    std::set<std::string> seen;
    json page = client.ok({.operation = operation, .query = "size=2"});
    for (;;) {
      for (const json& item : page.at("items")) {
        EXPECT_TRUE(seen.insert(item.at("id").get<std::string>()).second);
      }
      if (!page.at("links").contains("next")) {
        break;
      }
      page = follow(client, operation, page, "next");
    }
    EXPECT_EQ(seen.size(), all);
    if (page.at("links").contains("previous")) {
      page = follow(client, operation, page, "previous");
      EXPECT_EQ(page.at("totalCount"), 2);
    }
  }
  client.ok({.operation = ListCustomers, .query = "size=2&seekOperation=Last"});
  client.ok({.operation = ListCustomers, .query = "size=2&seekOperation=First"});
  for (const OperationId operation : {ListCustomers, ListAuditRecords}) {
    client.refused({.operation = operation,
                    .query = "size=2&seekOperation=Next",
                    .headers = {{"MS-ContinuationToken", "nonsense"}}},
                   ErrorCode::InvalidRequestInput);
  }
}

TEST_F(Protocol, APlusInAQueryIsASpace) {
  const json list = partner(universe).ok(
      {.operation = ListCustomers,
       .query = "size=0&filter=%7B%22value%22%3A%22Legacy+01%22%2C%22field%22%3A%22CompanyName%22"
                "%2C%22fieldType%22%3A%22string%22%2C%22operator%22%3A%22StartsWith%22%7D"});
  EXPECT_EQ(list.at("totalCount"), 1);
}

TEST_F(Protocol, ConditionsCombine) {
  const auto leaf = [](const char* value) {
    return json{{"Field", "CompanyName"}, {"Value", value}, {"Operator", "starts_with"}};
  };
  const auto count = [&](const char* op) {
    const json filter{{"Operator", op}, {"LeftFilter", leaf("Con")}, {"RightFilter", leaf("Leg")}};
    return partner(universe)
        .ok({.operation = ListCustomers, .query = "filter=" + encode(filter.dump())})
        .at("totalCount")
        .get<int>();
  };
  EXPECT_EQ(count("or"), 2);
  EXPECT_EQ(count("and"), 0);
}

TEST_F(Protocol, TheSchemeOfATokenHasNoCase) {
  const std::string token = universe.token(Who::Admin, kPartnerCenterResource);
  for (const char* scheme : {"bearer ", "BEARER "}) {
    anonymous(universe).ok(
        {.operation = ListCustomers, .headers = {{"Authorization", scheme + token}}});
  }
}

TEST_F(Protocol, ATokenIsOfItsUniverse) {
  Universe other;
  const std::string made = create_customer(partner(universe), "FR");
  partner(other).refused({.operation = GetCustomer, .path = customer_path(made)},
                         ErrorCode::TenantNotFound);
}

TEST_F(Protocol, SlashesOfTheResourceManagerClient) {
  azure(universe, Who::Alice)
      .ok({.operation = ArmListRoleAssignments,
           .query = kAuthorizationVersion,
           .target = std::string{"//subscriptions/"} + demo::kContosoAzure +
                     "/providers/Microsoft.Authorization/roleAssignments"});
}

}  // namespace
}  // namespace pcsim::contract
