// What an indirect provider buys for a reseller's customer.
#include <nlohmann/json.hpp>
#include <string>

#include "cases/story.h"

namespace pcsim::contract {
namespace {

using nlohmann::json;
using enum OperationId;

constexpr const char* kProviderMpnId = "1000002";
constexpr const char* kResellerMpnId = "1000003";

class IndirectPurchases : public Contract {};

json attested(json body) {
  body["partnerOnRecordAttestationAccepted"] = true;
  return body;
}

json seats_for(const std::string& mpn_id) {
  json body{{"billingCycle", "monthly"},
            {"lineItems", {{{"lineItemNumber", 0}, {"offerId", kSeats}, {"quantity", 2}}}}};
  if (!mpn_id.empty()) {
    body["lineItems"][0]["partnerIdOnRecord"] = mpn_id;
  }
  return body;
}

TEST_F(IndirectPurchases, NameTheResellerOnRecord) {
  const Client client = partner(universe, Who::Provider);
  const Path path = customer_path(demo::kNorthwind);
  const auto order = [&](const json& body) {
    return Ask{.operation = CreateOrder, .path = path, .body = body.dump()};
  };
  client.refused(order(seats_for(kResellerMpnId)), ErrorCode::PartnerAttestationMissing);
  client.refused(order(attested(seats_for("99"))), ErrorCode::MpnIdNotFound);
  client.refused(order(attested(seats_for("1000001"))), ErrorCode::MpnIdNotReseller);
  client.refused(order(attested(seats_for(kProviderMpnId))),
                 ErrorCode::IndirectProviderMpnIdNotValid);
  const json made = client.ok(order(attested(seats_for(kResellerMpnId))));
  EXPECT_EQ(made.at("partnerOnRecordAttestationAccepted"), true);
  EXPECT_EQ(made.at("lineItems").at(0).at("partnerIdOnRecord"), kResellerMpnId);
  const auto owned = [&](const std::string& query) {
    return client.ok({.operation = ListSubscriptions, .path = path, .query = query});
  };
  const json of_reseller = owned(std::string{"mpn_id="} + kResellerMpnId);
  ASSERT_EQ(of_reseller.at("totalCount"), 1);
  EXPECT_EQ(of_reseller.at("items").at(0).at("billingType"), "license");
  EXPECT_EQ(owned("order_id=" + made.at("id").get<std::string>()), [&] {
    json expected = of_reseller;
    expected["links"]["self"]["uri"] =
        "/customers/" + std::string{demo::kNorthwind} +
        "/subscriptions?order_id=" + made.at("id").get<std::string>();
    return expected;
  }());
  EXPECT_EQ(owned("").at("totalCount"), 2);
}

TEST_F(IndirectPurchases, CartsNameParticipants) {
  const Client client = partner(universe, Who::Provider);
  json body = cart_of(kSeats);
  body["lineItems"][0]["billingCycle"] = "monthly";
  body["lineItems"][0]["participants"] = {
      {{"key", "transaction_reseller"}, {"value", kResellerMpnId}}};
  const auto create = [&] {
    const json cart = client.ok(
        {.operation = CreateCart, .path = customer_path(demo::kNorthwind), .body = body.dump()});
    EXPECT_FALSE(cart.at("lineItems").at(0).contains("error"));
    return Ask{
        .operation = CheckoutCart,
        .path = {{"customerId", demo::kNorthwind}, {"cartId", cart.at("id").get<std::string>()}}};
  };
  client.refused(create(), ErrorCode::PartnerAttestationMissing);
  body = attested(body);
  const Ask checkout = create();
  const json done = client.ok(checkout);
  EXPECT_EQ(done.at("orders").at(0).at("lineItems").at(0).at("partnerIdOnRecord"), kResellerMpnId);
}

TEST_F(IndirectPurchases, ResellersDoNotOrder) {
  json body = cart_of(kSeats);
  body["lineItems"][0]["billingCycle"] = "monthly";
  const Client reseller = partner(universe, Who::Reseller);
  const json cart = reseller.ok(
      {.operation = CreateCart, .path = customer_path(demo::kNorthwind), .body = body.dump()});
  reseller.refused(
      {.operation = CheckoutCart,
       .path = {{"customerId", demo::kNorthwind}, {"cartId", cart.at("id").get<std::string>()}}},
      ErrorCode::PartnerNotValidForOffer);
  partner(universe, Who::Reseller)
      .refused({.operation = CreateOrder,
                .path = customer_path(demo::kNorthwind),
                .body = attested(seats_for("")).dump()},
               ErrorCode::PartnerNotValidForOffer);
}

}  // namespace
}  // namespace pcsim::contract
