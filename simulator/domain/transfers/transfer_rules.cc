#include <array>

#include "domain/transfers/transfer.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using enum ErrorCode;
using Texts = std::vector<std::string>;

constexpr std::array kRules{
    TransferRule{
        "partner may ask for transfers", TransferPartnerNotEnabled,
        [](const TransferFacts& f) { return f.target.kind == PartnerKind::IndirectReseller; },
        [](const TransferFacts& f) { return Texts{f.target.tenant_id}; }},
    TransferRule{"target partner is the caller", InvalidRequestInput,
                 [](const TransferFacts& f) {
                   return !f.draft.target_id.empty() &&
                          !equal_ignoring_case(f.draft.target_id, f.target.tenant_id);
                 }},
    TransferRule{"source partner named", TransferSourcePartnerDetailsMissing,
                 [](const TransferFacts& f) {
                   return f.draft.source_id.empty() && f.draft.source_email.empty();
                 }},
    TransferRule{"source partner is another", TransferSourcePartnerIsRequester,
                 [](const TransferFacts& f) {
                   return f.source != nullptr && f.source->tenant_id == f.target.tenant_id;
                 }},
    TransferRule{"source partner is the present one", TransferPartnerDomainInvalid,
                 [](const TransferFacts& f) { return f.source == nullptr || !f.source_bills; }},
    TransferRule{"no legacy Azure beside a transfer", TransferLegacyAzureSubscriptions,
                 [](const TransferFacts& f) { return f.legacy_azure; }},
    TransferRule{"plan can be bought for a transfer", TransferAzurePlanNotPurchasable,
                 [](const TransferFacts& f) { return f.plan == nullptr && !f.plan_on_sale; }},
    TransferRule{"plan bought for a transfer", TransferAzurePlanNotPurchased,
                 [](const TransferFacts& f) { return f.plan == nullptr; }},
    TransferRule{
        "plan active for a transfer", TransferAzurePlanNotActive,
        [](const TransferFacts& f) { return f.plan->status != SubscriptionStatus::Active; }},
    TransferRule{"asked for what the source bills", TransferInvalidSubscription,
                 [](const TransferFacts& f) { return !f.lines_of_source; }},
    TransferRule{"no other transfer of it open", OriginalTransferInProgress,
                 [](const TransferFacts& f) { return f.original != nullptr; },
                 [](const TransferFacts& f) { return Texts{f.original->id}; }},
};

Texts id_of(const TransferAnswerFacts& f) { return {f.transfer.id}; }
Texts id_and_status(const TransferAnswerFacts& f) {
  return {f.transfer.id, std::string{transfer_status_word(f.transfer.status)}};
}
bool takes_lines(const TransferAnswerFacts& f) {
  return f.act == TransferAct::Choose || f.act == TransferAct::Accept;
}

constexpr std::array kAnswerRules{
    TransferAnswerRule{"transfer not being processed", TransferBeingProcessed,
                       [](const TransferAnswerFacts& f) {
                         return f.transfer.processing_until && f.now < *f.transfer.processing_until;
                       },
                       id_of},
    TransferAnswerRule{
        "transfer still open", TransferRequestNotProcessable,
        [](const TransferAnswerFacts& f) { return f.transfer.status != TransferStatus::Active; },
        id_and_status},
    TransferAnswerRule{"transfer answered by its side", TransferRequestNotProcessable,
                       [](const TransferAnswerFacts& f) {
                         return f.caller_id != (f.act == TransferAct::Withdraw
                                                    ? f.transfer.target_id
                                                    : f.transfer.source_id);
                       },
                       id_and_status},
    TransferAnswerRule{
        "handed over what the source bills", TransferInvalidSubscription,
        [](const TransferAnswerFacts& f) { return takes_lines(f) && !f.lines_of_source; }},
    TransferAnswerRule{"reservations stay behind", TransferReservationsPresent,
                       [](const TransferAnswerFacts& f) { return takes_lines(f) && f.reserved; }},
    TransferAnswerRule{"plan active at the acceptance", TransferAzurePlanNotActive,
                       [](const TransferAnswerFacts& f) {
                         return f.act == TransferAct::Accept && !f.plan_active;
                       }},
};

}  // namespace

std::span<const TransferRule> transfer_rules() { return kRules; }
std::span<const TransferAnswerRule> transfer_answer_rules() { return kAnswerRules; }

}  // namespace pcsim
