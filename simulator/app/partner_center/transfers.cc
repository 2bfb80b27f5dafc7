#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "app/audit.h"
#include "app/handlers.h"
#include "app/partner_center/commerce_scene.h"
#include "app/partner_center/requests.h"
#include "codec/partner_center/collection.h"
#include "codec/partner_center/transfer.h"
#include "domain/transfers/transfer.h"
#include "pcsim/text.h"

namespace pcsim {

namespace pc = partner_center;

namespace {

/// A transfer more may name than anybody has subscriptions.
constexpr std::size_t kMostLines = 1000;

Result<const Transfer*> transfer_of(const Call& call) {
  PCSIM_TRY(partner, pc::require_partner(call));
  return find_transfer(call.world, customer_of(call), *partner, call.path.at("transferId"));
}

void record(const Call& call, std::string_view operation, const Transfer& transfer,
            const std::string& after, const std::string& before) {
  record_audit(call, "transfer", operation, &customer_of(call), {{"TransferId", transfer.id}},
               after, before);
}

Result<TransferDraft> draft_of(const Call& call) {
  TransferDraft draft = read_transfer(call.body);
  if (draft.subscriptions.size() > kMostLines) {
    return Error{ErrorCode::InvalidRequestInput, {}, "lineItems"};
  }
  return draft;
}

/// Does what `act` says of the path's transfer and answers `show` of it.
template <class Do, class Show>
Result<Reply> perform(const Call& call, TransferAct act, const std::vector<std::string>& chosen,
                      Do perform_it, Show show) {
  PCSIM_TRY(transfer, transfer_of(call));
  const PurchaseScene scene = scene_of(call, customer_of(call));
  PCSIM_TRY(allowed, check_transfer_act(scene, *transfer, act, chosen));
  static_cast<void>(allowed);
  const std::string before = transfer_json(*transfer).dump();
  Transfer& changed = perform_it(scene, *transfer);
  changed.last_modified_user = call.principal.object_id;
  record(call, "update_transfer", changed, transfer_json(changed).dump(), before);
  return Reply{0, show(changed).dump(), {}};
}

}  // namespace

Result<Reply> handle_CreateTransfer(const Call& call) {
  PCSIM_TRY(draft, draft_of(call));
  const Customer& customer = customer_of(call);
  PCSIM_TRY(created, create_transfer(call.world, call.env, scene_of(call, customer), draft,
                                     call.principal.object_id));
  std::string json = transfer_json(*created).dump();
  record(call, "create_transfer", *created, json, {});
  return Reply{0, std::move(json), {}};
}

// A bare array, unlike other lists.
Result<Reply> handle_ListTransfers(const Call& call) {
  PCSIM_TRY(partner, pc::require_partner(call));
  auto items = pc::Json::array();
  for (const Transfer* one : transfers_of(call.world, customer_of(call), *partner)) {
    items.push_back(transfer_json(*one));
  }
  return Reply{0, items.dump(), {}};
}

Result<Reply> handle_GetTransfer(const Call& call) {
  PCSIM_TRY(transfer, transfer_of(call));
  return Reply{0, transfer_json(*transfer).dump(), {}};
}

Result<Reply> handle_UpdateTransfer(const Call& call) {
  PCSIM_TRY(draft, draft_of(call));
  const std::string status = lower(pc::text_of(call.body, "status"));
  if (status == "reject") {
    return perform(
        call, TransferAct::Reject, {},
        [&](const PurchaseScene&, const Transfer& one) -> Transfer& {
          return reject_transfer(call.world, call.env, one);
        },
        transfer_json);
  }
  if (draft.subscriptions.empty() || (!status.empty() && status != "active")) {
    return Error{ErrorCode::InvalidRequestInput, {}, "status"};
  }
  return perform(
      call, TransferAct::Choose, draft.subscriptions,
      [&](const PurchaseScene&, const Transfer& one) -> Transfer& {
        return choose_lines(call.world, call.env, one, draft.subscriptions);
      },
      transfer_json);
}

Result<Reply> handle_WithdrawTransfer(const Call& call) {
  PCSIM_TRY(transfer, transfer_of(call));
  const PurchaseScene scene = scene_of(call, customer_of(call));
  PCSIM_TRY(allowed, check_transfer_act(scene, *transfer, TransferAct::Withdraw, {}));
  static_cast<void>(allowed);
  record(call, "update_transfer", *transfer, {}, transfer_json(*transfer).dump());
  call.world.transfers.erase(std::string{transfer->id});
  return Reply{};
}

Result<Reply> handle_AcceptTransfer(const Call& call) {
  return perform(
      call, TransferAct::Accept, {},
      [&](const PurchaseScene& scene, const Transfer& one) -> Transfer& {
        return accept_transfer(call.world, call.env, scene, one);
      },
      transfer_result_json);
}

}  // namespace pcsim
