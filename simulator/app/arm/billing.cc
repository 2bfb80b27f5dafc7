#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>
#include <utility>

#include "app/arm/billing_call.h"
#include "app/audit.h"
#include "app/handlers.h"
#include "codec/arm/billing_codec.h"
#include "codec/arm/odata.h"
#include "codec/arm/subscription_codec.h"
#include "codec/reference_data.h"
#include "domain/commerce/azure_creation.h"
#include "domain/commerce/azure_state.h"
#include "domain/commerce/lifecycle.h"
#include "domain/commerce/line_prices.h"
#include "domain/reservations/state.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using nlohmann::ordered_json;

constexpr const char* kReadAccount = "Microsoft.Billing/billingAccounts/read";
constexpr const char* kReadCustomers = "Microsoft.Billing/billingAccounts/customers/read";
constexpr const char* kReadReservations = "Microsoft.Billing/billingAccounts/reservations/read";
constexpr const char* kReadPolicy = "Microsoft.Billing/billingAccounts/customers/policies/read";
constexpr const char* kWritePolicy = "Microsoft.Billing/billingAccounts/customers/policies/write";

bool by_profile(const Call& call) { return call.path.contains("billingProfile"); }

/// Whether `$expand` names `word` among what it lists.
bool expands(const Call& call, const char* word) {
  const std::string expand = query_value(call, "$expand") + "," + query_value(call, "expand");
  const auto names = split(expand, ',');
  return std::any_of(names.begin(), names.end(),
                     [&](std::string_view name) { return equal_ignoring_case(name, word); });
}

std::string currency_of(const Call& call, const Partner& partner) {
  const Market* market = call.reference.markets.find(partner.country);
  return market == nullptr ? "USD" : market->currency;
}

ordered_json shown_account(const Call& call, const Partner& partner) {
  return billing_account_json(partner, currency_of(call, partner),
                              expands(call, "billingProfiles"));
}

const Subscription* plan_of_customer(const Call& call, const Customer& customer) {
  for (const auto& [id, row] : call.world.subscriptions) {
    if (row.customer_id == customer.id && row.azure_plan && row.visible_from <= call.env.now &&
        as_of(row, call.env.now).status == SubscriptionStatus::Active) {
      return &row;
    }
  }
  return nullptr;
}

ordered_json shown_customer(const Call& call, const Partner& partner, const Customer& customer) {
  BillingCustomerView view{&partner,
                           &customer,
                           by_profile(call),
                           expands(call, "enabledAzurePlans"),
                           expands(call, "resellers"),
                           plan_of_customer(call, customer)};
  for (const auto& [id, one] : call.world.partners) {
    if (!customer.reseller_key.empty() && equal_ignoring_case(one.domain, customer.reseller_key)) {
      view.reselling.push_back(&one);
    }
  }
  return billing_customer_json(view);
}

Result<Reply> customers(const Call& call) {
  PCSIM_TRY(partner, allowed_account(call, kReadCustomers));
  ordered_json values = ordered_json::array();
  for (const auto& [id, customer] : call.world.customers) {
    if (equal_ignoring_case(customer.partner_key, partner->domain)) {
      values.push_back(shown_customer(call, *partner, customer));
    }
  }
  ordered_json out;
  out["totalCount"] = values.size();
  out["value"] = std::move(values);
  return Reply{0, out.dump(), {}};
}

/// The partner and its customer in the path of a policy.
Result<std::pair<const Partner*, const Customer*>> policy_of(const Call& call, const char* action) {
  PCSIM_TRY(partner, allowed_account(call, action));
  PCSIM_TRY(customer, billed_customer(call, *partner, call.path.at("customer")));
  if (!equal_ignoring_case(call.path.at("policy"), "default")) {
    return resource_not_found("Microsoft.Billing/policies/" + call.path.at("policy"));
  }
  return std::pair{partner, customer};
}

/// Since then a change of a policy is followed until it has its effect.
bool follows_changes(const Call& call) { return since_version(call, "2022-10-01"); }

std::string shown_policy(const Call& call, const Partner& partner, const Customer& customer) {
  return customer_policy_json(
             {&partner, &customer, by_profile(call), follows_changes(call), call.env.now})
      .dump();
}

Result<Reply> get_policy(const Call& call) {
  PCSIM_TRY(found, policy_of(call, kReadPolicy));
  return Reply{0, shown_policy(call, *found.first, *found.second), {}};
}

