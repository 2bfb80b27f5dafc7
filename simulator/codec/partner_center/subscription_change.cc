#include "codec/partner_center/subscription_change.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string>

#include "codec/partner_center/collection.h"
#include "codec/partner_center/json_read.h"
#include "codec/partner_center/line_parts.h"
#include "codec/time.h"
#include "pcsim/text.h"

namespace pcsim {
namespace {

using nlohmann::json;
using partner_center::member;
using partner_center::text_of;

/// In the order of the public SDK's enumeration; what is no word of it counts as the first.
constexpr std::array<std::string_view, 7> kStatuses{"none",    "active",  "suspended", "deleted",
                                                    "expired", "pending", "disabled"};

std::string status_member(const json& body) {
  const std::int64_t position = integer_member(body, "status", 0);
  if (position > 0 && position < static_cast<std::int64_t>(kStatuses.size())) {
    return std::string{kStatuses[static_cast<std::size_t>(position)]};
  }
  const std::string word = lower(text_of(body, "status"));
  const auto* found = std::find(kStatuses.begin() + 1, kStatuses.end(), word);
  return found == kStatuses.end() ? std::string{} : word;
}

std::optional<std::string> text_member(const json& body, const char* name) {
  return member(body, name).is_string() ? std::optional{text_of(body, name)} : std::nullopt;
}

std::optional<std::string> cycle_member(const json& node) {
  const std::string word = billing_cycle_member(node);
  return word.empty() || word == "unknown" ? std::nullopt : std::optional{word};
}

/// A catalogue item named by its parts; parts that are not sent are the subscription's own.
std::string item_of(const json& product, const std::string& own) {
  const auto parts = split(own, ':');
  std::string out;
  std::size_t at = 0;
  for (const char* name : {"productid", "skuid", "availabilityid"}) {
    const std::string sent = text_of(product, name);
    const std::string kept{at < parts.size() ? parts[at] : std::string_view{}};
    out += (at == 0 ? "" : ":") + (sent.empty() ? kept : sent);
    ++at;
  }
  return out;
}

Result<ScheduledChange> read_scheduled(const json& node, const Subscription& row) {
  const json& product = member(node, "product");
  ScheduledChange out;
  out.offer_id = item_of(product, row.offer_id);
  out.billing_cycle = cycle_member(product).value_or(row.billing_cycle);
  out.term_duration = text_of(product, "termduration");
  if (out.term_duration.empty()) {
    out.term_duration = row.term_duration;
  }
  out.quantity = integer_member(node, "quantity", row.quantity);
  const std::string end = text_of(node, "customtermenddate");
  if (!end.empty()) {
    out.custom_term_end = parse_instant(end);
    if (!out.custom_term_end) {
      return Error{ErrorCode::InvalidRequestInput, {}, "customTermEndDate"};
    }
  }
  return out;
}

}  // namespace

Result<SubscriptionChange> read_subscription_change(const json& body, const Subscription& row,
                                                    const std::string& etag) {
  SubscriptionChange out;
  out.friendly_name = text_member(body, "friendlyname");
  out.partner_id = text_member(body, "partnerid");
  out.billing_cycle = cycle_member(body);
  out.term_duration = text_member(body, "termduration");
  if (body.contains("quantity")) {
    out.quantity = integer_member(body, "quantity", row.quantity);
  }
  out.status = status_member(body);
  out.auto_renew = flag_member(body, "autorenewenabled");
  if (const json& node = member(body, "schedulednextterminstructions"); node.is_object()) {
    PCSIM_TRY(scheduled, read_scheduled(node, row));
    out.scheduled = scheduled;
  }
  if (const json& node = member(body, "nextchargeinstructions"); node.is_object()) {
    out.next_charge_cycle = cycle_member(member(node, "product"));
  }
  out.etag_stale = is_legacy_offer(row.offer_id) && !etag_current(etag, row.id, row.version);
  return out;
}

}  // namespace pcsim
