#include "domain/reservations/purchase.h"

#include <algorithm>

namespace pcsim {
namespace {

/// Keeps totals far from the limits of their type.
constexpr std::int64_t kMaxQuantity = 1'000'000;

bool is_single(const PurchaseRequest& request) { return request.scope_type == "Single"; }

/// A condition that a request must not meet, and the error when it does.
struct PurchaseRule {
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
std::string nothing(const PurchaseRequest&) { return {}; }

const PurchaseRule kPurchaseRules[] = {
    {[](const PurchaseRequest& r) { return r.sku.empty(); }, ErrorCode::ArmInvalidRequestContent,
     sku_name},
    {[](const PurchaseRequest& r) { return !r.billing_scope_valid; },
     ErrorCode::ArmInvalidSubscriptionId, billing_scope_of},
    {[](const PurchaseRequest& r) { return r.term != "P1Y" && r.term != "P3Y"; },
     ErrorCode::ArmUnsupportedReservationTerm, term_of},
    {[](const PurchaseRequest& r) { return r.quantity < 1 || r.quantity > kMaxQuantity; },
     ErrorCode::ArmInvalidRequestContent, quantity_name},
    {[](const PurchaseRequest& r) {
       return r.billing_plan != "Upfront" && r.billing_plan != "Monthly";
     },
     ErrorCode::ArmInvalidRequestContent, billing_plan_name},
    {[](const PurchaseRequest& r) {
       return !is_single(r) && r.scope_type != "Shared" && r.scope_type != "ManagementGroup";
     },
     ErrorCode::ArmInvalidRequestContent, scope_type_name},
    {[](const PurchaseRequest& r) { return is_single(r) && r.applied_scopes == 0; },
     ErrorCode::ArmMissingAppliedScopesForSingle, nothing},
    {[](const PurchaseRequest& r) { return is_single(r) && r.applied_scopes > 1; },
     ErrorCode::ArmInvalidSingleAppliedScopesCount, nothing},
};

}  // namespace

Result<Done> validate_purchase(const PurchaseRequest& request) {
  for (const PurchaseRule& rule : kPurchaseRules) {
    if (rule.broken(request)) {
      return Error{rule.error, {rule.argument(request)}, {}};
    }
  }
  return Done{};
}

int term_months(const std::string& term) { return term == "P3Y" ? 36 : 12; }

std::vector<Cents> instalments(Cents total, const std::string& term,
                               const std::string& billing_plan) {
  const int count = billing_plan == "Monthly" ? term_months(term) : 1;
  std::vector<Cents> rows(static_cast<std::size_t>(count), total / count);
  rows.back() += total % count;
  return rows;
}

std::string provisioning_state(const Reservation& reservation, Instant now) {
  if (now >= reservation.succeeds) {
    return "Succeeded";
  }
  const Instant half = reservation.created + (reservation.succeeds - reservation.created) / 2;
  return now < half ? "Creating" : "PendingCapacity";
}

bool order_id_used(const World& world, const std::string& order_id) {
  return std::any_of(world.reservations.begin(), world.reservations.end(),
                     [&](const auto& entry) { return entry.second.order_id == order_id; });
}

Result<Done> check_quote(const World& world, const std::string& order_id,
                         const std::string& customer_id, const std::string& fingerprint) {
  if (order_id_used(world, order_id)) {
    return Error{ErrorCode::ArmReservationOrderIdAlreadyExists, {order_id}, {}};
  }
  const Quote* found = world.quotes.find(order_id);
  if (found == nullptr || found->customer_id != customer_id || found->fingerprint != fingerprint) {
    return ErrorCode::ArmSessionTimedOut;
  }
  return Done{};
}

}  // namespace pcsim
