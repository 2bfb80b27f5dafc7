#include "http/render.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "contract/schema_library.h"
#include "pcsim/error_code.h"

namespace pcsim {
namespace {

using nlohmann::json;

constexpr std::pair<std::string_view, Surface> kSurfaces[] = {
    {"PartnerCenter", Surface::PartnerCenter}, {"Arm", Surface::Arm}, {"Entra", Surface::Entra}};

/// The body of an error, and why it does not conform to its envelope.
std::pair<json, std::string> rendered(Surface surface, ErrorCode code) {
  IdSource ids{1};
  const Env env{1'700'000'000'000'000, ids, 0};
  const Response response =
      render_error(surface, nullptr, Error{code, {"a", "b"}, "/c: wrong"}, env);
  json body = json::parse(response.body, nullptr, false);
  const ErrorRow& row = error_row(code);
  const Schema* schema = find_schema(error_schema(surface, row.status, row.code));
  const auto violations = schema->validate(body);
  std::string reason;
  if (!violations.empty()) {
    reason = violations.front().instance_pointer + ": " + violations.front().message;
  }
  return {std::move(body), reason};
}

TEST(Render, EveryErrorHasTheEnvelopeOfItsSurface) {
  for (std::size_t i = 0; i < error_count(); ++i) {
    const auto code = static_cast<ErrorCode>(i);
    for (const auto& [word, surface] : kSurfaces) {
      const ErrorRow& row = error_row(code);
      if (row.surface == word) {
        EXPECT_EQ(rendered(surface, code).second, "") << row.name;
      }
    }
  }
}

TEST(Render, TransportErrorsTakeTheSurfaceTheyMeet) {
  for (const Surface surface : {Surface::PartnerCenter, Surface::Arm}) {
    EXPECT_EQ(rendered(surface, ErrorCode::InvalidJson).second, "");
  }
}

TEST(Render, AnErrorOfTheCustomerServiceTellsItsName) {
  const json body =
      rendered(Surface::PartnerCenter, ErrorCode::PartnerConfirmedAgreementAlreadyExists).first;
  EXPECT_EQ(body["code"], 600061);
  EXPECT_EQ(body["errorName"], "PartnerConfirmedAgreementAlreadyExists");
  EXPECT_EQ(body["errorMessageExtended"], "InternalErrorCode=600061");
  EXPECT_EQ(body["message"], body["description"]);
}

}  // namespace
}  // namespace pcsim
