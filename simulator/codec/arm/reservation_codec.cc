#include "codec/arm/reservation_codec.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "codec/time.h"
#include "domain/reservations/purchase.h"
#include "domain/reservations/scopes.h"
#include "domain/reservations/state.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using nlohmann::ordered_json;

constexpr std::string_view kScopeProperties = "2022-11-01";

std::string order_id_path(const std::string& order_id) {
  return "/providers/microsoft.capacity/reservationOrders/" + order_id;
}

std::string id_path(const Reservation& row) {
  return order_id_path(row.order_id) + "/reservations/" + row.reservation_id;
}

ordered_json utilization(const Utilisation& use) {
  ordered_json aggregates = ordered_json::array();
  for (std::size_t at = 0; at < kGrains.size(); ++at) {
    ordered_json one{{"grain", kGrains[at]}, {"grainUnit", "days"}};
    one["value"] = use.percent[at].nearest();
    one["valueUnit"] = "percentage";
    aggregates.push_back(std::move(one));
  }
  const char* trend = use.percent[0] > use.percent[1]   ? "UP"
                      : use.percent[0] < use.percent[1] ? "DOWN"
                                                        : "SAME";
  ordered_json out;
  out["trend"] = trend;
  out["aggregates"] = std::move(aggregates);
  return out;
}

bool of_group(const Reservation& row) {
  return !row.applied_scopes.empty() &&
         row.applied_scopes.front().find("/resourcegroups/") != std::string::npos;
}

/// The scope type as the portal shows it: it tells a resource group from a subscription.
std::string friendly_scope_type(const Reservation& row) {
  return row.scope_type == "Single" && of_group(row) ? "ResourceGroup" : row.scope_type;
}

/// The scope in members of its own; none for shared ones.
ordered_json scope_properties(const World& world, const Reservation& row) {
  ordered_json out = ordered_json::object();
  if (row.scope_type == "ManagementGroup") {
    const std::string name = management_group_name(row.management_group);
    const ManagementGroup* group = world.management_groups.find(lower(name));
    out["tenantId"] = row.customer_id;
    out["managementGroupId"] = "/providers/Microsoft.Management/managementGroups/" + name;
    out["displayName"] = group == nullptr ? name : group->name;
  } else if (row.scope_type == "Single") {
    const std::string scope = row.applied_scopes.empty()
                                  ? "/subscriptions/" + row.billing_subscription_id
                                  : row.applied_scopes.front();
    const std::string id = subscription_of_scope(scope);
    const AzureSubscription* azure = world.azure_subscriptions.find(id);
    out["subscriptionId"] = "/subscriptions/" + id;
    if (of_group(row)) {
      out["resourceGroupId"] = scope;
    }
    out["displayName"] = of_group(row)      ? scope.substr(scope.rfind('/') + 1)
                         : azure == nullptr ? id
                                            : azure->friendly_name;
  }
  return out;
}

ordered_json paths_of(const Reservation& row, const std::vector<std::string>& ids) {
  ordered_json out = ordered_json::array();
  for (const std::string& id : ids) {
    out.push_back(order_id_path(row.order_id) + "/reservations/" + id);
  }
  return out;
}

std::string path_of_id(const World& world, const std::string& id) {
  const Reservation* row = world.reservations.find(id);
  return row == nullptr ? id : id_path(*row);
}

/// Where a reservation comes from and what became of it.
void add_relations(const World& world, const Reservation& row, ordered_json& out) {
  if (!row.split_source.empty() || !row.split_destinations.empty()) {
    ordered_json split = ordered_json::object();
    if (!row.split_source.empty()) {
      split["splitSource"] = path_of_id(world, row.split_source);
    }
    if (!row.split_destinations.empty()) {
      split["splitDestinations"] = paths_of(row, row.split_destinations);
    }
    out["splitProperties"] = std::move(split);
  }
  if (!row.merge_destination.empty() || !row.merge_sources.empty()) {
    ordered_json merge = ordered_json::object();
    if (!row.merge_destination.empty()) {
      merge["mergeDestination"] = path_of_id(world, row.merge_destination);
    }
    if (!row.merge_sources.empty()) {
      merge["mergeSources"] = paths_of(row, row.merge_sources);
    }
    out["mergeProperties"] = std::move(merge);
  }
  std::string swapped_for;
  if (row.end == ReservationEnd::Exchanged) {
    for (const auto& [id, other] : world.reservations) {
      if (swapped_for.empty() && other.exchange_source == row.reservation_id) {
        swapped_for = id_path(other);
      }
    }
  }
  if (!row.exchange_source.empty()) {
    out["swapProperties"] = ordered_json{{"swapSource", path_of_id(world, row.exchange_source)}};
  } else if (!swapped_for.empty()) {
    out["swapProperties"] = ordered_json{{"swapDestination", swapped_for}};
  }
  if (!row.renew_source.empty()) {
    out["renewSource"] = path_of_id(world, row.renew_source);
  }
  if (!row.renew_destination.empty()) {
    out["renewDestination"] = path_of_id(world, row.renew_destination);
  }
}

