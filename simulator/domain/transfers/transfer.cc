#include "domain/transfers/transfer.h"

#include <algorithm>
#include <utility>

#include "domain/commerce/lifecycle.h"
#include "domain/customers/relationships.h"
#include "domain/rules.h"
#include "domain/transfers/intake.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

/// Closed transfers that are remembered of a customer.
constexpr std::size_t kRemembered = 100;

bool bills(const Partner& partner, const Customer& customer, const AzureSubscription& azure) {
  return azure.customer_id == customer.id && !azure.billed_by.empty() &&
         equal_ignoring_case(azure.billed_by, partner.domain);
}

/// The Azure subscriptions of the customer that the partner bills.
std::vector<const AzureSubscription*> billed_by(const World& world, const Customer& customer,
                                                const Partner& partner) {
  std::vector<const AzureSubscription*> out;
  for (const auto& [id, azure] : world.azure_subscriptions) {
    if (bills(partner, customer, azure)) {
      out.push_back(&azure);
    }
  }
  return out;
}

bool all_billed_by(const World& world, const Customer& customer, const Partner& partner,
                   const std::vector<std::string>& ids) {
  return std::all_of(ids.begin(), ids.end(), [&](const std::string& id) {
    const AzureSubscription* found = world.azure_subscriptions.find(lower(id));
    return found != nullptr && bills(partner, customer, *found);
  });
}

/// A request names the source by its tenant, or by an address of its domain.
const Partner* source_of(const World& world, const TransferDraft& draft) {
  if (!draft.source_id.empty()) {
    return world.partners.find(lower(draft.source_id));
  }
  const auto at = draft.source_email.find('@');
  return partner_of_key(world, at == std::string::npos
                                   ? std::string_view{}
                                   : std::string_view{draft.source_email}.substr(at + 1));
}

bool overlap(const Transfer& open, const std::vector<std::string>& wanted) {
  return open.lines.empty() || wanted.empty() ||
         std::any_of(open.lines.begin(), open.lines.end(), [&](const Transfer::Line& line) {
           return std::any_of(wanted.begin(), wanted.end(), [&](const std::string& id) {
             return equal_ignoring_case(id, line.subscription_id);
           });
         });
}

const Transfer* open_transfer(const PurchaseScene& scene, const Partner* source,
                              const std::vector<std::string>& wanted) {
  for (const auto& [id, one] : scene.world.transfers) {
    if (source != nullptr && one.customer_id == scene.customer.id &&
        one.source_id == source->tenant_id && one.status == TransferStatus::Active &&
        overlap(one, wanted)) {
      return &one;
    }
  }
  return nullptr;
}

std::vector<Transfer::Line> lines_of(const World& world, const std::vector<std::string>& ids) {
  std::vector<Transfer::Line> out;
  for (const std::string& id : ids) {
    const AzureSubscription* azure = world.azure_subscriptions.find(lower(id));
    out.push_back({lower(id), azure == nullptr ? std::string{} : azure->friendly_name});
  }
  return out;
}

std::vector<std::string> ids_of(const std::vector<Transfer::Line>& lines) {
  std::vector<std::string> out;
  for (const Transfer::Line& line : lines) {
    out.push_back(line.subscription_id);
  }
  return out;
}

/// What an answer is about: what is chosen now or was before, else everything the source bills.
std::vector<std::string> chosen_by(const PurchaseScene& scene, const Transfer& transfer,
                                   const std::vector<std::string>& ids) {
  if (!ids.empty()) {
    return ids;
  }
  std::vector<std::string> out = ids_of(transfer.lines);
  const Partner* source = scene.world.partners.find(transfer.source_id);
  if (out.empty() && source != nullptr) {
    for (const AzureSubscription* azure : billed_by(scene.world, scene.customer, *source)) {
      out.push_back(azure->id);
    }
  }
  return out;
}

/// Closed transfers would pile up: the oldest of the customer is forgotten.
void make_room(World& world, const std::string& customer_id) {
  std::vector<const Transfer*> closed;
  for (const auto& [id, one] : world.transfers) {
    if (one.customer_id == customer_id && one.status != TransferStatus::Active) {
      closed.push_back(&one);
    }
  }
  if (closed.size() < kRemembered) {
    return;
  }
  const auto oldest = std::min_element(
      closed.begin(), closed.end(),
      [](const Transfer* left, const Transfer* right) { return left->modified < right->modified; });
  world.transfers.erase(std::string{(*oldest)->id});
}

