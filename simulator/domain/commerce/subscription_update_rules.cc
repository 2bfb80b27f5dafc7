#include <algorithm>
#include <array>

#include "domain/calendar.h"
#include "domain/commerce/subscription_update.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using enum ErrorCode;
using Facts = UpdateFacts;
using Texts = std::vector<std::string>;

/// How often one subscription may be changed; the service names no number.
constexpr std::int64_t kMaxUpdates = 1000;
constexpr std::int64_t kSandboxSeats = 25;

bool usage(const Facts& facts) {
  return facts.kind == SubscriptionKind::AzurePlan ||
         facts.kind == SubscriptionKind::MicrosoftAzure;
}
bool seats(const Facts& facts) { return facts.kind == SubscriptionKind::Seats; }
bool legacy(const Facts& facts) { return facts.kind == SubscriptionKind::Legacy; }
bool software(const Facts& facts) { return facts.kind == SubscriptionKind::Software; }
bool marketplace(const Facts& facts) { return facts.kind == SubscriptionKind::Marketplace; }

bool in_status(const Facts& facts, SubscriptionStatus status) { return facts.row.status == status; }
bool wants_status(const Facts& facts) {
  return !facts.wanted.status.empty() && facts.wanted.status != status_word(facts.row.status);
}
bool wants(const Facts& facts, std::string_view status) {
  return wants_status(facts) && facts.wanted.status == status;
}

/// Whether a sent text differs from what the subscription has.
bool differs(const std::optional<std::string>& sent, const std::string& own) {
  return sent && !sent->empty() && !equal_ignoring_case(*sent, own);
}
bool changes_quantity(const Facts& facts) {
  return facts.wanted.quantity && *facts.wanted.quantity != facts.row.quantity;
}
bool adds(const Facts& facts) {
  return changes_quantity(facts) && *facts.wanted.quantity > facts.row.quantity;
}
bool removes(const Facts& facts) {
  return changes_quantity(facts) && *facts.wanted.quantity < facts.row.quantity;
}
bool changes_cycle(const Facts& facts) {
  return differs(facts.wanted.billing_cycle, facts.row.billing_cycle);
}
bool changes_term(const Facts& facts) {
  return differs(facts.wanted.term_duration, facts.row.term_duration);
}
bool changes_members(const Facts& facts) {
  return changes_quantity(facts) || changes_cycle(facts) || changes_term(facts) ||
         differs(facts.wanted.friendly_name, facts.row.friendly_name);
}

bool short_term(const Facts& facts) {
  const int months = months_of_term(facts.row.term_duration);
  return months > 0 && months < 12;
}
bool window_over(const Facts& facts) {
  const auto until = cancellable_until(facts.row, facts.kind);
  return until && facts.now > *until;
}
bool in_days(const Facts& facts) {
  return software(facts) || (marketplace(facts) && !short_term(facts));
}

Texts id_of(const Facts& facts) { return {facts.row.id}; }
Texts offer_of(const Facts& facts) { return {facts.row.offer_id}; }
Texts to_and_from(const Facts& facts) {
  return {facts.wanted.status, std::string{status_word(facts.row.status)}};
}
Texts hours(const Facts& facts) { return {seats(facts) ? "168" : "24"}; }
Texts days(const Facts& facts) { return {software(facts) ? "30" : "14"}; }

// ---- The state of the subscription ----

bool offer_says(const Facts& facts, OfferUpdates updates) {
  return facts.offer != nullptr && facts.offer->updates == updates;
}

bool status_unreachable(const Facts& facts) {
  if (!wants_status(facts)) {
    return false;
  }
  const bool over = in_status(facts, SubscriptionStatus::Expired) ||
                    in_status(facts, SubscriptionStatus::Disabled);
  const bool known = facts.wanted.status == "active" || facts.wanted.status == "suspended" ||
                     facts.wanted.status == "deleted";
  return over || !known || (legacy(facts) && facts.wanted.status == "deleted");
}

bool status_of_kind(const Facts& facts) {
  return wants(facts, "suspended") && (software(facts) || marketplace(facts));
}

constexpr std::string_view kLifecycle = "Partner Center: subscription lifecycle";
constexpr std::string_view kErrors = "Partner Center: error codes";
constexpr std::string_view kQuantity = "Partner Center: change the quantity of a subscription";