ordered_json status_info(const Reservation& row, const std::string& state) {
  const std::string end{end_word(row.end)};
  if (end != "None") {
    return {{"statusCode", end},
            {"message", end == "Split" ? "This reservation was split and is no longer active."
                                       : "This reservation was merged and is no longer active."}};
  }
  const char* code = state == "Succeeded"   ? "Succeeded"
                     : state == "Expired"   ? "Expired"
                     : state == "Cancelled" ? "None"
                     : state == "Pending"   ? "Processing"
                                            : "Pending";
  return {{"statusCode", code}};
}

void add_scope(const ReservationScene& scene, const Reservation& row, ordered_json& out) {
  out["appliedScopeType"] = row.scope_type;
  if (row.scope_type == "Single") {
    out["appliedScopes"] = row.applied_scopes;
    if (row.applied_scopes.empty()) {
      out["appliedScopes"] = ordered_json::array({"/subscriptions/" + row.billing_subscription_id});
    }
  }
  if (row.scope_type != "Shared" && scene.version >= kScopeProperties) {
    out["appliedScopeProperties"] = scope_properties(scene.world, row);
  }
  out["userFriendlyAppliedScopeType"] = friendly_scope_type(row);
}

void add_dates(const Reservation& row, Instant now, ordered_json& out) {
  const bool done = now >= row.succeeds;
  if (done) {
    const Instant expiry = expiry_of(row);
    out["effectiveDateTime"] = to_iso(row.succeeds);
    out["benefitStartTime"] = to_iso(row.succeeds);
    out["expiryDate"] = to_date(expiry);
    out["expiryDateTime"] = to_iso(expiry);
  }
  out["lastUpdatedDateTime"] = to_iso(row.updated.value_or(done ? row.succeeds : row.created));
  out["purchaseDate"] = to_date(row.created);
  out["purchaseDateTime"] = to_iso(row.created);
}

ordered_json properties_json(const ReservationScene& scene, const Reservation& row,
                             const Utilisation& use) {
  const Instant now = scene.env.now;
  const std::string state = provisioning_state(row, now);
  ordered_json out{{"reservedResourceType", row.resource_type},
                   {"instanceFlexibility", row.instance_flexibility ? "On" : "Off"},
                   {"displayName", row.display_name}};
  add_scope(scene, row, out);
  out["quantity"] = row.quantity;
  out["term"] = row.term;
  out["billingPlan"] = row.billing_plan;
  out["provisioningState"] = state;
  out["displayProvisioningState"] = display_state(scene.world, row, scene.env);
  out["provisioningSubState"] = state;
  out["capabilities"] = "ApiReturnEnabled, ApiExchangeEnabled";
  out["archived"] = row.archived;
  out["renew"] = row.renew;
  out["userFriendlyRenewState"] = renewal_state(row, now);
  add_dates(row, now, out);
  out["skuDescription"] = scene.prices.reservation_title(row.sku_name, row.location, row.term);
  out["billingScopeId"] = "/subscriptions/" + row.billing_subscription_id;
  out["extendedStatusInfo"] = status_info(row, state);
  if (row.review) {
    out["reviewDateTime"] = to_iso(*row.review);
  }
  add_relations(scene.world, row, out);
  out["utilization"] = utilization(use);
  return out;
}

ordered_json revision_json(const ReservationScene& scene, const Reservation& row,
                           const ReservationRevision& revision, std::size_t number) {
  Reservation then = row;
  then.quantity = revision.quantity;
  then.scope_type = revision.scope_type;
  then.display_name = revision.display_name;
  ordered_json out = reservation_json(scene, then, {});
  out["id"] = id_path(row) + "/revisions/" + std::to_string(number);
  out["name"] = std::to_string(number);
  out["type"] = "Microsoft.Capacity/reservationOrders/reservations/revisions";
  out["etag"] = revision.etag;
  out["properties"]["lastUpdatedDateTime"] = to_iso(revision.at);
  return out;
}

/// Bought before anything noted it, a reservation has one revision.
std::vector<ReservationRevision> revisions_of(const Reservation& row, Instant now) {
  if (!row.revisions.empty()) {
    return row.revisions;
  }
  return {
      {etag_of(row, now), row.created, "Purchase", row.quantity, row.scope_type, row.display_name}};
}

}  // namespace