Result<Reply> put_policy(const Call& call) {
  PCSIM_TRY(found, policy_of(call, kWritePolicy));
  const auto& [partner, customer] = found;
  const std::string word =
      member_text(call.body.value("properties", nlohmann::json::object()), "viewcharges");
  constexpr std::array kWords{"Allowed", "NotAllowed"};
  const auto* known = std::find_if(kWords.begin(), kWords.end(),
                                   [&](const char* one) { return equal_ignoring_case(one, word); });
  if (known == kWords.end()) {
    return Error{ErrorCode::ArmInvalidRequestContent, {"properties.viewCharges"}, {}};
  }
  const std::string id = customer->id;
  Customer& changed = *call.world.customers.edit(id);
  changed.view_charges = *known;
  changed.policy_settles = follows_changes(call) ? call.env.now + call.env.delay : call.env.now;
  Reply reply{0, shown_policy(call, *partner, changed), {}};
  if (follows_changes(call)) {
    const std::string profile =
        by_profile(call) ? "/billingProfiles/" + billing_profile_name(*partner) : std::string{};
    reply.headers.add("Location", address_of(call, account_path(*partner) + profile +
                                                       "/customers/" + id + "/policies/default"));
    reply.headers.add("Retry-After", retry_after(call.env.delay));
  }
  return reply;
}

/// Whether a reservation meets a filter's conditions.
Result<bool> meets(const std::string& filter, const Reservation& row, Instant now) {
  for (const std::string& text : filter_conditions(filter)) {
    const Condition condition = parse_condition(text);
    const std::string state = provisioning_state(row, now);
    const std::array<std::pair<std::string_view, const std::string*>, 6> fields{{
        {"properties/reservedresourcetype", &row.resource_type},
        {"properties/term", &row.term},
        {"properties/displayname", &row.display_name},
        {"properties/appliedscopetype", &row.scope_type},
        {"properties/provisioningstate", &state},
        {"properties/displayprovisioningstate", &state},
    }};
    const auto* field = std::find_if(fields.begin(), fields.end(),
                                     [&](const auto& one) { return one.first == condition.field; });
    if (field == fields.end() || (condition.op != "eq" && condition.op != "ne")) {
      return Error{ErrorCode::ArmInvalidFilter, {filter}, {}};
    }
    if (equal_ignoring_case(*field->second, condition.value) != (condition.op == "eq")) {
      return false;
    }
  }
  return true;
}

std::size_t number(const std::string& text, std::size_t otherwise) {
  std::size_t out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc{} && end == text.data() + text.size() ? out : otherwise;
}

/// How many reservations are in each state.
ordered_json summary(const std::vector<const Reservation*>& rows, Instant now) {
  double succeeded = 0;
  double cancelled = 0;
  double pending = 0;
  for (const Reservation* row : rows) {
    const std::string state = provisioning_state(*row, now);
    (state == "Succeeded" ? succeeded : state == "Cancelled" ? cancelled : pending) += 1;
  }
  return ordered_json{{"succeededCount", succeeded}, {"failedCount", 0.0},
                      {"expiringCount", 0.0},        {"expiredCount", 0.0},
                      {"pendingCount", pending},     {"cancelledCount", cancelled},
                      {"processingCount", 0.0}};
}

Result<Reply> reservations(const Call& call) {
  PCSIM_TRY(partner, allowed_account(call, kReadReservations));
  const std::string filter = query_value(call, "$filter") + query_value(call, "filter");
  const std::string wanted = query_value(call, "selectedstate");
  std::vector<const Reservation*> all;
  std::vector<const Reservation*> rows;
  PCSIM_TRY(readable, meets(filter, Reservation{}, call.env.now));
  static_cast<void>(readable);
  for (const auto& [id, row] : call.world.reservations) {
    const Customer* customer = call.world.customers.find(lower(row.customer_id));
    if (customer == nullptr || !equal_ignoring_case(customer->partner_key, partner->domain)) {
      continue;
    }
    all.push_back(&row);
    PCSIM_TRY(fits, meets(filter, row, call.env.now));
    if (fits &&
        (wanted.empty() || equal_ignoring_case(wanted, provisioning_state(row, call.env.now)))) {
      rows.push_back(&row);
    }
  }
  const std::size_t first = std::min(number(query_value(call, "skiptoken"), 0), rows.size());
  const std::size_t take = std::max<std::size_t>(number(query_value(call, "take"), 100), 1);
  const std::size_t last = std::min(rows.size(), first + take);
  ordered_json values = ordered_json::array();
  for (std::size_t at = first; at < last; ++at) {
    values.push_back(billed_reservation_json(*partner, *rows[at], call.env.now));
  }
  ordered_json out;
  out["value"] = std::move(values);
  if (last < rows.size()) {
    out["nextLink"] = address_of(call, account_path(*partner) + "/reservations") +
                      "&take=" + std::to_string(take) + "&skiptoken=" + std::to_string(last);
  }
  if (equal_ignoring_case(query_value(call, "refreshsummary"), "true")) {
    out["summary"] = summary(all, call.env.now);
  }
  return Reply{0, out.dump(), {}};
}

