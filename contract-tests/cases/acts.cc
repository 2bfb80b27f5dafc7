// The acts of the steering interface itself; what they do to requests is tested where it matters.
#include <nlohmann/json.hpp>

#include "cases/story.h"

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

}  // namespace
}  // namespace pcsim::contract
