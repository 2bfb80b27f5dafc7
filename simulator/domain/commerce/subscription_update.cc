#include "domain/commerce/subscription_update.h"

#include <algorithm>
#include <utility>

#include "domain/calendar.h"
#include "domain/rules.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

bool usage_left(const PurchaseScene& scene, const Subscription& row) {
  const auto& azure = scene.world.azure_subscriptions;
  const bool subscriptions = std::any_of(azure.begin(), azure.end(), [&](const auto& entry) {
    return plan_of(entry.second, scene.env.now) == row.id &&
           azure_active(entry.second, scene.env.now, scene.env.delay);
  });
  const auto& all = scene.world.reservations;
  return subscriptions || std::any_of(all.begin(), all.end(), [&](const auto& entry) {
           const Reservation& one = entry.second;
           const auto* billed = azure.find(one.billing_subscription_id);
           return !one.cancelled && !one.elsewhere && billed != nullptr &&
                  plan_of(*billed, scene.env.now) == row.id &&
                  add_months(one.created, months_of_term(one.term)) > scene.env.now;
         });
}

bool parent_active(const PurchaseScene& scene, const Subscription& row) {
  if (row.parent_id.empty()) {
    return true;
  }
  const Subscription* parent = scene.world.subscriptions.find(row.parent_id);
  return parent != nullptr && as_of(*parent, scene.env.now).status == SubscriptionStatus::Active;
}

// A custom end is that of another running subscription or of a calendar month.
bool shares_end(const PurchaseScene& scene, const Subscription& row,
                const SubscriptionChange& wanted) {
  if (!wanted.scheduled || !wanted.scheduled->custom_term_end) {
    return true;
  }
  const Instant end = day_of(*wanted.scheduled->custom_term_end);
  if (end + kDay == month_end(end)) {
    return true;
  }
  const auto& all = scene.world.subscriptions;
  return std::any_of(all.begin(), all.end(), [&](const auto& entry) {
    const Subscription other = as_of(entry.second, scene.env.now);
    return other.customer_id == row.customer_id && other.id != row.id && !other.trial &&
           other.status == SubscriptionStatus::Active &&
           kind_of(other, scene.catalogue) == SubscriptionKind::Seats &&
           day_of(term_end(other)) == end;
  });
}

std::string yes_no(bool value) { return value ? "yes" : "no"; }

void describe(const UpdateFacts& facts, Trace* trace) {
  if (trace == nullptr) {
    return;
  }
  trace->value("subscription", facts.row.id);
  trace->value("status", std::string{status_word(facts.row.status)});
  trace->value("wanted status", facts.wanted.status);
  trace->value("quantity", std::to_string(facts.row.quantity));
  if (facts.wanted.quantity) {
    trace->value("wanted quantity", std::to_string(*facts.wanted.quantity));
  }
  trace->value("Azure usage left", yes_no(facts.in_use));
  trace->value("sandbox", yes_no(facts.sandbox));
}

Error refusal(const UpdateRule& rule, const UpdateFacts& facts) {
  Error error{rule.error, {}, {}};
  if (rule.arguments != nullptr) {
    error.arguments = rule.arguments(facts);
  }
  return error;
}

void set_status(Subscription& row, const std::string& word, Instant now) {
  if (word == "suspended" && !row.suspended) {
    row.suspended = now;
    row.status = SubscriptionStatus::Suspended;
  } else if (word == "active") {
    row.suspended.reset();
    row.status = SubscriptionStatus::Active;
  } else if (word == "deleted") {
    row.status = SubscriptionStatus::Deleted;
  }
}

// Seats without their base are of no use: what happens to it happens to them.
void follow_parent(World& world, const std::string& parent, const std::string& word, Instant now) {
  if (word != "suspended" && word != "deleted") {
    return;
  }
  std::vector<std::string> addons;
  for (const auto& [id, one] : world.subscriptions) {
    if (one.parent_id == parent) {
      addons.push_back(id);
    }
  }
  for (const std::string& id : addons) {
    Subscription& addon = *world.subscriptions.edit(id);
    set_status(addon, word, now);
    ++addon.version;
  }
}

void set_renewal(Subscription& row, const SubscriptionChange& wanted, const PurchaseScene& scene) {
  const bool resets = kind_of(row, scene.catalogue) == SubscriptionKind::Seats &&
                      scene.env.switches.is({Switch::UnsentRenewal, "reset"});
  const bool on = wanted.auto_renew ? *wanted.auto_renew : !row.renewal_off && !resets;
  if (on) {
    row.renewal_off.reset();
  } else if (!row.renewal_off) {
    row.renewal_off = scene.env.now;
  }
  if (wanted.scheduled || resets) {
    row.scheduled = wanted.scheduled;
  }
  if (wanted.next_charge_cycle || resets) {
    row.next_charge_cycle = wanted.next_charge_cycle.value_or("");
  }
}

}  // namespace

Result<Done> check_update(const PurchaseScene& scene, const Subscription& row,
                          const SubscriptionChange& wanted) {
  const CatalogueItem item = scene.catalogue.item(row.offer_id);
  const UpdateFacts facts{
      .row = row,
      .wanted = wanted,
      .kind = kind_of(row, scene.catalogue),
      .item = item,
      .offer = offer_state(scene.world, row.offer_id, scene.customer.market),
      .scheduled_item =
          wanted.scheduled ? scene.catalogue.item(wanted.scheduled->offer_id) : CatalogueItem{},
      .seller = scene.partner == nullptr ? PartnerKind::Direct : scene.partner->kind,
      .on_record = named_partner(scene.world, scene.partner, wanted.partner_id.value_or("")),
      .sandbox = scene.partner != nullptr && scene.partner->sandbox,
      .parent_active = parent_active(scene, row),
      .in_use = usage_left(scene, row),
      .shares_end = shares_end(scene, row, wanted),
      .now = scene.env.now};
  describe(facts, scene.env.trace);
  for (const auto& rules : {update_state_rules(), update_member_rules()}) {
    if (const UpdateRule* rule = first_broken(rules, facts, scene.env.trace)) {
      return refusal(*rule, facts);
    }
  }
  return Done{};
}

Subscription& apply_update(World& world, const PurchaseScene& scene, Subscription row,
                           const SubscriptionChange& wanted) {
  const Instant now = scene.env.now;
  if (wanted.friendly_name) {
    row.friendly_name = *wanted.friendly_name;
  }
  if (wanted.quantity && *wanted.quantity != row.quantity) {
    if (*wanted.quantity > row.quantity) {
      row.quantity_changed = now;
    }
    row.quantity = *wanted.quantity;
  }
  if (wanted.partner_id) {
    row.partner_id = *wanted.partner_id;
  }
  if (wanted.billing_cycle) {
    row.billing_cycle = *wanted.billing_cycle;
  }
  if (wanted.term_duration && *wanted.term_duration != row.term_duration) {
    row.term_duration = *wanted.term_duration;
    row.term_started = now;
  }
  set_renewal(row, wanted, scene);
  const bool other_status = !wanted.status.empty() && wanted.status != status_word(row.status);
  if (other_status) {
    set_status(row, wanted.status, now);
  }
  ++row.version;
  ++row.updates;
  if (scene.env.switches.is({Switch::SubscriptionUpdate, "accepted"})) {
    row.changing_until = now + scene.env.delay;
  }
  if (other_status) {
    follow_parent(world, row.id, wanted.status, now);
  }
  const std::string id = row.id;
  return world.subscriptions.put(id, std::move(row));
}

}  // namespace pcsim
