#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/arm/list_query.h"
#include "app/arm/reservation_scene.h"
#include "app/handlers.h"
#include "codec/arm/catalog_codec.h"
#include "codec/reference_data.h"
#include "domain/commerce/lifecycle.h"
#include "domain/commerce/subscription.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t kPage = 100;
/// Before it the list was an array and nothing else.
constexpr std::string_view kObjectList = "2021-07-01";

/// Registered by itself, or with the plan it is under.
bool registered_here(const Call& call, const AzureSubscription& azure) {
  const bool own = std::any_of(
      azure.namespaces.begin(), azure.namespaces.end(),
      [](const std::string& name) { return equal_ignoring_case(name, "Microsoft.Capacity"); });
  const Subscription* plan = call.world.subscriptions.find(plan_of(azure, call.env.now));
  return own || (plan != nullptr && registered(*plan, call.env.now, call.env.delay));
}

/// Whether a row of the list is asked for; products of publishers are none of them.
bool wanted(const Call& call, const PriceRow& row) {
  const std::string type = query_value(call, "reservedresourcetype");
  const std::string location = query_value(call, "location");
  const ReservedProduct* product = call.reference.catalogue.prices().product_of(row.size);
  const bool published = !query_value(call, "publisherid").empty() ||
                         !query_value(call, "offerid").empty() ||
                         !query_value(call, "planid").empty();
  return !row.size.empty() && row.term == "P1Y" && product != nullptr &&
         (type.empty() || equal_ignoring_case(type, product->resource_type)) &&
         (location.empty() || equal_ignoring_case(location, row.region)) &&
         (!published || product->resource_type == "VirtualMachineSoftware");
}

ordered_json item_of(const Call& call, const PriceRow& row, const Customer* customer) {
  const Shop shop = shop_of(call);
  const PriceList& prices = shop.catalogue.prices();
  return catalog_item_json(prices, row, prices.reservation(row.size, row.region, "P3Y"),
                           view_of(call.world, shop, customer), currency_of(shop, customer),
                           restricted_region(row.region));
}

}  // namespace

Result<Reply> handle_ArmListCatalog(const Call& call) {
  const Actor actor = actor_of(call);
  PCSIM_TRY(azure, subscription_of_caller(call.world, actor, path_id(call, "subscriptionId")));
  PCSIM_TRY(allowed, authorise(call.world, actor, "Microsoft.Capacity/catalogs/read",
                               "/subscriptions/" + azure.id));
  static_cast<void>(allowed);
  if (!registered_here(call, azure)) {
    return Error{ErrorCode::ArmSubscriptionNotRegistered, {azure.id}, {}};
  }
  const PriceList& prices = call.reference.catalogue.prices();
  const std::string location = query_value(call, "location");
  if (!location.empty() && !prices.known_region(location)) {
    return Error{ErrorCode::ArmInvalidLocationId, {location}, {}};
  }
  PCSIM_TRY(skip, count_in_query(call, "$skip", 0, 0));
  PCSIM_TRY(take, count_in_query(call, "$take", 1, kPage));
  std::vector<const PriceRow*> rows;
  for (const PriceRow& row : prices.rows()) {
    if (wanted(call, row)) {
      rows.push_back(&row);
    }
  }
  const Customer* customer = call.world.customers.find(lower(azure.customer_id));
  const std::size_t size = std::min(take, kPage);
  const bool filters = !query_value(call, "$filter").empty();
  ordered_json values = ordered_json::array();
  for (std::size_t at = 0; at < rows.size(); ++at) {
    // Without a filter only what is shown needs to be made.
    if (filters || (at >= skip && at - skip < size)) {
      values.push_back(item_of(call, *rows[at], customer));
    }
  }
  PCSIM_TRY(filtered, apply_filter(call, values));
  static_cast<void>(filtered);
  const std::size_t total = filters ? values.size() : rows.size();
  values = filters ? page_of(values, skip, size) : values;
  if (version_of(call) < kObjectList) {
    return Reply{0, values.dump(), {}};
  }
  ordered_json out;
  out["value"] = std::move(values);
  if (skip + size < total) {
    out["nextLink"] =
        next_link(call, "/subscriptions/" + azure.id + "/providers/Microsoft.Capacity/catalogs",
                  "$skip", skip + size);
  }
  out["totalItems"] = total;
  return Reply{0, out.dump(), {}};
}

}  // namespace pcsim
