#include "domain/identity/sign_in.h"

#include <gtest/gtest.h>

#include "domain/identity/identity.h"
#include "pcsim/ports.h"

namespace pcsim {
namespace {

TEST(SignIn, OnlyRegisteredAddresses) {
  Application application{};
  application.redirect_uris = {"http://localhost", "https://a.example/auth?x=1"};
  for (const char* allowed : {"http://localhost", "http://localhost/", "http://localhost:1234",
                              "http://localhost:80/", "https://a.example/auth?x=1"}) {
    EXPECT_TRUE(redirect_allowed(application, allowed)) << allowed;
  }
  for (const char* refused :
       {"", "http://localhost.evil.example", "http://localhost:1@evil.example/",
        "http://localhost:1.evil.example", "http://localhost:8080/other", "https://localhost",
        "https://a.example/auth", "https://a.example/AUTH?x=1", "https://a.example:444/auth?x=1"}) {
    EXPECT_FALSE(redirect_allowed(application, refused)) << refused;
  }
}

TEST(SignIn, NoTextAfterALocalPortNamesAnotherHost) {
  Application application{};
  application.redirect_uris = {"http://localhost"};
  IdSource ids{1};
  for (int round = 0; round < 2'000; ++round) {
    std::string tail;
    for (std::uint64_t bits = ids.next(); tail.size() < 8; bits >>= 7U) {
      tail.push_back("0123456789:/?#@.ab"[bits % 18]);
    }
    const std::string uri = "http://localhost:" + tail;
    if (redirect_allowed(application, uri)) {
      EXPECT_EQ(tail.substr(0, tail.find('/')).find_first_not_of("0123456789"), std::string::npos)
          << uri;
    }
  }
}

World consent_world() {
  World world;
  world.service_principals.put(service_principal_key("App", "Tenant"),
                               ServicePrincipal{"o", "app", "tenant"});
  return world;
}

TEST(SignIn, ConsentIsOfTheUserOrOfEverybody) {
  World world = consent_world();
  EXPECT_TRUE(has_consented(world, "other", "tenant", "u1"));
  EXPECT_FALSE(has_consented(world, "app", "tenant", "u1"));
  keep_consent(world, "APP", "tenant", "U1", false);
  EXPECT_TRUE(has_consented(world, "app", "TENANT", "u1"));
  EXPECT_FALSE(has_consented(world, "app", "tenant", "u2"));
  keep_consent(world, "app", "tenant", "u1", false);
  EXPECT_EQ(find_service_principal(world, "app", "tenant")->consenting_users.size(), 1U);
  keep_consent(world, "app", "tenant", "u3", true);
  EXPECT_TRUE(has_consented(world, "app", "tenant", "u2"));
  keep_consent(world, "unknown", "tenant", "u1", true);
  EXPECT_EQ(world.service_principals.size(), 1U);
}

TEST(SignIn, TheStrictestPolicyCounts) {
  World world;
  world.access_policies.put("a", AccessPolicy{"a", "t", AccessDemand::Mfa});
  world.access_policies.put("b", AccessPolicy{"b", "t", AccessDemand::Block, {}, {"u1"}});
  world.access_policies.put(
      "c", AccessPolicy{"c", "t", AccessDemand::ExternalChallenge, {"https://r/"}, {}, {"c2"}});
  const auto policy = [&](const char* tenant, const char* user, const char* client, bool mfa) {
    const auto* found = applying_policy(world, {tenant, user, client, "https://r"}, mfa);
    return found == nullptr ? std::string{} : found->id;
  };
  EXPECT_EQ(policy("t", "u1", "c1", true), "b");
  EXPECT_EQ(policy("T", "u2", "c1", false), "a");
  EXPECT_EQ(policy("t", "u2", "c1", true), "");
  EXPECT_EQ(policy("t", "u2", "C2", true), "c");
  EXPECT_EQ(policy("other", "u1", "c1", false), "");
}

TEST(SignIn, CodesAreFewAndPassAway) {
  Table<DeviceCode> codes;
  for (std::size_t i = 0; i < kMaxCodes + 50; ++i) {
    prune_codes(codes, 0);
    DeviceCode code{};
    code.device_code = std::to_string(i);
    code.expires = static_cast<Instant>(i + 1) * kSecond;
    codes.put(code.device_code, code);
  }
  EXPECT_EQ(codes.size(), kMaxCodes);
  EXPECT_EQ(codes.find("0"), nullptr) << "the first to end makes room";
  prune_codes(codes, 10'000 * kSecond);
  EXPECT_TRUE(codes.empty());
}

TEST(SignIn, UserCodesAreTypedAsPeopleDo) {
  World world;
  DeviceCode code{};
  code.device_code = "d";
  code.user_code = "ABCDEFGH2";
  world.device_codes.put("d", code);
  EXPECT_NE(find_user_code(world, "abc-def gh2"), nullptr);
  EXPECT_EQ(find_user_code(world, "ABCDEFGH"), nullptr);
  EXPECT_EQ(find_user_code(world, " - "), nullptr);
}

TEST(SignIn, GuestsReachTheTenantThatInvitedThem) {
  World world;
  User user{"u", "u@home.example", "pw", "home"};
  user.guest_of = {{"There", "Object"}};
  const TenantRef there{"there", nullptr, nullptr, false};
  EXPECT_TRUE(user_reaches(world, user, there, true));
  EXPECT_FALSE(user_reaches(world, user, there, false));
  EXPECT_EQ(guest_access(user, "THERE")->object_id, "Object");
}

}  // namespace
}  // namespace pcsim