constexpr std::array kStateRules{
    UpdateRule{"etag current", EtagNoLongerValid,
               [](const Facts& facts) { return facts.wanted.etag_stale; }, kErrors},
    UpdateRule{"no change under way", SubscriptionOperationPending,
               [](const Facts& facts) {
                 return facts.row.changing_until && facts.now < *facts.row.changing_until;
               },
               kErrors},
    UpdateRule{"subscription ready", SubscriptionNotReadyConflict,
               [](const Facts& facts) {
                 return facts.row.provisioned && facts.now < *facts.row.provisioned;
               },
               kErrors},
    UpdateRule{"subscription not deleted to change it", DeletedSubscriptionNotUpdatable,
               [](const Facts& facts) { return in_status(facts, SubscriptionStatus::Deleted); },
               kErrors, id_of},
    UpdateRule{"offer's subscriptions may be changed", OfferUpdatesNotAllowed,
               [](const Facts& facts) { return offer_says(facts, OfferUpdates::Refused); }, kErrors,
               offer_of},
    UpdateRule{"offer's changes not paused", SubscriptionUpdatesCurrentlyNotAllowed,
               [](const Facts& facts) { return offer_says(facts, OfferUpdates::Paused); }, kErrors},
    UpdateRule{"service activated", SubscriptionNotActivatedForUpdate,
               [](const Facts& facts) { return !facts.row.activated; }, kErrors},
    UpdateRule{"not changed too often", SubscriptionUpdatedTooManyTimes,
               [](const Facts& facts) { return facts.row.updates >= kMaxUpdates; }, kErrors},
    UpdateRule{"status can follow", AssetStatusChangeNotAllowed, status_unreachable, kLifecycle,
               to_and_from},
    UpdateRule{"subscription not expired", SubscriptionExpiring,
               [](const Facts& facts) { return in_status(facts, SubscriptionStatus::Expired); },
               kLifecycle},
    UpdateRule{"subscription not disabled", SubscriptionUpdatesNoLongerAllowed,
               [](const Facts& facts) { return in_status(facts, SubscriptionStatus::Disabled); },
               kLifecycle},
    UpdateRule{"kind can be suspended", SubscriptionStatusNotUpdatable, status_of_kind,
               "Partner Center: cancel an order from the integration sandbox"},
    UpdateRule{"usage is not deleted", NotSupported,
               [](const Facts& facts) { return usage(facts) && wants(facts, "deleted"); }, kErrors},
    UpdateRule{"plan without usage", AzurePlanHasActiveSubscriptions,
               [](const Facts& facts) {
                 return facts.kind == SubscriptionKind::AzurePlan && wants(facts, "suspended") &&
                        facts.in_use;
               },
               "Partner Center: create an Azure plan"},
    UpdateRule{"parent active", ParentSubscriptionNotActive,
               [](const Facts& facts) { return wants(facts, "active") && !facts.parent_active; },
               kErrors},
    UpdateRule{
        "quantity not changed while suspended", QuantityChangeWhileSuspended,
        [](const Facts& facts) {
          return legacy(facts) && changes_quantity(facts) &&
                 (wants(facts, "suspended") ||
                  (in_status(facts, SubscriptionStatus::Suspended) && !wants(facts, "active")));
        },
        kErrors},
    UpdateRule{"suspended subscription untouched", SuspendedSubscriptionNotUpdatable,
               [](const Facts& facts) {
                 return !legacy(facts) && in_status(facts, SubscriptionStatus::Suspended) &&
                        !wants(facts, "active") && changes_members(facts);
               },
               kErrors},
    UpdateRule{"cancelled within hours", CancellationWindowHoursPassed,
               [](const Facts& facts) {
                 return wants(facts, "deleted") && !in_days(facts) && window_over(facts);
               },
               kLifecycle, hours},
    UpdateRule{"cancelled within days", CancellationWindowDaysPassed,
               [](const Facts& facts) {
                 return wants(facts, "deleted") && in_days(facts) && window_over(facts);
               },
               "Partner Center: cancel software purchases", days},
};

// ---- Its members ----

bool out_of_range(const Facts& facts) {
  return changes_quantity(facts) && facts.item.sku != nullptr &&
         (*facts.wanted.quantity < facts.item.sku->minimum_quantity ||
          *facts.wanted.quantity > facts.item.sku->maximum_quantity);
}

