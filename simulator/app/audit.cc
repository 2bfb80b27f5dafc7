#include "app/audit.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "codec/partner_center/audit_record.h"
#include "pcsim/text.h"

namespace pcsim {

const Partner* calling_partner(const Call& call) {
  return call.world.partners.find(lower(call.principal.tenant_id));
}

std::string partner_key_of(const Partner& partner) { return lower(partner.domain); }

void record_audit(const Call& call, std::string_view resource_type, std::string_view operation_type,
                  const Customer* customer, std::vector<std::pair<std::string, std::string>> data,
                  std::string new_value) {
  AuditRecord record;
  if (customer != nullptr) {
    record.partner_key = lower(customer->partner_key);
    record.customer_id = customer->id;
    record.customer_name = customer->company_name;
  } else if (const auto* partner = calling_partner(call)) {
    record.partner_key = partner_key_of(*partner);
  }
  record.user_principal_name = call.principal.user_principal_name;
  record.application_id = call.principal.application_id;
  record.resource_type = resource_type;
  record.operation_type = operation_type;
  record.new_value = std::move(new_value);
  record.data = std::move(data);
  record.date = call.env.now;
  // Two records of one instant keep distinct ids: the ticks count up.
  const auto same_instant =
      std::count_if(call.world.audit.begin(), call.world.audit.end(),
                    [&](const AuditRecord& other) { return other.date == record.date; });
  record.id = std::to_string(partner_center::net_ticks(record.date) + same_instant);
  call.world.audit.push_back(std::move(record));
}

}  // namespace pcsim
