#include "domain/reservations/changes.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <set>
#include <string_view>
#include <utility>

#include "domain/reservations/scopes.h"
#include "domain/reservations/state.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

/// A reservation as it is and as a change wants it.
struct ChangeFacts {
  const ReservationChange& change;
  const Reservation& before;
  const Reservation& after;
  std::string state;
};

struct ChangeRule {
  std::string_view name;
  bool (*broken)(const ChangeFacts&);
  ErrorCode error;
};

bool same_scope(const Reservation& left, const Reservation& right) {
  return left.scope_type == right.scope_type && left.applied_scopes == right.applied_scopes &&
         management_group_name(left.management_group) ==
             management_group_name(right.management_group);
}

bool same_rest(const Reservation& left, const Reservation& right) {
  return left.display_name == right.display_name &&
         left.instance_flexibility == right.instance_flexibility && left.renew == right.renew &&
         left.renewal == right.renewal && left.review == right.review;
}

constexpr std::array kChangeRules{
    ChangeRule{"changed-reservation-lives",
               [](const ChangeFacts& f) { return f.state != "Succeeded"; },
               ErrorCode::ArmOperationNotAllowedInState},
    ChangeRule{"changed-scope-differs",
               [](const ChangeFacts& f) {
                 return f.change.rescopes() && same_scope(f.before, f.after) &&
                        same_rest(f.before, f.after);
               },
               ErrorCode::ArmAppliedScopesSameAsExisting},
    ChangeRule{"changed-value-differs",
               [](const ChangeFacts& f) {
                 return same_scope(f.before, f.after) && same_rest(f.before, f.after);
               },
               ErrorCode::ArmPatchValuesSameAsExisting},
    ChangeRule{"renewal-billed-alike",
               [](const ChangeFacts& f) {
                 return f.change.renewal &&
                        !equal_ignoring_case(f.change.renewal->billing_subscription_id,
                                             f.before.billing_subscription_id);
               },
               ErrorCode::ArmBillingScopeIdCannotBeChanged},
};

Reservation changed(Reservation row, const ReservationChange& change) {
  row.display_name = change.name.value_or(row.display_name);
  row.instance_flexibility = change.instance_flexibility.value_or(row.instance_flexibility);
  row.review = change.review ? change.review : row.review;
  if (change.renew || change.renewal) {
    row.renew = change.renew.value_or(row.renew);
    row.renewal = row.renew && change.renewal ? change.renewal_text
                  : row.renew                 ? row.renewal
                                              : std::string{};
  }
  if (change.rescopes()) {
    row.scope_type = change.scope_type.value_or(row.scope_type);
    row.applied_scopes = row.scope_type == "Single" && change.applied_scopes
                             ? *change.applied_scopes
                             : std::vector<std::string>{};
    row.management_group = row.scope_type == "ManagementGroup"
                               ? change.management_group.value_or(row.management_group)
                               : std::string{};
  }
  return row;
}

/// Whether what a change leaves could be bought like that.
Result<Done> check_scope(const World& world, const Env& env, const Reservation& after) {
  const PurchaseRequest request = same_again(after);
  PCSIM_TRY(valid, validate_purchase(request, env.trace));
  static_cast<void>(valid);
  const Customer* customer = world.customers.find(lower(after.customer_id));
  if (customer == nullptr) {
    return Error{ErrorCode::ArmAppliedScopesNotAssociated, {after.customer_id}, {}};
  }
  return check_applied_scopes(world, *customer, request);
}

Error bad_request(std::string text) {
  return Error{ErrorCode::ArmBadRequest, {std::move(text)}, {}};
}

/// Parts of a split and the whole of a merge are bought like what they come from.
Reservation descendant(Env& env, const Reservation& source, std::int64_t quantity) {
  Reservation out = source;
  out.reservation_id = env.ids.guid();
  out.artifact_group = env.ids.hex(32);
  out.artifact_line = env.ids.guid();
  out.quantity = quantity;
  out.etag = 1;
  out.updated = env.now;
  out.revisions.clear();
  out.split_source.clear();
  out.split_destinations.clear();
  out.merge_sources.clear();
  // A split or a merge drops the renewal.
  out.renew = false;
  out.renewal.clear();
  revise(out, env.now, "Purchase");
  out.revisions.back().at = env.now;
  return out;
}

