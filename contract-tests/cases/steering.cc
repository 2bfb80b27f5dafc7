// The steering interface: every call succeeds as its row declares, and says why when it does not.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "cases/story.h"
#include "contract/schema_library.h"
#include "pcsim/control_operation.h"

namespace pcsim::contract {
namespace {

using nlohmann::json;
using enum ControlId;
using enum OperationId;
using Members = std::map<std::string, std::string>;

const ControlOperation& row_of(ControlId id) {
  return control_operations()[static_cast<std::size_t>(id)];
}

std::set<ControlId>& succeeded() {
  static std::set<ControlId> all;
  return all;
}

std::string target_of(ControlId id, const Members& path, const std::string& query) {
  std::string target{row_of(id).path};
  for (const auto& [name, value] : path) {
    const std::size_t at = target.find("{" + name + "}");
    target.replace(at, name.size() + 2, value);
  }
  return query.empty() ? target : target + "?" + query;
}

/// The call succeeds, and its answer is of the schema that its row names.
json ok(ControlId id, const Members& path = {}, const json& body = nullptr,
        const std::string& query = {}) {
  const ControlOperation& row = row_of(id);
  const Answer answer = steer(std::string{row.method}, target_of(id, path, query),
                              body.is_null() ? std::string{} : body.dump());
  EXPECT_EQ(answer.status, row.success_status) << row.name << " " << answer.body;
  json parsed = answer.body.empty() ? json() : json::parse(answer.body, nullptr, false);
  if (!row.response_schema.empty()) {
    const auto violations = find_schema(row.response_schema)->validate(parsed);
    EXPECT_TRUE(violations.empty()) << row.name << " " << violations.front().instance_pointer << " "
                                    << violations.front().message << "\n"
                                    << answer.body;
  }
  succeeded().insert(id);
  return parsed;
}

/// The call is refused with `status` and a sentence.
std::string refused(int status, ControlId id, const Members& path, const std::string& body = {},
                    const std::string& query = {}) {
  const Answer answer = steer(std::string{row_of(id).method}, target_of(id, path, query), body);
  EXPECT_EQ(answer.status, status) << row_of(id).name << " " << answer.body;
  const json parsed = json::parse(answer.body, nullptr, false);
  EXPECT_TRUE(find_schema("control/error")->valid(parsed)) << answer.body;
  return parsed.is_object() ? parsed["error"].value("message", "") : std::string{};
}

class Steering : public ::testing::Test {
 protected:
  std::string name_of(const Universe& of) const { return of.base_path().substr(2); }
  Universe universe{};
  std::string name = name_of(universe);
  Members here{{"universe", name}};
};

Ask customer_request() { return {.operation = CreateCustomer, .body = new_customer("FR").dump()}; }

std::size_t customers_of(Universe& of) {
  return partner(of).ok({.operation = ListCustomers}).at("totalCount").get<std::size_t>();
}

TEST_F(Steering, UniversesAreMadeListedInspectedForkedAndDeleted) {
  EXPECT_EQ(ok(Health).at("status"), "ok");
  const json made = ok(CreateUniverse, {}, {{"seed", 7}, {"switches", {{"bom", "never"}}}});
  const std::string id = made.at("id").get<std::string>();
  const json facts = ok(InspectUniverse, {{"universe", id}});
  EXPECT_EQ(facts.at("seed"), 7);
  EXPECT_EQ(facts.at("switches"), json({{"bom", "never"}}));
  EXPECT_GT(facts.at("rows").at("customers"), 0);
  const json fork = ok(CreateUniverse, {}, {{"from", id}});
  EXPECT_EQ(ok(InspectUniverse, {{"universe", fork.at("id").get<std::string>()}}).at("rows"),
            facts.at("rows"));
  const json bare = ok(CreateUniverse, {}, {{"from", "empty"}});
  EXPECT_EQ(ok(InspectUniverse, {{"universe", bare.at("id").get<std::string>()}})
                .at("rows")
                .at("customers"),
            0);
  const json all = ok(ListUniverses).at("universes");
  for (const json& one : {made, fork, bare}) {
    EXPECT_TRUE(std::count(all.begin(), all.end(), one)) << one;
    ok(DeleteUniverse, {{"universe", one.at("id").get<std::string>()}});
    refused(404, InspectUniverse, {{"universe", one.at("id").get<std::string>()}});
  }
}

TEST_F(Steering, AUniverseMayBeginWithAWorldFile) {
  const json world{
      {"partners", json::array({{{"tenant_id", "c0000001-0000-4000-8000-000000000001"},
                                 {"domain", "tailspin.example"},
                                 {"company_name", "Tailspin"},
                                 {"kind", "direct"},
                                 {"admin_agents_group", "c0000001-0000-4000-8000-000000000009"},
                                 {"country", "FR"}}})}};
  const json made = ok(CreateUniverse, {}, {{"world", world}});
  const Members path{{"universe", made.at("id").get<std::string>()}};
  EXPECT_EQ(ok(InspectUniverse, path).at("rows").at("partners"), 1);
  ok(DeleteUniverse, path);
  EXPECT_NE(
      refused(400, CreateUniverse, {}, R"({"world": {"partners": [{}]}})").find("partners[0]"),
      std::string::npos);
}

TEST_F(Steering, BadRequestsSayWhatIsWrong) {
  refused(400, CreateUniverse, {}, "{\"id\": \"Not Usable\"}");
  refused(400, CreateUniverse, {}, "{\"form\": \"start\"}");
  refused(400, CreateUniverse, {}, "{\"from\": \"nowhere\"}");
  refused(400, CreateUniverse, {}, "{\"switches\": {\"bom\": \"perhaps\"}}");
  refused(400, CreateUniverse, {}, "no JSON");
  refused(400, CreateUniverse, {}, std::string(200, '['));
  refused(409, CreateUniverse, {}, json{{"id", name}}.dump());
  refused(409, DeleteUniverse, {{"universe", "main"}});
  refused(404, ResetUniverse, {{"universe", "nowhere"}});
  refused(400, SetClock, here, "{}");
  refused(400, SetClock, here, "{\"advance\": \"a week\"}");
  refused(400, SetClock, here, "{\"advance\": \"1d\", \"advanceSeconds\": 1}");
  refused(400, SetClock, here, "{\"mode\": \"backwards\"}");
  refused(400, SetClock, here, "{\"now\": \"tomorrow\"}");
  refused(400, SetClock, here, "{\"mode\": \"stepped\", \"step\": \"far\"}");
  refused(400, ListDueEvents, here, {}, "within=soon");
  refused(400, ListExchanges, here, {}, "status=many");
  refused(400, ListExchanges, here, {}, "colour=blue");
  refused(400, VerifyExchanges, here, "{\"expect\": []}");
  refused(400, VerifyExchanges, here, R"({"expect": [{"times": 1, "atLeast": 1}]})");
  refused(404, RestoreSnapshot, {{"universe", name}, {"snapshot", "never"}});
  refused(404, DeleteSnapshot, {{"universe", name}, {"snapshot", "never"}});
  refused(400, TakeSnapshot, {{"universe", name}, {"snapshot", "Not%20usable"}});
  refused(404, Explain, {{"request", new_guid()}});
  EXPECT_EQ(steer("GET", "/nowhere", "").status, 404);
  const Answer patched = steer("PATCH", "/universes", "");
  EXPECT_EQ(patched.status, 405);
  EXPECT_NE(patched.body.find("GET, POST"), std::string::npos) << patched.body;
}

TEST_F(Steering, SnapshotsBringBackWorldTimeAndIdentifiers) {
  const Members at{{"universe", name}, {"snapshot", "before"}};
  ok(SetClock, here, {{"mode", "frozen"}});
  const std::size_t before = customers_of(universe);
  const json clock = ok(GetClock, here);
  ok(TakeSnapshot, at);
  EXPECT_EQ(ok(ListSnapshots, here).at("snapshots"), json::array({"before"}));
  const Client client = partner(universe);
  const json first = client.ok(customer_request());
  EXPECT_EQ(customers_of(universe), before + 1);
  ok(SetClock, here, {{"advance", "1m"}});
  ok(RestoreSnapshot, at);
  EXPECT_EQ(ok(GetClock, here).at("now"), clock.at("now"));
  const json again = client.ok(customer_request());
  EXPECT_EQ(first.at("id"), again.at("id"));
  ok(RestoreSnapshot, at);
  EXPECT_EQ(customers_of(universe), before);
  ok(DeleteSnapshot, at);
  EXPECT_EQ(ok(ListSnapshots, here).at("snapshots"), json::array());
}

TEST_F(Steering, ClocksStandStillRunFasterStepAndMove) {
  ok(SetClock, here, {{"mode", "frozen"}, {"now", "2026-03-01T00:00:00Z"}});
  EXPECT_EQ(ok(GetClock, here).at("now"), "2026-03-01T00:00:00Z");
  EXPECT_EQ(ok(SetClock, here, {{"advance", "1d12h"}}).at("now"), "2026-03-02T12:00:00Z");
  EXPECT_EQ(ok(SetClock, here, {{"mode", "scaled"}, {"rate", 60}}).at("rate"), 60);
  const json stepped = ok(SetClock, here, {{"mode", "stepped"}, {"step", "1m"}});
  EXPECT_EQ(stepped.at("stepSeconds"), 60);
  customers_of(universe);
  EXPECT_GT(ok(GetClock, here).at("now"), stepped.at("now"));
  ok(ResetUniverse, here);
}

TEST_F(Steering, TimeBringsWhatItAnnounced) {
  const json due = ok(ListDueEvents, here, nullptr, "within=400d");
  EXPECT_GT(due.at("count"), 0);
  const json& events = due.at("events");
  EXPECT_TRUE(std::is_sorted(events.begin(), events.end(),
                             [](const json& a, const json& b) { return a.at("at") < b.at("at"); }));
  EXPECT_GE(ok(SetClock, here, {{"advance", "401d"}}).at("passed"), due.at("count"));
}

TEST(SteeringDelays, UntilIdleEndsTheWorkUnderWay) {
  const json made = ok(CreateUniverse, {}, {{"delaySeconds", 600}});
  const std::string name = made.at("id").get<std::string>();
  const Members here{{"universe", name}};
  ok(SetClock, here, {{"mode", "frozen"}});
  ok(SetClock, here, {{"untilIdle", true}});
  const json before = ok(GetClock, here);
  EXPECT_EQ(ok(SetClock, here, {{"untilIdle", true}}).at("now"), before.at("now"));
  ok(DeleteUniverse, here);
}

TEST_F(Steering, TheJournalIsSearchedCountedAndVerified) {
  const Client client = partner(universe);
  client.ok({.operation = ListCustomers});
  client.refused({.operation = GetCustomer, .path = {{"customerId", demo::kNobody}}},
                 ErrorCode::TenantNotFound);
  const json found = ok(ListExchanges, here, nullptr, "operation=GetCustomer&status=4");
  ASSERT_EQ(found.at("exchanges").size(), 1U);
  EXPECT_EQ(found.at("exchanges")[0].at("outcome"), "TenantNotFound");
  const std::uint64_t last = found.at("last").get<std::uint64_t>();
  EXPECT_TRUE(
      ok(ListExchanges, here, nullptr, "after=" + std::to_string(last)).at("exchanges").empty());
  const json wanted{{"inOrder", true},
                    {"expect",
                     {{{"operation", "ListCustomers"}, {"times", 1}},
                      {{"operation", "GetCustomer"}, {"status", 4}, {"atLeast", 1}},
                      {{"operation", "CreateCustomer"}, {"times", 0}}}}};
  json verified = ok(VerifyExchanges, here, wanted);
  EXPECT_TRUE(verified.at("holds").get<bool>()) << verified;
  EXPECT_TRUE(verified.at("certain").get<bool>());
  json turned = wanted;
  std::swap(turned["expect"][0], turned["expect"][1]);
  EXPECT_FALSE(ok(VerifyExchanges, here, turned).at("holds").get<bool>());
  turned["inOrder"] = false;
  EXPECT_TRUE(ok(VerifyExchanges, here, turned).at("holds").get<bool>());
}

TEST_F(Steering, WhatWasForgottenMakesAVerificationUncertain) {
  for (int i = 0; i < 520; ++i) {
    partner(universe).send({.operation = ListCustomers});
  }
  const json verified = ok(VerifyExchanges, here, {{"expect", {{{"method", "GET"}}}}});
  EXPECT_FALSE(verified.at("certain").get<bool>());
  EXPECT_GT(verified.at("evicted"), 0);
}

TEST_F(Steering, ExplanationsNameWhatDecided) {
  const std::string id = new_guid();
  Answer answer;
  partner(universe).refused({.operation = GetCustomer,
                             .path = {{"customerId", demo::kNobody}},
                             .headers = {{"MS-RequestId", id}}},
                            ErrorCode::TenantNotFound);
  const json told = ok(Explain, {{"request", id}});
  EXPECT_EQ(told.at("universe"), name);
  EXPECT_EQ(told.at("error").at("name"), "TenantNotFound");
  EXPECT_FALSE(told.at("remedy").get<std::string>().empty());
  EXPECT_FALSE(told.at("error").at("source").get<std::string>().empty());
}

TEST_F(Steering, DescribesItself) {
  const json document = ok(OpenApi);
  EXPECT_EQ(document.at("openapi"), "3.1.0");
  for (const ControlOperation& row : control_operations()) {
    std::string method{row.method};
    std::transform(method.begin(), method.end(), method.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    EXPECT_EQ(document.at("paths").at(std::string{row.path}).at(method).at("operationId"),
              std::string{row.name});
  }
}

TEST_F(Steering, LetsPeopleWithoutAnEndpointAct) {
  EXPECT_FALSE(ok(ListActs, here).at("acts").empty());
  EXPECT_EQ(ok(PerformAct, {{"universe", name}, {"act", "customer-signs-agreement"}},
               {{"customerId", demo::kContoso}})
                .at("act"),
            "customer-signs-agreement");
}

// Comes last: what no test above has called is not tested.
TEST(SteeringCoverage, EveryCallSucceededOnce) {
  if (::testing::GTEST_FLAG(filter) != "*") {
    GTEST_SKIP() << "only some tests run";
  }
  for (const ControlOperation& row : control_operations()) {
    EXPECT_TRUE(succeeded().count(row.id)) << row.name;
  }
}

TEST(AutomaticUniverses, ATenantIdOfTheirPrefixGetsOneOfItsOwn) {
  const std::string tenants[] = {"75000000-0000-4000-8000-0000000000a1",
                                 "75000000-0000-4000-8000-0000000000a2"};
  const Credentials with = credentials_of(Who::Admin);
  const Client entra{std::string{}, std::string{}};
  std::vector<Client> clients;
  for (const std::string& tenant : tenants) {
    const json token = entra.ok({.operation = TokenV1,
                                 .path = {{"tenant", tenant}},
                                 .body = form({{"grant_type", "password"},
                                               {"client_id", with.client},
                                               {"client_secret", with.secret},
                                               {"username", with.user},
                                               {"password", with.password},
                                               {"resource", kPartnerCenterResource}})});
    clients.emplace_back(std::string{}, token.at("access_token").get<std::string>());
  }
  const auto count = [&](int of) {
    return clients[static_cast<std::size_t>(of)]
        .ok({.operation = ListCustomers})
        .at("totalCount")
        .get<int>();
  };
  const int before = count(0);
  EXPECT_EQ(count(1), before);
  clients[0].ok(customer_request());
  EXPECT_EQ(count(0), before + 1);
  EXPECT_EQ(count(1), before);
  for (const std::string& tenant : tenants) {
    EXPECT_EQ(ok(InspectUniverse, {{"universe", tenant}}).at("id"), tenant);
    ok(DeleteUniverse, {{"universe", tenant}});
  }
}

}  // namespace
}  // namespace pcsim::contract
