#include "store/universe_registry.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace pcsim {
namespace {

constexpr const char* kOurs = "75000000-0000-4000-8000-000000000001";
constexpr const char* kTheirs = "75000000-0000-4000-8000-000000000002";
constexpr const char* kFabrikam = "a0000001-0000-4000-8000-000000000001";

struct Scene {
  std::shared_ptr<Instant> wall = std::make_shared<Instant>(kDay);
  UniverseRegistry universes{};

  explicit Scene(std::size_t most = 2) {
    UniverseStart start;
    Partner partner;
    partner.tenant_id = kFabrikam;
    partner.domain = "fabrikam.example";
    start.world.partners.put(kFabrikam, partner);
    start.world.users.put("bob", User{"bob", "bob@fabrikam.example", "secret", kFabrikam});
    start.world.users.put("eve", User{"eve", "eve@contoso.example", "secret", "contoso"});
    start.world.freeze();
    universes.allow_automatic(
        {std::make_shared<const UniverseStart>(start), most, [wall = wall] { return *wall; }, 7});
  }
};

TEST(UniverseRegistry, ATenantOfThePrefixGetsAUniverseWhosePartnerWearsIt) {
  Scene scene;
  auto ours = scene.universes.automatic(kOurs);
  ASSERT_TRUE(ours);
  EXPECT_TRUE((*ours)->holds_tenant(kOurs));
  EXPECT_FALSE((*ours)->holds_tenant(kFabrikam));
  (*ours)->access([](World& world, Env&, Universe&) {
    EXPECT_EQ(world.users.find("bob")->tenant_id, kOurs);
    EXPECT_EQ(world.users.find("eve")->tenant_id, "contoso");
    world.users.erase("bob");
    return 0;
  });
  EXPECT_EQ(*scene.universes.automatic(kOurs), *ours);
  (*ours)->reset();
  EXPECT_TRUE((*ours)->holds_tenant(kOurs));
  EXPECT_NE((*scene.universes.automatic(kTheirs))->facts().seed, (*ours)->facts().seed);
}

TEST(UniverseRegistry, OtherTenantsGetNone) {
  Scene scene;
  for (const char* tenant : {kFabrikam, "75000000", "75000000-contoso.example", "common", ""}) {
    const auto none = scene.universes.automatic(tenant);
    ASSERT_TRUE(none) << tenant;
    EXPECT_EQ(*none, nullptr) << tenant;
  }
}

TEST(UniverseRegistry, ThereIsALimitUntilOneIsDeleted) {
  Scene scene{1};
  ASSERT_TRUE(scene.universes.automatic(kOurs));
  const auto refused = scene.universes.automatic(kTheirs);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::UniverseLimitReached);
  EXPECT_TRUE(scene.universes.remove(kOurs));
  EXPECT_FALSE(scene.universes.remove(kOurs));
  EXPECT_TRUE(scene.universes.automatic(kTheirs));
}

TEST(UniverseRegistry, IdleOnesGoWhenTheirLifetimeIsOver) {
  Scene scene;
  const auto wall = [clock = scene.wall] { return *clock; };
  scene.universes.add(std::make_shared<Universe>("short", UniverseStart{}, wall), kDay);
  scene.universes.add(std::make_shared<Universe>("long", UniverseStart{}, wall));
  *scene.wall += kDay;
  EXPECT_NE(scene.universes.find("short"), nullptr);
  *scene.wall += kDay;
  EXPECT_EQ(scene.universes.all().size(), 2U);
  *scene.wall += kDay + 1;
  EXPECT_EQ(scene.universes.all().size(), 1U);
  EXPECT_EQ(scene.universes.find("short"), nullptr);
}

}  // namespace
}  // namespace pcsim
