#include "domain/identity/identity.h"

#include <gtest/gtest.h>

namespace pcsim {
namespace {

World small_world() {
  World world;
  Partner partner{"p1", "fabrikam.example", "Fabrikam", PartnerKind::Direct, "FR"};
  world.partners.put("p1", partner);
  Customer customer{};
  customer.id = "c1";
  customer.domain = "contoso.example";
  customer.partner_key = "fabrikam.example";
  world.customers.put("c1", customer);
  world.applications.put("a1", Application{"a1", "secret", "p1", "o1"});
  world.users.put("u1", User{"u1", "admin@fabrikam.example", "pw", "p1"});
  return world;
}

TEST(Identity, TenantByIdDomainAndAlias) {
  const World world = small_world();
  EXPECT_NE(find_tenant(world, "P1")->partner, nullptr);
  EXPECT_NE(find_tenant(world, "Contoso.example")->customer, nullptr);
  EXPECT_TRUE(find_tenant(world, "common")->any);
  EXPECT_FALSE(find_tenant(world, "nowhere.example").has_value());
  EXPECT_EQ(find_tenant(world, "consumers")->id, kConsumersTenant);
}

TEST(Identity, AudiencesMirrorTheResourceAsked) {
  const auto audience = [](const char* name) {
    const auto found = find_resource(name, "https://h:1");
    return found ? found->audience : std::string{"none"};
  };
  for (const char* mirrored :
       {"https://management.azure.com", "https://management.azure.com/",
        "https://management.core.windows.net", "https://management.core.windows.net/",
        "https://graph.windows.net", "https://api.partnercenter.microsoft.com"}) {
    EXPECT_EQ(audience(mirrored), mirrored);
  }
  EXPECT_EQ(audience("https://h:1/"), "https://management.azure.com");
  EXPECT_EQ(audience("fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd"),
            "https://api.partnercenter.microsoft.com");
  EXPECT_EQ(audience("https://h"), "none");
  EXPECT_EQ(audience("https://other.example"), "none");
}

TEST(Identity, NamesThatATenantMayHave) {
  EXPECT_TRUE(is_tenant_name("nowhere.example"));
  EXPECT_TRUE(is_tenant_name("7a1e0000-0000-4000-8000-00000000c501"));
  for (const char* wrong : {"", "nowhere", "no where.example", "a..b", ".b", "a.b/"}) {
    EXPECT_FALSE(is_tenant_name(wrong)) << wrong;
  }
}

TEST(Identity, StandingOfClients) {
  const World world = small_world();
  const Application* application = find_application(world, "A1");
  EXPECT_EQ(client_standing(world, application, "a1", *find_tenant(world, "p1")),
            ClientStanding::Home);
  EXPECT_EQ(client_standing(world, application, "a1", *find_tenant(world, "c1")),
            ClientStanding::OnBehalf);
  EXPECT_EQ(client_standing(world, nullptr, "x", *find_tenant(world, "c1")), ClientStanding::None);
}

TEST(Identity, PartnerUserReachesCustomerByRefreshOnly) {
  const World world = small_world();
  const User* user = find_user(world, "ADMIN@fabrikam.example");
  ASSERT_NE(user, nullptr);
  const auto tenant = find_tenant(world, "c1");
  EXPECT_TRUE(user_reaches(world, *user, *tenant, true));
  EXPECT_FALSE(user_reaches(world, *user, *tenant, false));
}

}  // namespace
}  // namespace pcsim
