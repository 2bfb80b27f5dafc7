// An etag changes on every write of its resource, and on nothing else.
#include <functional>
#include <nlohmann/json.hpp>
#include <set>

#include "cases/story.h"

namespace pcsim::contract {
namespace {

using nlohmann::json;
using enum OperationId;

class Etags : public Contract {};

std::string etag_of(const json& resource) {
  return resource.at("attributes").at("etag").get<std::string>();
}

/// What happens in a universe beside the resource.
void live_on(Universe& universe) {
  const Client client = partner(universe);
  const std::string customer = create_customer(client, "FR");
  client.ok(
      {.operation = CreateOrder,
       .path = customer_path(demo::kContoso),
       .body = order_of(reservation_item(client).catalogue_item, {demo::kContosoPlan}).dump()});
  client.ok({.operation = ListAuditRecords});
  universe.advance(60);
}

TEST_F(Etags, OfABillingProfile) {
  const Path path = customer_path(demo::kContoso);
  const auto read = [&] {
    return partner(universe).ok({.operation = GetBillingProfile, .path = path});
  };
  std::set<std::string> seen;
  json profile = read();
  for (const char* name : {"Ana", "Ana", "Zoe"}) {
    EXPECT_TRUE(seen.insert(etag_of(profile)).second) << "an etag came again";
    live_on(universe);
    EXPECT_EQ(etag_of(read()), etag_of(profile)) << "nobody wrote";
    json stale = profile;
    stale["attributes"]["etag"] = "-1";
    partner(universe).refused(
        {.operation = UpdateBillingProfile, .path = path, .body = stale.dump()},
        ErrorCode::EtagNoLongerValid);
    EXPECT_EQ(etag_of(read()), etag_of(profile)) << "a refused write";
    profile["firstName"] = name;
    const json written = partner(universe).ok(
        {.operation = UpdateBillingProfile, .path = path, .body = profile.dump()});
    EXPECT_NE(etag_of(written), etag_of(profile)) << "also when nothing differs";
    profile = read();
    EXPECT_EQ(etag_of(profile), etag_of(written));
  }
}

TEST_F(Etags, OfAPurchasePermission) {
  const Path path{{"policyId", std::string{demo::kFabrikam} + "_" + demo::kContoso}};
  const auto read = [&] {
    return partner(universe).ok({.operation = GetSelfServePolicy, .path = path});
  };
  std::set<std::string> seen;
  json policy = read();
  for (int round = 0; round < 3; ++round) {
    EXPECT_TRUE(seen.insert(etag_of(policy)).second);
    live_on(universe);
    EXPECT_EQ(etag_of(read()), etag_of(policy));
    json stale = policy;
    stale["attributes"]["etag"] = "\"00000000-0000-4000-8000-000000000000\"";
    partner(universe).refused({.operation = UpdateSelfServePolicy, .body = stale.dump()},
                              ErrorCode::EtagNoLongerValid);
    EXPECT_EQ(etag_of(read()), etag_of(policy));
    const json written =
        partner(universe).ok({.operation = UpdateSelfServePolicy, .body = policy.dump()});
    EXPECT_NE(etag_of(written), etag_of(policy));
    policy = read();
    EXPECT_EQ(etag_of(policy), etag_of(written));
  }
}

TEST_F(Etags, OfASubscription) {
  const Path path = subscription_path(demo::kLegacy, demo::kLegacySubscription);
  const auto read = [&] {
    return partner(universe).ok({.operation = GetSubscription, .path = path});
  };
  std::set<std::string> seen;
  json row = read();
  for (const char* name : {"Azure", "Azure", "Cloud"}) {
    EXPECT_TRUE(seen.insert(etag_of(row)).second) << "an etag came again";
    live_on(universe);
    EXPECT_EQ(etag_of(read()), etag_of(row)) << "nobody wrote";
    const std::string good = etag_of(row);
    row["friendlyName"] = name;
    row["attributes"]["etag"] = "AAAA";
    const auto update = [&](const std::string& header) {
      return Ask{.operation = UpdateSubscription,
                 .path = path,
                 .body = row.dump(),
                 .headers = header.empty() ? Fields{} : Fields{{"If-Match", header}}};
    };
    partner(universe).refused(update(""), ErrorCode::EtagNoLongerValid);
    partner(universe).refused(update("\"AAAA\""), ErrorCode::EtagNoLongerValid);
    EXPECT_EQ(etag_of(read()), good) << "a refused write";
    // The header goes before the body, quoted as in the samples.
    const json written = partner(universe).ok(update("\"" + good + "\""));
    EXPECT_NE(etag_of(written), good) << "also when nothing differs";
    row = read();
    EXPECT_EQ(etag_of(row), etag_of(written));
  }
}

TEST_F(Etags, OfALegacyOrder) {
  const Client client = partner(universe);
  json body = order_of(kBaseOffer);
  body["billingCycle"] = "monthly";
  const json made = client.ok(
      {.operation = CreateOrder, .path = customer_path(demo::kContoso), .body = body.dump()});
  const Path path{{"customerId", demo::kContoso}, {"orderId", made.at("id").get<std::string>()}};
  const auto read = [&] { return partner(universe).ok({.operation = GetOrder, .path = path}); };
  const json first = read();
  live_on(universe);
  EXPECT_EQ(etag_of(read()), etag_of(first)) << "nobody wrote";
  json change{{"id", made.at("id")},
              {"billingCycle", "annual"},
              {"lineItems", first.at("lineItems")},
              {"attributes", {{"etag", "AAAA"}}}};
  partner(universe).refused({.operation = UpdateOrder, .path = path, .body = change.dump()},
                            ErrorCode::EtagNoLongerValid);
  EXPECT_EQ(etag_of(read()), etag_of(first)) << "a refused write";
  change["attributes"]["etag"] = etag_of(first);
  const json written =
      partner(universe).ok({.operation = UpdateOrder, .path = path, .body = change.dump()});
  EXPECT_NE(etag_of(written), etag_of(first));
  EXPECT_EQ(etag_of(read()), etag_of(written));
}

}  // namespace
}  // namespace pcsim::contract