ordered_json reservation_json(const ReservationScene& scene, const Reservation& row,
                              const Utilisation& use, const std::optional<RenewalPrice>& renewal) {
  ordered_json out{{"id", id_path(row)},
                   {"name", row.reservation_id},
                   {"type", "Microsoft.Capacity/reservationOrders/reservations"},
                   {"location", row.location},
                   {"etag", etag_of(row, scene.env.now)},
                   {"kind", "Microsoft.Compute"}};
  out["sku"] = ordered_json{{"name", row.sku_name}};
  out["properties"] = properties_json(scene, row, use);
  if (renewal) {
    ordered_json expanded;
    expanded["purchaseProperties"] = ordered_json::parse(renewal->request);
    expanded["pricingCurrencyTotal"] = money_json("USD", renewal->total.usd);
    expanded["billingCurrencyTotal"] = money_json(renewal->total.currency, renewal->total.billing);
    out["properties"]["renewProperties"] = std::move(expanded);
  }
  return out;
}

ordered_json reservations_json(const ReservationScene& scene, const std::vector<Reservation>& rows,
                               bool long_names) {
  ordered_json values = ordered_json::array();
  if (rows.empty()) {
    return values;
  }
  auto used = utilisation(scene.world, scene.prices, rows.front().customer_id, scene.env);
  for (const Reservation& row : rows) {
    ordered_json one = reservation_json(scene, row, used[row.reservation_id]);
    if (long_names) {
      one["name"] = row.order_id + "/" + row.reservation_id;
    }
    values.push_back(std::move(one));
  }
  return values;
}

ordered_json revisions_json(const ReservationScene& scene, const Reservation& row) {
  const auto revisions = revisions_of(row, scene.env.now);
  ordered_json values = ordered_json::array();
  for (std::size_t at = revisions.size(); at > 0; --at) {
    values.push_back(revision_json(scene, row, revisions[at - 1], at));
  }
  return values;
}

ordered_json latest_revisions_json(const ReservationScene& scene,
                                   const std::vector<Reservation>& rows) {
  ordered_json values = ordered_json::array();
  for (const Reservation& row : rows) {
    values.push_back(revisions_json(scene, row).front());
  }
  return values;
}

ordered_json order_json(const ReservationScene& scene, const std::vector<Reservation>& rows,
                        const std::optional<Total>& total) {
  const Reservation& first = rows.front();
  const Instant now = scene.env.now;
  const std::string id = order_id_path(first.order_id);
  const std::string state = order_state(scene.world, first.order_id, scene.env);
  const bool done = now >= first.succeeds;
  ordered_json properties{{"displayName", first.display_name},
                          {"requestDateTime", to_iso(first.created)}};
  if (done) {
    const Instant expiry = expiry_of(first);
    properties["createdDateTime"] = to_iso(first.succeeds);
    properties["expiryDate"] = to_date(expiry);
    properties["expiryDateTime"] = to_iso(expiry);
    properties["benefitStartTime"] = to_iso(first.succeeds);
  }
  ordered_json links = ordered_json::array();
  std::int64_t etag = etag_of(first, now);
  for (const Reservation& row : rows) {
    etag = std::max(etag, etag_of(row, now));
    links.push_back(ordered_json{{"id", id_path(row)}});
  }
  properties["term"] = first.term;
  properties["provisioningState"] = state;
  properties["originalQuantity"] = original_quantity(scene.world, first.order_id);
  properties["billingPlan"] = first.billing_plan;
  properties["reservations"] = std::move(links);
  if (first.review) {
    properties["reviewDateTime"] = to_iso(*first.review);
  }
  if (total) {
    ordered_json payments =
        schedule_json(first.created, now, *total, first.term, first.billing_plan, done);
    ordered_json plan;
    plan["pricingCurrencyTotal"] = money_json("USD", total->usd);
    plan["startDate"] = to_date(first.created);
    for (auto& payment : payments) {
      const bool scheduled = payment.at("status") == "Scheduled";
      if (scheduled && (state == "Cancelled" || state == "Expired")) {
        payment["status"] = "Cancelled";
      } else if (scheduled && !plan.contains("nextPaymentDueDate")) {
        plan["nextPaymentDueDate"] = payment.at("dueDate");
      }
    }
    plan["transactions"] = std::move(payments);
    properties["planInformation"] = std::move(plan);
  }
  ordered_json out{{"id", id},
                   {"name", first.order_id},
                   {"type", "Microsoft.Capacity/reservationOrders"},
                   {"etag", etag}};
  out["properties"] = std::move(properties);
  return out;
}

std::string list_json(ordered_json values, const std::string& next_link) {
  ordered_json out;
  out["value"] = std::move(values);
  if (!next_link.empty()) {
    out["nextLink"] = next_link;
  }
  return out.dump();
}

}  // namespace pcsim
