#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

#include "app/audit.h"
#include "app/handlers.h"
#include "app/partner_center/requests.h"
#include "codec/partner_center/audit_record.h"
#include "codec/partner_center/filter.h"
#include "pcsim/text.h"

namespace pcsim {

namespace pc = partner_center;

namespace {

constexpr Instant kWindow = 30 * kDay;
constexpr Instant kOldest = 90 * kDay;
constexpr std::size_t kPageSize = 500;

struct Period {
  Instant from, to;
};

Result<Period> requested_period(const Call& call) {
  const auto start = pc::query_value(call, "startdate").value_or("");
  const auto end = pc::query_value(call, "enddate").value_or("");
  const auto now = call.env.now;
  Period out{now - kWindow, now};
  if (!end.empty()) {
    const auto to = pc::parse_audit_date(end);
    if (!to) {
      return Error{ErrorCode::InvalidRequestInput, {}, "endDate"};
    }
    // A day without a time counts to its end.
    out.to = pc::is_date_only(end) ? *to + kDay - 1 : *to;
    out.from = std::max(out.to - kWindow, now - kOldest);
  }
  if (!start.empty()) {
    const auto from = pc::parse_audit_date(start);
    if (!from || *from / kDay < (now - kOldest) / kDay) {
      return Error{ErrorCode::InvalidRequestInput, {}, "startDate"};
    }
    out.from = *from;
    out.to = end.empty() ? std::min(now, *from + kWindow) : out.to;
  }
  const bool too_long = out.to - out.from > kWindow + kDay;
  if ((out.to < out.from && !end.empty()) ||
      (too_long && call.env.switches.is({Switch::AuditWindow, "thirty-days"}))) {
    return Error{ErrorCode::InvalidRequestInput, {}, "endDate"};
  }
  return out;
}

bool allowed_condition(const pc::Filter& leaf) {
  return (leaf.field == "companyname" && leaf.op == "substring") ||
         (leaf.field == "customerid" && leaf.op == "equals") ||
         (leaf.field == "resourcetype" && leaf.op == "equals");
}

Result<pc::Filter> requested_filter(const Call& call) {
  const auto text = pc::query_value(call, "filter").value_or("");
  if (text.empty()) {
    return pc::Filter{};
  }
  PCSIM_TRY(filter, pc::parse_filter(text));
  if (!pc::every_leaf(filter, allowed_condition)) {
    return Error{ErrorCode::InvalidRequestInput, {}, "filter"};
  }
  return filter;
}

/// Upper-case words (`SelfServePolicy`) name the same type as `self_serve_policy`.
std::string plain_word(std::string text) {
  std::erase(text, '_');
  return text;
}

bool holds(const AuditRecord& record, const pc::Filter& filter) {
  return pc::matches(filter, [&](const pc::Filter& leaf) {
    if (leaf.field == "companyname") {
      return pc::text_matches(record.customer_name, leaf);
    }
    if (leaf.field == "customerid") {
      return pc::text_matches(record.customer_id, leaf);
    }
    return leaf.field.empty() ||
           equal_ignoring_case(plain_word(record.resource_type), plain_word(leaf.value));
  });
}

std::string self_uri(const Call& call) {
  std::string out = "/auditrecords?size=" + std::to_string(kPageSize);
  if (const auto size = pc::query_value(call, "size"); size && *size != "0") {
    out = "/auditrecords?size=" + *size;
  }
  constexpr std::pair<const char*, const char*> kNames[] = {
      {"startdate", "startDate"}, {"enddate", "endDate"}, {"filter", "filter"}};
  for (const auto& [name, shown] : kNames) {
    if (const auto value = pc::query_value(call, name); value && !value->empty()) {
      out += "&" + std::string{shown} + "=" + pc::encode_query(*value);
    }
  }
  return out;
}

/// The record of the path, whatever the period: as long as it is kept.
Result<Reply> record_of_path(const Call& call) {
  PCSIM_TRY(partner, pc::require_partner(call));
  const auto& id = call.path.at("auditId");
  for (const AuditRecord& record : call.world.audit) {
    if (equal_ignoring_case(record.partner_key, partner->domain) &&
        record.date >= call.env.now - kOldest &&
        equal_ignoring_case(pc::audit_record_id(record, *partner, call.env.switches), id)) {
      return Reply{0, pc::audit_record_json(record, *partner, call.env.switches).dump(), {}};
    }
  }
  return ErrorCode::ResourceNotFound;
}

}  // namespace

Result<Reply> handle_GetAuditRecord(const Call& call) { return record_of_path(call); }

Result<Reply> handle_GetAuditActivity(const Call& call) { return record_of_path(call); }

Result<Reply> handle_ListAuditRecords(const Call& call) {
  PCSIM_TRY(partner, pc::require_partner(call));
  PCSIM_TRY(period, requested_period(call));
  PCSIM_TRY(filter, requested_filter(call));
  std::vector<const AuditRecord*> found;
  for (auto record = call.world.audit.rbegin(); record != call.world.audit.rend(); ++record) {
    if (equal_ignoring_case(record->partner_key, partner->domain) && record->date >= period.from &&
        record->date <= period.to && holds(*record, filter)) {
      found.push_back(&*record);
    }
  }
  std::stable_sort(
      found.begin(), found.end(),
      [](const AuditRecord* left, const AuditRecord* right) { return left->date > right->date; });
  PCSIM_TRY(page, pc::requested_page(call, found.size(), kPageSize));
  auto items = pc::Json::array();
  for (auto i = page.first; i < page.last; ++i) {
    items.push_back(pc::audit_record_json(*found[i], *partner, call.env.switches));
  }
  return Reply{0, pc::seek_collection(items, page, self_uri(call)), {}};
}

}  // namespace pcsim
