#include "domain/reservations/purchase.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "domain/reservations/state.h"
#include "domain/rules.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

/// Keeps totals far from the limits of their type.
constexpr std::int64_t kMaxQuantity = 1'000'000;
constexpr std::string_view kSubscriptions = "/subscriptions/";

bool is_single(const PurchaseRequest& request) { return request.scope_type == "Single"; }

/// A condition that a request must not meet, and the error when it does.
struct PurchaseRule {
  std::string_view name;
  bool (*broken)(const PurchaseRequest&);
  ErrorCode error;
  std::string (*argument)(const PurchaseRequest&);
};

std::string term_of(const PurchaseRequest& request) { return request.term; }
std::string billing_scope_of(const PurchaseRequest& request) {
  return request.billing_subscription_id;
}
std::string sku_name(const PurchaseRequest&) { return "sku.name"; }
std::string quantity_name(const PurchaseRequest&) { return "properties.quantity"; }
std::string billing_plan_name(const PurchaseRequest&) { return "properties.billingPlan"; }
std::string scope_type_name(const PurchaseRequest&) { return "properties.appliedScopeType"; }
std::string group_name(const PurchaseRequest&) {
  return "properties.appliedScopeProperties.managementGroupId";
}
std::string nothing(const PurchaseRequest&) { return {}; }

constexpr std::array kPurchaseRules{
    PurchaseRule{"sku-named", [](const PurchaseRequest& r) { return r.sku.empty(); },
                 ErrorCode::ArmInvalidRequestContent, sku_name},
    PurchaseRule{"billing-scope-is-subscription",
                 [](const PurchaseRequest& r) { return !r.billing_scope_valid; },
                 ErrorCode::ArmInvalidSubscriptionId, billing_scope_of},
    PurchaseRule{"term-offered",
                 [](const PurchaseRequest& r) { return r.term != "P1Y" && r.term != "P3Y"; },
                 ErrorCode::ArmUnsupportedReservationTerm, term_of},
    PurchaseRule{
        "quantity-positive",
        [](const PurchaseRequest& r) { return r.quantity < 1 || r.quantity > kMaxQuantity; },
        ErrorCode::ArmInvalidRequestContent, quantity_name},
    PurchaseRule{"billing-plan-known",
                 [](const PurchaseRequest& r) {
                   return r.billing_plan != "Upfront" && r.billing_plan != "Monthly";
                 },
                 ErrorCode::ArmInvalidRequestContent, billing_plan_name},
    PurchaseRule{"scope-type-known",
                 [](const PurchaseRequest& r) {
                   return !is_single(r) && r.scope_type != "Shared" &&
                          r.scope_type != "ManagementGroup";
                 },
                 ErrorCode::ArmInvalidRequestContent, scope_type_name},
    PurchaseRule{"single-scope-given",
                 [](const PurchaseRequest& r) { return is_single(r) && r.applied_scopes.empty(); },
                 ErrorCode::ArmMissingAppliedScopesForSingle, nothing},
    PurchaseRule{
        "single-scope-alone",
        [](const PurchaseRequest& r) { return is_single(r) && r.applied_scopes.size() > 1; },
        ErrorCode::ArmInvalidSingleAppliedScopesCount, nothing},
    PurchaseRule{"management-group-named",
                 [](const PurchaseRequest& r) {
                   return r.scope_type == "ManagementGroup" && r.management_group.empty();
                 },
                 ErrorCode::ArmInvalidRequestContent, group_name},
};

}  // namespace

void list_reservation_rules(std::vector<RuleRow>& out) {
  list_rules("Reservation purchase request", kPurchaseRules, out);
}

Result<Done> validate_purchase(const PurchaseRequest& request, Trace* trace) {
  if (const PurchaseRule* rule = first_broken(kPurchaseRules, request, trace)) {
    return Error{rule->error, {rule->argument(request)}, {}};
  }
  return Done{};
}

std::string subscription_of_scope(const std::string& scope) {
  if (!equal_ignoring_case(scope.substr(0, kSubscriptions.size()), kSubscriptions)) {
    return {};
  }
  const std::string rest = lower(scope.substr(kSubscriptions.size()));
  return rest.substr(0, rest.find('/'));
}

std::vector<Decimal> instalments(Decimal total, int places, const std::string& term,
                                 const std::string& billing_plan) {
  return total.split(billing_plan == "Monthly" ? term_months(term) : 1, places);
}

bool order_id_used(const World& world, const std::string& order_id) {
  return std::any_of(world.reservations.begin(), world.reservations.end(),
                     [&](const auto& entry) { return entry.second.order_id == order_id; });
}

}  // namespace pcsim
