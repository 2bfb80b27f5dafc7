#include <nlohmann/json.hpp>

#include "cases/story.h"
#include "pcsim/text.h"

namespace pcsim::contract {
namespace {

using nlohmann::json;
using enum OperationId;

class Entitlements : public Contract {};

/// The parameters in the link of an artifact: `/customers/{c}/artifacts/{type}/groups/…`.
Path artifact_path(const std::string& uri) {
  const auto parts = split(std::string_view{uri}.substr(uri.find("/customers/") + 1), '/');
  if (parts.size() != 10) {
    ADD_FAILURE() << "not the link of an artifact: " << uri;
    return {};
  }
  const auto text = [&](std::size_t i) { return std::string{parts[i]}; };
  return {{"customerId", text(1)},
          {"type", text(3)},
          {"groupId", text(5)},
          {"lineItemId", text(7)},
          {"resourceId", text(9)}};
}

TEST_F(Entitlements, ReservationsAndTheirArtifacts) {
  const Client client = partner(universe);
  const Path customer = customer_path(demo::kContoso);
  EXPECT_EQ(client.ok({.operation = ListEntitlements, .path = customer}).at("totalCount"), 0);
  client.ok(
      {.operation = CreateOrder,
       .path = customer,
       .body = order_of(reservation_item(client).catalogue_item, {demo::kContosoPlan}).dump()});
  for (const char* query : {"entitlementType=reservedinstance&showExpiry=true",
                            "entitlementType=virtualmachinereservedinstance"}) {
    const json list = client.ok({.operation = ListEntitlements, .path = customer, .query = query});
    ASSERT_EQ(list.at("totalCount"), 1) << query;
    const json& artifact = list.at("items").at(0).at("entitledArtifacts").at(0);
    const std::string uri = artifact.at("link").at("uri").get<std::string>();
    Path path = artifact_path(uri);
    const json read = client.ok({.operation = GetReservationArtifact, .path = path});
    EXPECT_FALSE(read.empty());
    path["resourceId"] = demo::kNobody;
    client.refused({.operation = GetReservationArtifact, .path = path},
                   ErrorCode::ArtifactNotFound);
    path["type"] = "nothing";
    client.refused({.operation = GetReservationArtifact, .path = path},
                   ErrorCode::ArtifactNotFound);
  }
  EXPECT_EQ(client
                .ok({.operation = ListEntitlements,
                     .path = customer,
                     .query = "entitlementType=software"})
                .at("totalCount"),
            0);
  client.refused(
      {.operation = ListEntitlements, .path = customer, .query = "entitlementType=nothing"},
      ErrorCode::InvalidRequestInput);
}

}  // namespace
}  // namespace pcsim::contract
