// The acts of the steering interface itself; what they do to requests is tested where it matters.
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cases/shop.h"

namespace pcsim::contract {
namespace {

using nlohmann::json;

TEST(Acts, AreListedWithTheirParameters) {
  const Universe universe;
  const std::string name = universe.base_path().substr(2);
  const Answer answer = steer("GET", "/universes/" + name + "/acts", "");
  ASSERT_EQ(answer.status, 200);
  const json acts = json::parse(answer.body).at("acts");
  EXPECT_GE(acts.size(), 6U);
  for (const json& act : acts) {
    EXPECT_FALSE(act.at("effect").get<std::string>().empty());
    EXPECT_EQ(universe.act(act.at("name").get<std::string>(), "{}"), 400)
        << act.at("name") << " needs parameters";
  }
}

TEST(Acts, AreRefusedWithAReason) {
  const Universe universe;
  EXPECT_EQ(universe.act("customer-dances", "{}"), 404);
  EXPECT_EQ(universe.act("customer-signs-agreement", "[]"), 400);
  EXPECT_EQ(universe.act("customer-signs-agreement", "no JSON"), 400);
  EXPECT_EQ(universe.act("customer-signs-agreement", json{{"customerId", demo::kNobody}}.dump()),
            404);
  const std::string contoso = json{{"customerId", demo::kContoso}}.dump();
  EXPECT_EQ(universe.act("customer-signs-agreement", contoso), 200);
  EXPECT_EQ(universe.act("customer-signs-agreement", contoso), 409);
  const std::string name = universe.base_path().substr(2);
  EXPECT_EQ(steer("GET", "/universes/" + name + "/acts/customer-signs-agreement", "").status, 405);
  EXPECT_EQ(steer("POST", "/universes/" + name + "/acts", "{}").status, 405);
}

/// One act: with what it succeeds, and with what it is refused then.
struct Case {
  const char* act;
  std::string good, bad;
  int status;  ///< of the refusal
};

std::string one(const char* name, const json& value) { return json{{name, value}}.dump(); }
std::string two(const char* name, const json& value, const char* other, const json& more) {
  return json{{name, value}, {other, more}}.dump();
}

/// Opens a ticket about a limit; its sixteen digits.
std::string quota_ticket(Universe& universe) {
  const Client alice = azure(universe, Who::Alice);
  const Path path{{"*scope", std::string{"subscriptions/"} + demo::kContosoAzure},
                  {"supportTicketName", "cores"}};
  alice.ok({.operation = OperationId::ArmPutSupportTicket,
            .path = path,
            .query = "api-version=2024-04-01",
            .body = new_ticket(demo::kCoresClassification).dump()});
  return alice
      .ok({.operation = OperationId::ArmGetSupportTicket,
           .path = path,
           .query = "api-version=2024-04-01"})
      .at("properties")
      .at("supportTicketId");
}

TEST(Acts, SucceedAndFail) {
  constexpr const char* kNew = "e1000001-0000-4000-8000-000000000001";
  constexpr const char* kCustomer = "customerId";
  constexpr const char* kPartner = "partnerId";
  constexpr const char* kAzure = "azureSubscriptionId";
  Universe universe;
  const std::string service =
      buy_subscription(partner(universe), demo::kContoso, seats_of(kSeats, 1, "monthly"));
  const std::string elsewhere =
      json{{kCustomer, demo::kContoso}, {kAzure, kNew}, {"billedBy", "direct"}}.dump();
  constexpr const char* kUser = "userPrincipalName";
  const std::string ticket = quota_ticket(universe);
  const auto machines = [&](const char* instances) {
    return json{{kAzure, demo::kContosoAzure},
                {"skuName", "Standard_B1s"},
                {"location", "westus"},
                {"instances", instances}}
        .dump();
  };
  const auto price = [&](const char* amount) {
    return json{{"skuName", "Standard_B1s"},
                {"location", "westus"},
                {"term", "P1Y"},
                {"currency", "EUR"},
                {"amount", amount}}
        .dump();
  };
  const std::vector<Case> cases{
      {"customer-signs-agreement", one(kCustomer, demo::kContoso), one(kCustomer, demo::kContoso),
       409},
      {"customer-accepts-relationship", two(kCustomer, demo::kContoso, kPartner, demo::kFabrikam),
       two(kCustomer, demo::kContoso, kPartner, demo::kSandbox), 409},
      {"microsoft-vets-account", two(kCustomer, demo::kContoso, "status", "UnderReview"),
       two(kCustomer, demo::kContoso, "status", "Perhaps"), 400},
      {"microsoft-locks-account", two(kCustomer, demo::kContoso, "locked", true),
       two(kCustomer, demo::kContoso, "locked", "yes"), 400},
      {"microsoft-changes-programme", two(kPartner, demo::kFabrikam, "active", false),
       two(kPartner, demo::kNobody, "active", false), 404},
      {"microsoft-asks-for-agreement", one(kPartner, demo::kFabrikam), one(kPartner, demo::kNobody),
       404},
      {"partner-signs-agreement", one(kPartner, demo::kFabrikam), one(kPartner, demo::kFabrikam),
       409},
      {"microsoft-changes-offer", two("item", kAzurePlan, "stock", "3"),
       two("item", kAzurePlan, "stock", "three"), 400},
      {"microsoft-holds-purchases", two(kCustomer, demo::kContoso, "reason", "risk"),
       two(kCustomer, demo::kContoso, "reason", "mood"), 400},
      {"microsoft-changes-quota", two(kAzure, demo::kContosoAzure, "cores", "99"),
       two(kAzure, demo::kContosoAzure, "cores", "many"), 400},
      {"customer-activates-service", one("subscriptionId", service), one("subscriptionId", service),
       409},
      {"customer-subscribes-elsewhere", elsewhere, elsewhere, 409},
      {"customer-reserves-elsewhere", one(kAzure, kNew), one(kAzure, demo::kContosoAzure), 409},
      {"customer-moves-subscription", two(kAzure, kNew, "planId", demo::kContosoPlan),
       two(kAzure, kNew, "planId", demo::kContosoPlan), 409},
      {"administrator-revokes-sessions", one(kUser, "sales@fabrikam.onmicrosoft.com"),
       one(kUser, "nobody@fabrikam.onmicrosoft.com"), 404},
      {"resolve_ticket", two("ticketId", ticket, "cores", "128"), one("ticketId", ticket), 409},
      {"customer-runs-instances", machines("2"), machines("many"), 400},
      {"microsoft-grants-discount", two(kPartner, demo::kFabrikam, "discount", "0.15"),
       two(kPartner, demo::kFabrikam, "discount", "2"), 400},
      {"partner-sets-price", price("70.00"), price("dear"), 400},
  };
  const std::string name = universe.base_path().substr(2);
  const json listed = json::parse(steer("GET", "/universes/" + name + "/acts", "").body).at("acts");
  ASSERT_EQ(listed.size(), cases.size()) << "every act has a case";
  for (std::size_t at = 0; at < cases.size(); ++at) {
    const Case& row = cases[at];
    EXPECT_EQ(listed.at(at).at("name"), row.act);
    EXPECT_EQ(universe.act(row.act, row.good), 200) << row.act;
    EXPECT_EQ(universe.exchanges().back().at("outcome"), "success") << row.act;
    EXPECT_EQ(universe.act(row.act, row.bad), row.status) << row.act;
    const json refusal = universe.exchanges().back();
    EXPECT_EQ(refusal.at("operation"), row.act);
    EXPECT_EQ(refusal.at("outcome"), "refused") << row.act;
    EXPECT_NE(refusal.at("note"), "") << "it says why";
    EXPECT_EQ(refusal.at("writes"), 0) << row.act;
  }
}

}  // namespace
}  // namespace pcsim::contract