void end_by(World& world, const Env& env, const std::string& id, ReservationEnd end) {
  Reservation& row = *world.reservations.edit(id);
  row.end = end;
  row.cancelled = true;
  row.ended = env.now + env.delay;
  row.renew = false;
  revise(row, env.now, std::string{end_word(end)});
}

struct MergeFacts {
  std::vector<const Reservation*> sources{};
  bool twice = false;
};

struct MergeRule {
  std::string_view name;
  bool (*broken)(const MergeFacts&);
  std::string_view text;
};

bool alike(const Reservation& left, const Reservation& right) {
  return equal_ignoring_case(left.sku_name, right.sku_name) &&
         equal_ignoring_case(left.location, right.location) && left.term == right.term &&
         left.resource_type == right.resource_type;
}

bool all_like_first(const MergeFacts& facts, bool (*like)(const Reservation&, const Reservation&)) {
  return std::all_of(facts.sources.begin(), facts.sources.end(),
                     [&](const Reservation* row) { return like(*facts.sources.front(), *row); });
}

constexpr std::array kMergeRules{
    MergeRule{"merge-of-several",
              [](const MergeFacts& f) { return f.sources.size() < 2 || f.twice; },
              "at least two different reservations are needed for a merge"},
    MergeRule{"merge-of-one-product", [](const MergeFacts& f) { return !all_like_first(f, alike); },
              "reservations of different products cannot be merged"},
    MergeRule{"merge-of-one-scope",
              [](const MergeFacts& f) { return !all_like_first(f, same_scope); },
              "reservations of different scopes cannot be merged"},
};

struct SplitFacts {
  const Reservation& source;
  const std::vector<std::int64_t>& quantities;
};

struct SplitRule {
  std::string_view name;
  bool (*broken)(const SplitFacts&);
  std::string_view text;
};

constexpr std::array kSplitRules{
    SplitRule{"split-into-several",
              [](const SplitFacts& f) {
                return f.quantities.size() < 2 ||
                       std::any_of(f.quantities.begin(), f.quantities.end(),
                                   [](std::int64_t quantity) { return quantity < 1; });
              },
              "a split needs at least two positive quantities"},
    SplitRule{"split-keeps-quantity",
              [](const SplitFacts& f) {
                return std::accumulate(f.quantities.begin(), f.quantities.end(), std::int64_t{0}) !=
                       f.source.quantity;
              },
              "the quantities must add up to the quantity of the reservation"},
};

Result<Done> check_living(const Reservation& row, Instant now) {
  const std::string state = provisioning_state(row, now);
  if (state != "Succeeded") {
    return Error{ErrorCode::ArmOperationNotAllowedInState, {state}, {}};
  }
  return Done{};
}

}  // namespace

void list_change_rules(std::vector<RuleRow>& out) {
  list_rules("Changed reservation", kChangeRules, out);
  list_rules("Split reservation", kSplitRules, out);
  list_rules("Merged reservations", kMergeRules, out);
}

Result<Reservation> change_reservation(World& world, const Env& env, const Shop& shop,
                                       const std::string& reservation_id,
                                       const ReservationChange& change) {
  const Reservation& before = *world.reservations.find(reservation_id);
  Reservation after = changed(before, change);
  if (change.rescopes()) {
    PCSIM_TRY(allowed, check_scope(world, env, after));
    static_cast<void>(allowed);
  }
  const ChangeFacts facts{change, before, after, provisioning_state(before, env.now)};
  if (const ChangeRule* rule = first_broken(kChangeRules, facts, env.trace)) {
    return Error{rule->error, {facts.state}, {}};
  }
  if (change.renewal) {
    PCSIM_TRY(valid, validate_purchase(*change.renewal, env.trace));
    static_cast<void>(valid);
    PCSIM_TRY(listed, listed_price(shop, *change.renewal));
    static_cast<void>(listed);
  }
  revise(after, env.now, change.rescopes() ? "Scope" : "Update");
  return world.reservations.put(reservation_id, std::move(after));
}

