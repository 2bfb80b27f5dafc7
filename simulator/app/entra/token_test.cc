#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "app/handlers.h"
#include "codec/reference_data.h"

namespace pcsim {
namespace {

/// Signs by leaving the claims as they are.
class PlainAuthority : public TokenAuthority {
 public:
  std::string sign(std::string_view claims) const override { return std::string(claims); }
  std::string jwks() const override { return R"({"keys":[]})"; }
  std::optional<std::string> verify(std::string_view token) const override {
    return std::string(token);
  }
};

class Token : public testing::Test {
 protected:
  Token() {
    world_.partners.put(
        "p1", Partner{"p1", "fabrikam.example", "F", PartnerKind::Direct, "FR", "1", "group"});
    world_.applications.put("a1", Application{"a1", "secret", "p1", "o1"});
    world_.users.put("u1",
                     User{"u1", "admin@fabrikam.example", "pw", "p1", "Admin", kAdminAgent, true});
    Customer customer{};
    customer.id = "c1";
    customer.partner_key = "fabrikam.example";
    world_.customers.put("c1", customer);
  }

  Result<Reply> ask(OperationId id, const std::string& tenant, const std::string& body) {
    const Request request{"POST", "/", {}, body};
    const std::map<std::string, std::string> path{{"tenant", tenant}};
    const std::map<std::string, std::string> query;
    const nlohmann::json none;
    const Principal nobody{};
    const std::string base = "https://h";
    const std::string universe = "u";
    const Call call{operation(id), request, path,       query, none,     nobody,
                    world_,        env_,    authority_, base,  universe, built_in_reference()};
    return id == OperationId::TokenV1 ? handle_TokenV1(call) : handle_TokenV2(call);
  }

  World world_{};
  IdSource ids_{1};
  Env env_{1'700'000'000 * kSecond, ids_, 0};
  PlainAuthority authority_{};
};

TEST_F(Token, V1NumbersAreStrings) {
  const auto reply = ask(OperationId::TokenV1, "p1",
                         "grant_type=client_credentials&client_id=a1&client_secret=secret"
                         "&resource=https%3A%2F%2Fgraph.windows.net");
  ASSERT_TRUE(reply.has_value());
  const auto body = nlohmann::json::parse(reply->json);
  EXPECT_EQ(body["expires_on"], "1700003600");
  EXPECT_FALSE(body.contains("refresh_token"));
}

TEST_F(Token, RefreshAtCustomerGivesOnBehalfToken) {
  const auto first =
      ask(OperationId::TokenV2, "common",
          "grant_type=password&client_id=a1&client_secret=secret&username=admin@fabrikam.example"
          "&password=pw&scope=https://api.partnercenter.microsoft.com/.default");
  ASSERT_TRUE(first.has_value());
  const auto signed_in = nlohmann::json::parse(first->json);
  nlohmann::json refresh = nlohmann::json::parse(signed_in["refresh_token"].get<std::string>());
  const auto second = ask(OperationId::TokenV2, "c1",
                          "grant_type=refresh_token&client_id=a1&client_secret=secret&scope="
                          "https://management.core.windows.net//.default&refresh_token=" +
                              refresh.dump());
  ASSERT_TRUE(second.has_value());
  const auto claims =
      nlohmann::json::parse(nlohmann::json::parse(second->json)["access_token"].get<std::string>());
  EXPECT_EQ(claims["tid"], "c1");
  EXPECT_EQ(claims["aud"], "https://management.core.windows.net/");
  EXPECT_EQ(claims["groups"][0], "group");
  EXPECT_EQ(claims["amr"], nlohmann::json::parse(R"(["pwd","mfa"])"));
}

TEST_F(Token, DocumentedErrors) {
  EXPECT_EQ(ask(OperationId::TokenV2, "nowhere.example", "").error().code,
            ErrorCode::AadTenantNotFound);
  EXPECT_EQ(ask(OperationId::TokenV2, "p1", "").error().code, ErrorCode::AadMissingParameter);
  EXPECT_EQ(ask(OperationId::TokenV2, "p1", "grant_type=x").error().code,
            ErrorCode::AadUnsupportedGrantType);
  const std::string app = "grant_type=client_credentials&client_id=a1&client_secret=";
  EXPECT_EQ(ask(OperationId::TokenV1, "p1", app + "bad&resource=x").error().code,
            ErrorCode::AadInvalidClientSecret);
  EXPECT_EQ(ask(OperationId::TokenV1, "p1", app + "secret&resource=x").error().code,
            ErrorCode::AadInvalidResource);
}

}  // namespace
}  // namespace pcsim
