#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <set>

#include "app/arm/list_query.h"
#include "app/arm/reservation_scene.h"
#include "app/handlers.h"
#include "codec/arm/odata_filter.h"
#include "codec/reference_data.h"
#include "domain/reservations/scopes.h"
#include "domain/reservations/state.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t kPage = 100;

/// States of reservations and how their summary counts them.
constexpr std::array<std::pair<std::string_view, const char*>, 9> kCounts{{
    {"Succeeded", "succeededCount"},
    {"Failed", "failedCount"},
    {"Expiring", "expiringCount"},
    {"Expired", "expiredCount"},
    {"Pending", "pendingCount"},
    {"Cancelled", "cancelledCount"},
    {"Processing", "processingCount"},
    {"Warning", "warningCount"},
    {"NoBenefit", "noBenefitCount"},
}};

std::string state_of(const ordered_json& value) {
  return value.at("properties").at("displayProvisioningState").get<std::string>();
}

ordered_json summary_of(const ordered_json& values) {
  ordered_json out;
  for (const auto& [state, name] : kCounts) {
    int count = 0;
    for (const ordered_json& value : values) {
      count += state_of(value) == state ? 1 : 0;
    }
    out[name] = count;
  }
  return out;
}

/// Takes out what is in another state than the one selected, if any is.
void select_state(const Call& call, ordered_json& values) {
  const std::string wanted = query_value(call, "selectedstate");
  if (wanted.empty()) {
    return;
  }
  ordered_json kept = ordered_json::array();
  for (ordered_json& value : values) {
    if (equal_ignoring_case(state_of(value), wanted)) {
      kept.push_back(std::move(value));
    }
  }
  values = std::move(kept);
}

Result<Done> sort(const Call& call, ordered_json& values) {
  const std::string text = query_value(call, "$orderby");
  if (text.empty()) {
    return Done{};
  }
  const auto order = parse_order(text);
  if (!order) {
    return Error{ErrorCode::ArmBadRequest, {"$orderby '" + text + "'"}, {}};
  }
  std::stable_sort(values.begin(), values.end(),
                   [&](const ordered_json& left, const ordered_json& right) {
                     return stands_before(*order, left, right);
                   });
  return Done{};
}

/// Whether a reservation discounts what runs in the subscription now.
bool discounts(const Call& call, const Reservation& row, const AzureSubscription& azure) {
  return gives_benefit(row, call.env.now) && applies_to(call.world, row, azure);
}

}  // namespace

Result<Reply> handle_ArmListAllReservations(const Call& call) {
  PCSIM_TRY(skip, count_in_query(call, "$skiptoken", 0, 0));
  PCSIM_TRY(take, count_in_query(call, "take", 1, kPage));
  ordered_json values = reservations_json(scene_for(call), readable_rows(call), long_names(call));
  PCSIM_TRY(filtered, apply_filter(call, values));
  static_cast<void>(filtered);
  PCSIM_TRY(sorted, sort(call, values));
  static_cast<void>(sorted);
  const ordered_json summary = summary_of(values);
  select_state(call, values);
  const std::size_t size = std::min(take, kPage);
  ordered_json out;
  out["value"] = page_of(values, skip, size);
  if (skip + size < values.size()) {
    out["nextLink"] =
        next_link(call, "/providers/Microsoft.Capacity/reservations", "$skiptoken", skip + size);
  }
  if (!equal_ignoring_case(query_value(call, "refreshsummary"), "false")) {
    out["summary"] = summary;
  }
  return Reply{0, out.dump(), {}};
}

Result<Reply> handle_ArmListAppliedReservations(const Call& call) {
  const Actor actor = actor_of(call);
  PCSIM_TRY(azure, subscription_of_caller(call.world, actor, path_id(call, "subscriptionId")));
  const std::string scope = "/subscriptions/" + azure.id;
  PCSIM_TRY(allowed,
            authorise(call.world, actor, "Microsoft.Capacity/appliedreservations/read", scope));
  static_cast<void>(allowed);
  std::set<std::string> orders;
  for (const auto& [id, row] : call.world.reservations) {
    if (discounts(call, row, azure)) {
      orders.insert("/providers/Microsoft.Capacity/reservationOrders/" + row.order_id);
    }
  }
  ordered_json out;
  out["id"] = scope + "/providers/microsoft.capacity/AppliedReservations/default";
  out["name"] = "default";
  out["type"] = "Microsoft.Capacity/AppliedReservations";
  out["properties"]["reservationOrderIds"]["value"] = orders;
  return Reply{0, out.dump(), {}};
}

}  // namespace pcsim