Result<std::vector<Reservation>> split_reservation(World& world, Env& env,
                                                   const std::string& reservation_id,
                                                   const std::vector<std::int64_t>& quantities) {
  const Reservation source = *world.reservations.find(reservation_id);
  PCSIM_TRY(living, check_living(source, env.now));
  static_cast<void>(living);
  if (const SplitRule* rule =
          first_broken(kSplitRules, SplitFacts{source, quantities}, env.trace)) {
    return bad_request(std::string{rule->text});
  }
  std::vector<Reservation> parts;
  for (const std::int64_t quantity : quantities) {
    Reservation part = descendant(env, source, quantity);
    part.split_source = reservation_id;
    world.reservations.put(part.reservation_id, part);
    parts.push_back(std::move(part));
  }
  end_by(world, env, reservation_id, ReservationEnd::Split);
  for (const Reservation& part : parts) {
    world.reservations.edit(reservation_id)->split_destinations.push_back(part.reservation_id);
  }
  return parts;
}

Result<Reservation> merge_reservations(World& world, Env& env,
                                       const std::vector<std::string>& reservation_ids) {
  MergeFacts facts;
  std::set<std::string> seen;
  std::int64_t quantity = 0;
  for (const std::string& id : reservation_ids) {
    const Reservation* row = world.reservations.find(id);
    PCSIM_TRY(living, check_living(*row, env.now));
    static_cast<void>(living);
    facts.twice = !seen.insert(id).second || facts.twice;
    facts.sources.push_back(row);
    quantity += row->quantity;
  }
  if (const MergeRule* rule = first_broken(kMergeRules, facts, env.trace)) {
    return bad_request(std::string{rule->text});
  }
  Reservation whole = descendant(env, *facts.sources.front(), quantity);
  whole.merge_sources = reservation_ids;
  for (const std::string& id : reservation_ids) {
    end_by(world, env, id, ReservationEnd::Merged);
    world.reservations.edit(id)->merge_destination = whole.reservation_id;
  }
  return world.reservations.put(whole.reservation_id, whole);
}

Result<Done> archive_reservation(World& world, const Env& env, const std::string& reservation_id,
                                 bool archived) {
  const Reservation& row = *world.reservations.find(reservation_id);
  const std::string state = provisioning_state(row, env.now);
  const bool over = state == "Cancelled" || state == "Expired";
  if (archived ? !over : !row.archived) {
    return Error{ErrorCode::ArmOperationNotAllowedInState, {state}, {}};
  }
  world.reservations.edit(reservation_id)->archived = archived;
  return Done{};
}

std::vector<std::string> due_renewals(const World& world, Instant now) {
  std::vector<std::string> out;
  for (const auto& [id, row] : world.reservations) {
    if (row.renew && row.renew_destination.empty() && !row.cancelled && expiry_of(row) <= now) {
      out.push_back(id);
    }
  }
  return out;
}

void renew_reservation(World& world, Env& env, const Shop& shop, const std::string& reservation_id,
                       const PurchaseRequest& request) {
  const Reservation before = *world.reservations.find(reservation_id);
  const Customer* customer = world.customers.find(lower(before.customer_id));
  Env then{expiry_of(before), env.ids, 0, env.switches, nullptr, env.locale};
  // What can no longer be bought is not renewed.
  if (customer == nullptr || !listed_price(shop, request) ||
      !check_booking(world, then, shop, *customer, request)) {
    world.reservations.edit(reservation_id)->renew = false;
    return;
  }
  const Reservation bought =
      book_reservation(world, then, shop, *customer, request, env.ids.guid());
  Reservation& after = *world.reservations.edit(bought.reservation_id);
  after.renew = true;
  after.renewal = before.renewal;
  after.renew_source = reservation_id;
  world.reservations.edit(reservation_id)->renew_destination = bought.reservation_id;
}

}  // namespace pcsim