bool reduction_late(const Facts& facts) {
  const Instant from = std::max(term_start(facts.row), facts.row.quantity_changed.value_or(0));
  return removes(facts) && facts.now > from + (seats(facts) ? 7 : 14) * kDay;
}

bool changes_record(const Facts& facts) {
  return facts.wanted.partner_id && *facts.wanted.partner_id != facts.row.partner_id;
}

bool cycle_sold(const Facts& facts) {
  const auto& cycles = facts.item.sku->billing_cycles;
  return std::find(cycles.begin(), cycles.end(), *facts.wanted.billing_cycle) != cycles.end();
}

int wanted_months(const Facts& facts) {
  const std::string& wanted = facts.wanted.term_duration.value_or("");
  return months_of_term(wanted.empty() ? facts.row.term_duration : wanted);
}

bool cycle_longer_than_term(const Facts& facts) {
  return seats(facts) && facts.wanted.billing_cycle && *facts.wanted.billing_cycle == "annual" &&
         wanted_months(facts) < 12 && (changes_cycle(facts) || changes_term(facts));
}

bool term_sold(const Facts& facts) {
  const auto terms = terms_of(*facts.item.sku);
  return std::find(terms.begin(), terms.end(), *facts.wanted.term_duration) != terms.end();
}

bool schedules(const Facts& facts) { return facts.wanted.scheduled.has_value(); }
bool custom_end(const Facts& facts) {
  return schedules(facts) && facts.wanted.scheduled->custom_term_end.has_value();
}

bool custom_end_outside(const Facts& facts) {
  if (!custom_end(facts)) {
    return false;
  }
  const ScheduledChange& change = *facts.wanted.scheduled;
  const Instant start = term_end(facts.row);
  return *change.custom_term_end <= start ||
         *change.custom_term_end > add_months(start, months_of_term(change.term_duration));
}

bool scheduled_quantity_out(const Facts& facts) {
  const Sku* sku = facts.scheduled_item.sku;
  return schedules(facts) && (facts.wanted.scheduled->quantity < sku->minimum_quantity ||
                              facts.wanted.scheduled->quantity > sku->maximum_quantity);
}

bool scheduled_term_unsold(const Facts& facts) {
  if (!schedules(facts)) {
    return false;
  }
  const auto terms = terms_of(*facts.scheduled_item.sku);
  return std::find(terms.begin(), terms.end(), facts.wanted.scheduled->term_duration) ==
         terms.end();
}

constexpr std::string_view kSchedule = "Partner Center: create scheduled changes";
constexpr std::string_view kBilling = "Partner Center: change the billing cycle";

