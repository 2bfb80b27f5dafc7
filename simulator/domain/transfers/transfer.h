#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/commerce/purchase.h"

/// Azure subscriptions that one partner hands over to another.
/// Source: docs/reference/transfers.md#between-partners.
namespace pcsim {

/// What a partner sends to ask another for a customer's Azure subscriptions.
struct TransferDraft {
  std::string source_id{}, source_name{}, source_email{}, target_id{}, customer_name{},
      customer_email{};
  std::int64_t type = 5;
  std::vector<std::string> subscriptions{};  ///< none stands for all
};

/// What the rules of a request know.
struct TransferFacts {
  const PurchaseScene& scene;
  const TransferDraft& draft;
  const Partner& target;
  const Partner* source;     ///< null when the request names none that exists
  const Subscription* plan;  ///< the customer's Azure plan as it stands; null when it has none
  const Transfer*
      original;  ///< an open request for the same subscriptions; null when there is none
  bool legacy_azure, plan_on_sale, source_bills, lines_of_source;
};

/// One rule of a request. `arguments` fill the error's text.
struct TransferRule {
  std::string_view name;
  ErrorCode error;
  bool (*broken)(const TransferFacts&);
  std::vector<std::string> (*arguments)(const TransferFacts&) = nullptr;
};
std::span<const TransferRule> transfer_rules();

/// What happens to a request: the source partner chooses, accepts or rejects, the target partner
/// withdraws.
enum class TransferAct { Choose, Accept, Reject, Withdraw };

/// What the rules of these know.
struct TransferAnswerFacts {
  const Transfer& transfer;
  TransferAct act;
  std::string_view caller_id;
  bool lines_of_source, reserved, plan_active;
  Instant now;
};

/// One rule of an answer. `arguments` fill the error's text.
struct TransferAnswerRule {
  std::string_view name;
  ErrorCode error;
  bool (*broken)(const TransferAnswerFacts&);
  std::vector<std::string> (*arguments)(const TransferAnswerFacts&) = nullptr;
};
std::span<const TransferAnswerRule> transfer_answer_rules();

/// The word of a status on the wire.
std::string_view transfer_status_word(TransferStatus status);

/// Whether `partner` has to do with transfers of the customer without selling to it: it bills an
/// Azure subscription of the customer, or did so when a transfer was asked for.
bool takes_part_in_transfers(const World& world, const Customer& customer, const Partner& partner);

/// The customer's Azure plan that subscriptions move under: an active one, else any that is left.
std::optional<Subscription> plan_to_move_under(const PurchaseScene& scene);

/// Whether a reservation is used for the Azure subscription alone or billed to it.
bool has_reservation(const World& world, const AzureSubscription& azure);

/// Asks for a transfer, as the scene's partner.
Result<const Transfer*> create_transfer(World& world, Env& env, const PurchaseScene& scene,
                                        const TransferDraft& draft, const std::string& user);

/// The transfer `id` of the customer that `partner` is a side of. Error: 404 900100.
Result<const Transfer*> find_transfer(const World& world, const Customer& customer,
                                      const Partner& partner, std::string_view id);

/// The transfers of the customer that `partner` is a side of, oldest first.
std::vector<const Transfer*> transfers_of(const World& world, const Customer& customer,
                                          const Partner& partner);

/// Refuses an act of the scene's partner; `subscriptions` is what it chooses.
Result<Done> check_transfer_act(const PurchaseScene& scene, const Transfer& transfer,
                                TransferAct act, const std::vector<std::string>& subscriptions);

/// Sets what is handed over, rejects, or hands over: what cannot move yet stays and says why.
Transfer& choose_lines(World& world, const Env& env, const Transfer& transfer,
                       const std::vector<std::string>& subscriptions);
Transfer& reject_transfer(World& world, const Env& env, const Transfer& transfer);
Transfer& accept_transfer(World& world, Env& env, const PurchaseScene& scene,
                          const Transfer& transfer);

}  // namespace pcsim
