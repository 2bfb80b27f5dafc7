#include "codec/partner_center/audit_record.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include "codec/partner_center/collection.h"
#include "codec/time.h"
#include "pcsim/text.h"

namespace pcsim::partner_center {
namespace {

constexpr std::int64_t kTicksAt1970 = 621'355'968'000'000'000;

std::string padded(std::string_view digits) {
  return (digits.size() == 1 ? "0" : "") + std::string{digits};
}

}  // namespace

std::int64_t net_ticks(Instant instant) { return kTicksAt1970 + instant * 10; }

std::optional<Instant> parse_audit_date(std::string_view text) {
  const auto date = text.substr(0, text.find(' '));
  const auto parts = split(date, '/');
  if (parts.size() != 3) {
    std::string iso{text};
    std::replace(iso.begin(), iso.end(), ' ', 'T');
    return parse_instant(iso);
  }
  std::string iso{parts[2]};
  iso += "-" + padded(parts[0]) + "-" + padded(parts[1]);
  if (date.size() < text.size()) {
    iso += 'T' + std::string{text.substr(date.size() + 1)};
  }
  return parse_instant(iso);
}

bool is_date_only(std::string_view text) { return text.find(':') == std::string_view::npos; }

std::string audit_record_id(const AuditRecord& record, const Partner& partner,
                            const Switches& switches) {
  auto operation = lower(record.operation_type);
  std::erase(operation, '_');
  const bool partner_twice =
      record.customer_id.empty() || (record.operation_type == "add_customer" &&
                                     switches.is({Switch::AddCustomerAuditId, "partner"}));
  const auto& second = partner_twice ? partner.tenant_id : record.customer_id;
  const auto ticks = record.id.empty() ? std::to_string(net_ticks(record.date)) : record.id;
  return lower(partner.tenant_id + "_" + second + "_" + operation + "_" + ticks);
}

Json audit_record_json(const AuditRecord& record, const Partner& partner,
                       const Switches& switches) {
  auto out = Json::object();
  out["id"] = audit_record_id(record, partner, switches);
  out["partnerId"] = partner.tenant_id;
  add_text(out, "customerId", record.customer_id);
  add_text(out, "customerName", record.customer_name);
  add_text(out, "userPrincipalName", record.user_principal_name);
  add_text(out, "applicationId", record.application_id);
  out["resourceType"] = record.resource_type;
  add_text(out, "resourceOldValue", record.old_value);
  add_text(out, "resourceNewValue", record.new_value);
  out["operationType"] = record.operation_type;
  add_text(out, "originalCorrelationId", record.correlation_id);
  out["operationDate"] = to_iso(record.date);
  out["operationStatus"] = "succeeded";
  if (!record.data.empty()) {
    auto data = Json::array();
    for (const auto& [key, value] : record.data) {
      auto pair = Json::object();
      pair["key"] = key;
      pair["value"] = value;
      data.push_back(std::move(pair));
    }
    out["customizedData"] = std::move(data);
  }
  add_attributes(out, "AuditRecord");
  return out;
}

}  // namespace pcsim::partner_center
