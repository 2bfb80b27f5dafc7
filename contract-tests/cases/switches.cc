// Universes whose switches are set otherwise than by default.
#include <nlohmann/json.hpp>

#include "cases/story.h"

namespace pcsim::contract {
namespace {

using nlohmann::json;
using enum OperationId;

/// The list of customers as `caller` gets it in a universe of that switch.
Answer customers_of(Universe& universe, Who who, const char* resource) {
  const Operation& row = operation(ListCustomers);
  return contract::send(std::string{row.method}, universe.base_path() + std::string{row.path},
                        {{"Authorization", "Bearer " + universe.token(who, resource)}}, "");
}

TEST(Switches, NoByteOrderMark) {
  Universe universe{{{"bom", "never"}}};
  const Answer answer = customers_of(universe, Who::Admin, kPartnerCenterResource);
  EXPECT_EQ(answer.status, 200);
  EXPECT_TRUE(answer.body.starts_with("{"));
}

TEST(Switches, CompressionForThoseWhoAcceptIt) {
  Universe universe{{{"compression", "gzip"}}};
  const Operation& row = operation(ListCustomers);
  const std::string path = universe.base_path() + std::string{row.path};
  const std::string token = universe.token(Who::Admin, kPartnerCenterResource);
  const Answer packed =
      contract::send(std::string{row.method}, path,
                     {{"Authorization", "Bearer " + token}, {"Accept-Encoding", "gzip"}}, "");
  EXPECT_EQ(packed.status, 200);
  EXPECT_EQ(packed.header("Content-Encoding"), "gzip");
  const Answer plain = customers_of(universe, Who::Admin, kPartnerCenterResource);
  EXPECT_EQ(plain.header("Content-Encoding"), "");
  // The client has unpacked what came.
  EXPECT_EQ(packed.body, plain.body);
  EXPECT_LT(std::stoul(packed.header("Content-Length")), plain.body.size());
}

TEST(Switches, TheRetiredAudienceOfApplications) {
  Universe universe{{{"graph-audience", "accepted"}}};
  EXPECT_EQ(customers_of(universe, Who::App, kGraphResource).status, 200);
  EXPECT_EQ(customers_of(universe, Who::Admin, kGraphResource).status, 401);
}

TEST(Switches, UsersWithoutASecondFactor) {
  Universe universe{{{"user-mfa", "ignored"}}};
  EXPECT_EQ(customers_of(universe, Who::WithoutMfa, kPartnerCenterResource).status, 200);
}

}  // namespace
}  // namespace pcsim::contract