Transfer& touched(World& world, const Env& env, const Transfer& transfer) {
  Transfer& row = *world.transfers.edit(transfer.id);
  row.modified = env.now;
  return row;
}

}  // namespace

std::string_view transfer_status_word(TransferStatus status) {
  switch (status) {
    case TransferStatus::Active:
      return "Active";
    case TransferStatus::Complete:
      return "Complete";
    case TransferStatus::PartiallyComplete:
      return "PartiallyComplete";
    case TransferStatus::Rejected:
      return "Reject";
  }
  return "Active";
}

bool takes_part_in_transfers(const World& world, const Customer& customer, const Partner& partner) {
  return !billed_by(world, customer, partner).empty() ||
         std::any_of(world.transfers.begin(), world.transfers.end(), [&](const auto& entry) {
           return entry.second.customer_id == customer.id &&
                  entry.second.source_id == partner.tenant_id;
         });
}

std::optional<Subscription> plan_to_move_under(const PurchaseScene& scene) {
  std::optional<Subscription> out;
  for (const auto& [id, one] : scene.world.subscriptions) {
    if (one.customer_id != scene.customer.id || !one.azure_plan ||
        one.visible_from > scene.env.now || one.status == SubscriptionStatus::Deleted) {
      continue;
    }
    const Subscription row = as_of(one, scene.env.now);
    if (!out || row.status == SubscriptionStatus::Active) {
      out = row;
    }
  }
  return out;
}

bool has_reservation(const World& world, const AzureSubscription& azure) {
  const std::string scope = "/subscriptions/" + azure.id;
  return std::any_of(world.reservations.begin(), world.reservations.end(), [&](const auto& entry) {
    const Reservation& one = entry.second;
    const auto& scopes = one.applied_scopes;
    return !one.cancelled && (equal_ignoring_case(one.billing_subscription_id, azure.id) ||
                              std::any_of(scopes.begin(), scopes.end(), [&](const auto& applied) {
                                return equal_ignoring_case(applied, scope);
                              }));
  });
}

Result<const Transfer*> create_transfer(World& world, Env& env, const PurchaseScene& scene,
                                        const TransferDraft& draft, const std::string& user) {
  if (scene.partner == nullptr) {
    return ErrorCode::PartnerAccessDenied;
  }
  const Partner& target = *scene.partner;
  const Partner* source = source_of(world, draft);
  const std::optional<Subscription> plan = plan_to_move_under(scene);
  const OfferState* offer = offer_state(world, kAzurePlanItem, scene.customer.market);
  const TransferFacts facts{
      .scene = scene,
      .draft = draft,
      .target = target,
      .source = source,
      .plan = plan ? &*plan : nullptr,
      .original = open_transfer(scene, source, draft.subscriptions),
      .legacy_azure = owns_microsoft_azure(world, scene.customer),
      .plan_on_sale = offer == nullptr || !offer->withdrawn,
      .source_bills = source != nullptr && !billed_by(world, scene.customer, *source).empty(),
      .lines_of_source =
          source != nullptr && all_billed_by(world, scene.customer, *source, draft.subscriptions)};
  if (const auto* rule = first_broken(transfer_rules(), facts, env.trace)) {
    const bool of_target = rule->error == ErrorCode::InvalidRequestInput;
    return Error{rule->error,
                 rule->arguments == nullptr ? std::vector<std::string>{} : rule->arguments(facts),
                 of_target ? "targetPartnerTenantId" : ""};
  }
  make_room(world, scene.customer.id);
  Transfer row;
  row.id = env.ids.guid();
  row.customer_id = scene.customer.id;
  row.source_id = source->tenant_id;
  row.target_id = target.tenant_id;
  row.source_name = draft.source_name.empty() ? source->company_name : draft.source_name;
  row.target_name = target.company_name;
  row.customer_name =
      draft.customer_name.empty() ? scene.customer.company_name : draft.customer_name;
  row.customer_email = draft.customer_email;
  row.last_modified_user = user;
  row.type = draft.type;
  row.created = row.modified = env.now;
  row.lines = lines_of(world, draft.subscriptions);
  const std::string id = row.id;
  return &world.transfers.put(id, std::move(row));
}