constexpr std::array kMemberRules{
    UpdateRule{"usage has no seats", SeatQuantityNotUpdatable,
               [](const Facts& facts) { return usage(facts) && changes_quantity(facts); },
               kQuantity},
    UpdateRule{"software keeps its quantity", CatalogItemQuantityChangeNotEligible,
               [](const Facts& facts) { return software(facts) && changes_quantity(facts); },
               kErrors},
    UpdateRule{"no seats added under Software Assurance", SoftwareAssuranceSeatIncreaseNotAllowed,
               [](const Facts& facts) { return facts.row.software_assurance && adds(facts); },
               kErrors},
    UpdateRule{"sandbox's seats", MaxSeatsPerSubscriptionExceeded,
               [](const Facts& facts) {
                 return facts.sandbox && adds(facts) && *facts.wanted.quantity > kSandboxSeats;
               },
               "Partner Center: test and debug"},
    UpdateRule{"quantity allowed", SubscriptionQuantityOutOfRange, out_of_range, kQuantity},
    UpdateRule{"offer on sale to add seats", InitialTermNoLongerAvailable,
               [](const Facts& facts) {
                 return adds(facts) && facts.offer != nullptr && facts.offer->withdrawn;
               },
               kErrors},
    UpdateRule{"monthly service keeps its seats", SubscriptionQuantityDecreaseNotAllowed,
               [](const Facts& facts) {
                 return marketplace(facts) && short_term(facts) && removes(facts);
               },
               kErrors},
    UpdateRule{"seats given back within hours", SeatReductionWindowHoursPassed,
               [](const Facts& facts) { return seats(facts) && reduction_late(facts); }, kQuantity,
               hours},
    UpdateRule{"seats given back within days", SeatReductionWindowDaysPassed,
               [](const Facts& facts) { return marketplace(facts) && reduction_late(facts); },
               kQuantity, days},
    UpdateRule{"partner on record can be changed", PartnerOnRecordNotUpdatable,
               [](const Facts& facts) {
                 return changes_record(facts) &&
                        (facts.seller != PartnerKind::IndirectProvider || software(facts));
               },
               "Partner Center: update a subscription"},
    UpdateRule{"partner on record is known", MpnIdNotFound,
               [](const Facts& facts) {
                 return changes_record(facts) && facts.on_record == NamedPartner::Unknown;
               },
               kErrors},
    UpdateRule{"partner on record resells", MpnIdNotReseller,
               [](const Facts& facts) {
                 return changes_record(facts) && (facts.on_record == NamedPartner::NoReseller ||
                                                  facts.on_record == NamedPartner::Oneself);
               },
               kErrors},
    UpdateRule{"kind renews itself", AutoRenewNotEligible,
               [](const Facts& facts) {
                 return facts.wanted.auto_renew && *facts.wanted.auto_renew &&
                        (facts.kind == SubscriptionKind::AzurePlan || software(facts) ||
                         facts.row.trial);
               },
               "Partner Center: update autorenew"},
    UpdateRule{"legacy cycle by its order", BillingCycleRequiresOrderUpdate,
               [](const Facts& facts) { return legacy(facts) && changes_cycle(facts); }, kBilling},
    UpdateRule{
        "cycle can be changed", BillingCycleNotUpdatable,
        [](const Facts& facts) { return !legacy(facts) && !seats(facts) && changes_cycle(facts); },
        kErrors},
    UpdateRule{"cycle not longer than the term", BillingCycleLongerThanTerm, cycle_longer_than_term,
               kErrors},
    UpdateRule{"cycle of the offer", BillingCycleInvalid,
               [](const Facts& facts) {
                 return seats(facts) && changes_cycle(facts) && facts.item.sku != nullptr &&
                        !cycle_sold(facts);
               },
               kErrors},
    UpdateRule{"trial keeps its term", TrialTermChangeNotSupported,
               [](const Facts& facts) { return facts.row.trial && changes_term(facts); }, kErrors},
    UpdateRule{"kind has another term", NotSupported,
               [](const Facts& facts) { return !seats(facts) && changes_term(facts); }, kErrors},
    UpdateRule{"term of the offer", TermDurationInvalid,
               [](const Facts& facts) {
                 return changes_term(facts) && facts.item.sku != nullptr && !term_sold(facts);
               },
               kErrors},
    UpdateRule{"term not shorter", TargetTermDurationTooShort,
               [](const Facts& facts) {
                 return changes_term(facts) &&
                        wanted_months(facts) < months_of_term(facts.row.term_duration);
               },
               kErrors},
    UpdateRule{"custom end of seats", CustomTermEndDateProductNotValid,
               [](const Facts& facts) { return custom_end(facts) && !seats(facts); }, kSchedule},
    UpdateRule{"schedule of seats", NotSupported,
               [](const Facts& facts) { return schedules(facts) && !seats(facts); }, kSchedule},
    UpdateRule{
        "next charge of software", NotSupported,
        [](const Facts& facts) { return facts.wanted.next_charge_cycle && !software(facts); },
        "Partner Center: manage the billing frequency of software subscriptions"},
    UpdateRule{"scheduled offer exists", InvalidOfferId,
               [](const Facts& facts) {
                 return schedules(facts) && facts.scheduled_item.availability == nullptr;
               },
               kSchedule},
    UpdateRule{"scheduled quantity allowed", SubscriptionQuantityOutOfRange, scheduled_quantity_out,
               kSchedule},
    UpdateRule{"scheduled term of the offer", TermDurationInvalid, scheduled_term_unsold,
               kSchedule},
    UpdateRule{"custom end within the first term", CustomTermEndDateOutsideFirstTerm,
               custom_end_outside, kSchedule},
    UpdateRule{"custom end shared", CustomTermEndDateMismatch,
               [](const Facts& facts) { return custom_end(facts) && !facts.shares_end; },
               kSchedule},
};

}  // namespace

std::span<const UpdateRule> update_state_rules() { return kStateRules; }
std::span<const UpdateRule> update_member_rules() { return kMemberRules; }

}  // namespace pcsim
