#include "codec/partner_center/transfer.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "codec/partner_center/collection.h"
#include "codec/partner_center/json_read.h"
#include "codec/time.h"

namespace pcsim {
namespace {

using nlohmann::ordered_json;
using partner_center::add_attributes;
using partner_center::add_text;
using partner_center::member;
using partner_center::text_of;

/// The number of transfers of Azure subscriptions and licences between partners.
constexpr std::int64_t kNewCommerce = 5;

ordered_json line_json(const Transfer& transfer, std::size_t at) {
  const Transfer::Line& line = transfer.lines[at];
  ordered_json out;
  out["id"] = at;
  out["subscriptionId"] = line.subscription_id;
  add_text(out, "friendlyName", line.friendly_name);
  out["quantity"] = 1;
  if (line.done || !line.failure.empty()) {
    out["transferGroupId"] = std::to_string(at);
    out["status"] = line.done ? "Complete" : "Failed";
  }
  out["addonItems"] = ordered_json::array();
  add_text(out, "transferError", line.failure);
  return out;
}

}  // namespace

TransferDraft read_transfer(const nlohmann::json& body) {
  TransferDraft out;
  out.source_id = text_of(body, "sourcepartnertenantid");
  out.source_name = text_of(body, "sourcepartnername");
  out.source_email = text_of(body, "sourcepartneremailid");
  out.target_id = text_of(body, "targetpartnertenantid");
  out.customer_name = text_of(body, "customername");
  out.customer_email = text_of(body, "customeremailid");
  out.type = integer_member(body, "transfertype", kNewCommerce);
  const auto& lines = member(body, "lineitems");
  if (lines.is_array()) {
    for (const auto& line : lines) {
      out.subscriptions.push_back(text_of(line, "subscriptionid"));
    }
  }
  return out;
}

ordered_json transfer_json(const Transfer& transfer) {
  ordered_json out;
  out["id"] = transfer.id;
  out["status"] = transfer_status_word(transfer.status);
  out["transferType"] = transfer.type;
  out["createdTime"] = to_iso(transfer.created);
  out["lastModifiedTime"] = to_iso(transfer.modified);
  add_text(out, "customerEmailId", transfer.customer_email);
  out["customerName"] = transfer.customer_name;
  out["customerTenantId"] = transfer.customer_id;
  out["partnertenantid"] = transfer.target_id;
  out["sourcePartnerName"] = transfer.source_name;
  out["sourcePartnerTenantId"] = transfer.source_id;
  out["targetPartnerName"] = transfer.target_name;
  out["targetPartnerTenantId"] = transfer.target_id;
  add_text(out, "lastModifiedUser", transfer.last_modified_user);
  out["lineItems"] = ordered_json::array();
  for (std::size_t at = 0; at < transfer.lines.size(); ++at) {
    out["lineItems"].push_back(line_json(transfer, at));
  }
  partner_center::add_self(out, "/customers/" + transfer.customer_id + "/transfers/" + transfer.id);
  add_attributes(out, "TransferEntity");
  return out;
}

ordered_json transfer_result_json(const Transfer& transfer) {
  ordered_json out;
  // Azure subscriptions move under a plan that is ordered already.
  out["orders"] = ordered_json::array();
  out["transferErrors"] = ordered_json::array();
  const ErrorRow& row = error_row(ErrorCode::TransferSubscriptionSyncNotComplete);
  for (std::size_t at = 0; at < transfer.lines.size(); ++at) {
    if (transfer.lines[at].done) {
      continue;
    }
    ordered_json failed;
    failed["transferGroupId"] = std::to_string(at);
    failed["lineItems"] = ordered_json::array();
    failed["lineItems"].push_back(line_json(transfer, at));
    failed["code"] = std::stoi(std::string{row.code});
    failed["description"] = transfer.lines[at].failure;
    add_attributes(failed, "TransferError");
    out["transferErrors"].push_back(std::move(failed));
  }
  add_attributes(out, "TransferSubmitResult");
  return out;
}

}  // namespace pcsim