Result<const Transfer*> find_transfer(const World& world, const Customer& customer,
                                      const Partner& partner, std::string_view id) {
  const Transfer* found = world.transfers.find(lower(id));
  if (found == nullptr || found->customer_id != customer.id ||
      (found->source_id != partner.tenant_id && found->target_id != partner.tenant_id)) {
    return ErrorCode::TransferNotFound;
  }
  return found;
}

std::vector<const Transfer*> transfers_of(const World& world, const Customer& customer,
                                          const Partner& partner) {
  std::vector<const Transfer*> out;
  for (const auto& [id, one] : world.transfers) {
    if (one.customer_id == customer.id &&
        (one.source_id == partner.tenant_id || one.target_id == partner.tenant_id)) {
      out.push_back(&one);
    }
  }
  std::stable_sort(out.begin(), out.end(), [](const Transfer* left, const Transfer* right) {
    return left->created < right->created;
  });
  return out;
}

Result<Done> check_transfer_act(const PurchaseScene& scene, const Transfer& transfer,
                                TransferAct act, const std::vector<std::string>& subscriptions) {
  const Partner* source = scene.world.partners.find(transfer.source_id);
  const auto ids = chosen_by(scene, transfer, subscriptions);
  const bool reserved = std::any_of(ids.begin(), ids.end(), [&](const std::string& id) {
    const AzureSubscription* azure = scene.world.azure_subscriptions.find(lower(id));
    return azure != nullptr && has_reservation(scene.world, *azure);
  });
  const auto plan = plan_to_move_under(scene);
  const TransferAnswerFacts facts{
      .transfer = transfer,
      .act = act,
      .caller_id = scene.partner == nullptr ? std::string_view{} : scene.partner->tenant_id,
      .lines_of_source = !ids.empty() && source != nullptr &&
                         all_billed_by(scene.world, scene.customer, *source, ids),
      .reserved = reserved,
      .plan_active = plan && plan->status == SubscriptionStatus::Active,
      .now = scene.env.now};
  if (const auto* rule = first_broken(transfer_answer_rules(), facts, scene.env.trace)) {
    return Error{rule->error,
                 rule->arguments == nullptr ? std::vector<std::string>{} : rule->arguments(facts),
                 {}};
  }
  return Done{};
}

Transfer& choose_lines(World& world, const Env& env, const Transfer& transfer,
                       const std::vector<std::string>& subscriptions) {
  Transfer& row = touched(world, env, transfer);
  row.lines = lines_of(world, subscriptions);
  return row;
}

Transfer& reject_transfer(World& world, const Env& env, const Transfer& transfer) {
  Transfer& row = touched(world, env, transfer);
  row.status = TransferStatus::Rejected;
  return row;
}

Transfer& accept_transfer(World& world, Env& env, const PurchaseScene& scene,
                          const Transfer& transfer) {
  const auto plan = plan_to_move_under(scene);
  Transfer& row = touched(world, env, transfer);
  row.lines = lines_of(world, chosen_by(scene, row, {}));
  std::size_t moved = 0;
  for (Transfer::Line& line : row.lines) {
    const AzureSubscription* azure = world.azure_subscriptions.find(line.subscription_id);
    if (azure == nullptr || !azure->sync_complete) {
      line.failure = error_text(
          {ErrorCode::TransferSubscriptionSyncNotComplete, {line.subscription_id, "None"}, {}},
          env.locale);
      continue;
    }
    take_in(world, env, line.subscription_id, plan->id);
    line.done = true;
    ++moved;
  }
  // What moved nothing may be tried again.
  row.status = moved == row.lines.size() ? TransferStatus::Complete
               : moved == 0              ? TransferStatus::Active
                                         : TransferStatus::PartiallyComplete;
  row.processing_until = env.now + env.delay;
  return row;
}

}  // namespace pcsim
