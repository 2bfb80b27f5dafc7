// What partners and Microsoft must have done before anything is bought.
#include <nlohmann/json.hpp>

#include "cases/story.h"

namespace pcsim::contract {
namespace {

using nlohmann::json;
using enum OperationId;

/// An act that closes the way to purchases, and the error from then on.
struct Gate {
  const char* act;
  json parameters;
  ErrorCode error;
};

json vetting(const char* status) { return {{"customerId", demo::kNorthwind}, {"status", status}}; }

const Gate kGates[] = {
    {"microsoft-changes-programme",
     {{"partnerId", demo::kProvider}, {"active", false}},
     ErrorCode::ProgramStatusNotActive},
    {"microsoft-asks-for-agreement",
     {{"partnerId", demo::kProvider}},
     ErrorCode::PartnerAgreementNotAccepted},
    {"microsoft-changes-programme",
     {{"partnerId", demo::kReseller}, {"active", false}},
     ErrorCode::ResellerProgramNotActive},
    {"microsoft-asks-for-agreement",
     {{"partnerId", demo::kReseller}},
     ErrorCode::ResellerAgreementNotAccepted},
    {"microsoft-vets-account", vetting("UnderReview"), ErrorCode::CustomerAccountUnderReview},
    {"microsoft-vets-account", vetting("Unknown"), ErrorCode::CustomerAccountStillUnderReview},
    {"microsoft-vets-account", vetting("NotAllowed"), ErrorCode::CustomerAccountNotApproved},
    {"microsoft-locks-account",
     {{"customerId", demo::kNorthwind}, {"locked", true}},
     ErrorCode::CustomerAccountLocked},
};

TEST(PurchaseGates, CloseOrdersAndCheckouts) {
  for (const Gate& gate : kGates) {
    SCOPED_TRACE(gate.act);
    Universe universe;
    const Client provider = partner(universe, Who::Provider);
    const Path path = customer_path(demo::kNorthwind);
    const json cart =
        provider.ok({.operation = CreateCart, .path = path, .body = cart_of(kSoftware).dump()});
    ASSERT_EQ(universe.act(gate.act, gate.parameters.dump()), 200);
    Path of_cart = path;
    of_cart["cartId"] = cart.at("id").get<std::string>();
    provider.refused({.operation = CheckoutCart, .path = of_cart}, gate.error);
    provider.refused({.operation = CreateOrder, .path = path, .body = order_of(kSoftware).dump()},
                     gate.error);
  }
}

TEST(PurchaseGates, TheCustomersOwnSignatureOpensThem) {
  Universe universe;
  const Client client = partner(universe);
  const Ask order{.operation = CreateOrder,
                  .path = customer_path(demo::kNoAgreement),
                  .body = order_of(kSoftware).dump()};
  client.refused(order, ErrorCode::AgreementNotAccepted);
  EXPECT_EQ(
      universe.act("customer-signs-agreement", json{{"customerId", demo::kNoAgreement}}.dump()),
      200);
  client.ok(order);
  const json status =
      client.ok({.operation = GetDirectSignStatus, .path = customer_path(demo::kNoAgreement)});
  EXPECT_EQ(status.at("isSigned"), true);
}

}  // namespace
}  // namespace pcsim::contract
