#include "http/error_trigger.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace pcsim {
namespace {

std::optional<Trigger> asked(const char* name, const char* value,
                             Surface surface = Surface::PartnerCenter) {
  Request request{"GET", "/v1/customers/c1/orders/o1", {}, {}};
  request.headers.add(name, value);
  return trigger_of(request, surface, route(Surface::PartnerCenter, "GET", request.target));
}

TEST(ErrorTrigger, OrdinaryRequestsAskForNothing) {
  EXPECT_FALSE(asked("X-Locale", "fr"));
  EXPECT_FALSE(asked("MS-CorrelationId", "75000000-0000-0000-0000-00000080003a"));
  EXPECT_FALSE(asked("MS-CorrelationId", "75000001-0000-0000-0000-000000800030"));
  EXPECT_FALSE(asked("MS-CorrelationId", "75000000-0000-0000-0000-000000800030", Surface::Arm));
}

TEST(ErrorTrigger, PlaceholdersAreFilledFromThePathAndFromTheWords) {
  const auto filled = [](ErrorCode code) {
    const auto trigger = asked("X-PCSim-Error", std::string{error_row(code).name}.c_str());
    EXPECT_EQ(trigger->error.code, code);
    return error_text(trigger->error, Locale::English);
  };
  EXPECT_EQ(filled(ErrorCode::OrderCancelRequiresSubscriptionPatch),
            "This order o1 cannot be cancelled. Use PATCH /customers/c1/subscriptions/"
            "<subscriptionId> to suspend subscriptions");
  EXPECT_EQ(filled(ErrorCode::AssetStatusChangeNotAllowed),
            "Asset status cannot be changed to active from deleted");
  EXPECT_EQ(filled(ErrorCode::RateLimited), "Rate limit is exceeded. Try again in 57 seconds.");
}

TEST(ErrorTrigger, ACodeOfOneRowIsEnough) {
  EXPECT_EQ(asked("MS-CorrelationId", "75000000-0000-0000-0000-000000800030")->error.code,
            ErrorCode::SubscriptionNotRegistered);
  EXPECT_EQ(asked("MS-CorrelationId", "75000000-0000-0000-0000-000000800002")->error.code,
            ErrorCode::AmbiguousErrorTrigger);
}

TEST(ErrorTrigger, TransfersCarryTheirErrors) {
  const auto reply = [](const char* json) {
    return carrying(Reply{200, json, {}}, ErrorCode::TransferPartnerTokenMissing, Locale::English);
  };
  EXPECT_EQ(reply(R"({"orders":[],"transferErrors":[]})")->json,
            R"({"orders":[],"transferErrors":[{"transferGroupId":"0","lineItems":[],"code":800001,)"
            R"("description":"Partner Token missing in request context.",)"
            R"("attributes":{"objectType":"TransferError"}}]})");
  EXPECT_EQ(reply("{}").error().code, ErrorCode::ErrorTriggerElsewhere);
}

TEST(ErrorTrigger, UpgradesCarryTheirErrors) {
  const auto reply = [](const char* json) {
    return carrying(Reply{200, json, {}}, ErrorCode::UpgradeOther, Locale::French);
  };
  EXPECT_EQ(
      reply(R"({"items":[{"isEligible":true}]})")->json,
      R"({"items":[{"isEligible":false,"upgradeErrors":[{"code":0,"description":"Autre"}]}]})");
  EXPECT_EQ(reply("{}")->json, R"({"upgradeErrors":[{"code":0,"description":"Autre"}]})");
  EXPECT_EQ(reply(R"({"items":[]})").error().code, ErrorCode::ErrorTriggerElsewhere);
}

}  // namespace
}  // namespace pcsim