/// The subscription of the path with its customer and the partner that bills for it.
struct Billed {
  const AzureSubscription* azure;
  const Customer* customer;
  const Partner* partner;
};

Result<Billed> billed_subscription(const Call& call, const char* action) {
  PCSIM_TRY(azure, allowed_subscription(call, action));
  const Customer* customer = call.world.customers.find(lower(azure->customer_id));
  const Partner* partner = customer == nullptr ? nullptr : billing_partner(call.world, *customer);
  if (partner == nullptr) {
    return Error{ErrorCode::ArmSubscriptionNotFound, {azure->id}, {}};
  }
  return Billed{azure, customer, partner};
}

std::string billing_status(AzureState state) {
  return state == AzureState::Deleted    ? "Deleted"
         : state == AzureState::Disabled ? "Disabled"
                                         : "Active";
}

}  // namespace

Result<Reply> handle_ArmListBillingAccounts(const Call& call) {
  ordered_json values = ordered_json::array();
  for (const auto& [id, partner] : call.world.partners) {
    if (bills_for(call, partner)) {
      values.push_back(shown_account(call, partner));
    }
  }
  return Reply{0, value_list(std::move(values)), {}};
}

Result<Reply> handle_ArmGetBillingAccount(const Call& call) {
  PCSIM_TRY(partner, allowed_account(call, kReadAccount));
  return Reply{0, shown_account(call, *partner).dump(), {}};
}

Result<Reply> handle_ArmListBillingCustomers(const Call& call) { return customers(call); }

Result<Reply> handle_ArmListProfileCustomers(const Call& call) { return customers(call); }

Result<Reply> handle_ArmGetBillingCustomer(const Call& call) {
  PCSIM_TRY(partner, allowed_account(call, kReadCustomers));
  PCSIM_TRY(customer, billed_customer(call, *partner, call.path.at("customer")));
  return Reply{0, shown_customer(call, *partner, *customer).dump(), {}};
}

Result<Reply> handle_ArmGetCustomerPolicy(const Call& call) { return get_policy(call); }

Result<Reply> handle_ArmPutCustomerPolicy(const Call& call) { return put_policy(call); }

Result<Reply> handle_ArmGetProfileCustomerPolicy(const Call& call) { return get_policy(call); }

Result<Reply> handle_ArmPutProfileCustomerPolicy(const Call& call) { return put_policy(call); }

Result<Reply> handle_ArmListBillingReservations(const Call& call) { return reservations(call); }

Result<Reply> handle_ArmListProfileReservations(const Call& call) { return reservations(call); }

Result<Reply> handle_ArmGetBillingProperty(const Call& call) {
  PCSIM_TRY(billed, billed_subscription(call, "Microsoft.Billing/billingProperty/read"));
  const Subscription* plan = call.world.subscriptions.find(plan_of(*billed.azure, call.env.now));
  const bool modern = plan != nullptr && plan->azure_plan;
  const bool testing = equal_ignoring_case(billed.azure->workload, "DevTest");
  const AzureState state = azure_state(call.world, *billed.azure, call.env.now, call.env.delay);
  return Reply{0,
               billing_property_json(
                   {billed.partner, billed.customer, billed.azure,
                    modern ? testing ? "0002" : "0001" : "MS-AZR-0145P",
                    modern ? testing ? "Microsoft Azure Plan for DevTest" : "Microsoft Azure Plan"
                           : "Microsoft Azure",
                    billing_status(state), bills_for(call, *billed.partner)})
                   .dump(),
               {}};
}

Result<Reply> handle_ArmGetSubscriptionPolicy(const Call& call) {
  PCSIM_TRY(billed, billed_subscription(call, "Microsoft.Billing/policies/read"));
  return Reply{0,
               subscription_policy_json(*billed.customer, *billed.azure,
                                        self_service_allowed(call.world, *billed.customer))
                   .dump(),
               {}};
}

}  // namespace pcsim
