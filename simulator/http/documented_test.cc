#include "http/documented.h"

#include <gtest/gtest.h>

namespace pcsim {
namespace {

TEST(Documented, LettersParametersAndVersionsAreAsInTheRouter) {
  const InventoryRow* row = documented("POST", "localhost", "/v1/CUSTOMERS/c/transfers/t/accept");
  ASSERT_NE(row, nullptr);
  EXPECT_EQ(row->page, "accept-a-transfer");
  EXPECT_EQ(documented("PUT", "localhost", "/v1/customers/c/transfers/t/accept"), nullptr);
  EXPECT_EQ(documented("GET", "localhost", "/v1"), nullptr);
}

TEST(Documented, LiteralsWinOverParameters) {
  EXPECT_EQ(documented("GET", "", "/v1/servicerequests/supporttopics")->path,
            "/v1/servicerequests/supporttopics");
  EXPECT_EQ(documented("GET", "", "/v1/servicerequests/17")->path,
            "/v1/servicerequests/{requestId}");
}

TEST(Documented, ARowOfAnotherHostIsThereOnly) {
  EXPECT_NE(documented("GET", "API.partner.microsoft.com", "/v1/engagements/referrals"), nullptr);
  EXPECT_EQ(documented("GET", "localhost", "/v1/engagements/referrals"), nullptr);
}

TEST(Documented, AParameterDoesNotTakeALiteralThatIsDocumented) {
  const Operation& one = operation(OperationId::GetSubscription);
  const InventoryRow* row = documented_before(one, "/v1/customers/c/subscriptions/overage");
  ASSERT_NE(row, nullptr);
  EXPECT_EQ(row->page, "update-subscription-overage");
  EXPECT_EQ(documented_before(one, "/v1/customers/c/subscriptions/s"), nullptr);
}

TEST(Inventory, PathsAreComparedByShape) {
  EXPECT_TRUE(same_path("/v1/customers/{a}/carts", "/v1.0/Customers/{b}/carts"));
  EXPECT_FALSE(same_path("/v1/customers/{a}", "/v1/customers/all"));
  EXPECT_FALSE(same_path("/v1/customers/{a}", "/v1/customers"));
}

}  // namespace
}  // namespace pcsim
