#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <utility>

#include "pcsim/operation.h"

namespace pcsim {
namespace {

using ::testing::Contains;
using ::testing::Not;

TEST(OperationErrors, ListsAreUnionedWithWhatTheRowImplies) {
  const auto update_cart = expected_errors(operation(OperationId::UpdateCart));
  EXPECT_THAT(update_cart, Contains(ErrorCode::CartAlreadySubmitted));
  EXPECT_THAT(update_cart, Contains(ErrorCode::InvalidCustomerIdFormat));
  EXPECT_THAT(update_cart, Contains(ErrorCode::RoleNotAllowed));
  EXPECT_THAT(update_cart, Contains(ErrorCode::InvalidJson));
  EXPECT_THAT(update_cart, Not(Contains(ErrorCode::AppOnlyNotSupported)));
  EXPECT_THAT(expected_errors(operation(OperationId::ListAgreements)),
              Contains(ErrorCode::AppOnlyNotSupported));
  EXPECT_THAT(expected_errors(operation(OperationId::TokenV1)),
              Not(Contains(ErrorCode::PartnerTokenMissing)));
}

TEST(OperationErrors, RowsAreUniqueAndOfTheSurface) {
  std::set<std::pair<OperationId, ErrorCode>> seen;
  for (const OperationError& row : operation_errors()) {
    EXPECT_TRUE(seen.emplace(row.operation, row.error).second)
        << operation(row.operation).name << " lists " << error_row(row.error).name << " twice";
    const auto surface = error_row(row.error).surface;
    switch (operation(row.operation).surface) {
      case Surface::PartnerCenter:
        EXPECT_TRUE(surface == "PartnerCenter" || surface == "Cart" || surface == "Transport");
        break;
      case Surface::Entra:
        EXPECT_TRUE(surface == "Entra" || surface == "Transport");
        break;
      case Surface::Arm:
        EXPECT_TRUE(surface == "Arm" || surface == "Transport");
        break;
    }
  }
}

}  // namespace
}  // namespace pcsim
