#include "app/audit.h"

#include <nlohmann/json.hpp>

#include "codec/partner_center/audit_record.h"
#include "codec/partner_center/audit_value.h"
#include "domain/customers/customer_rules.h"
#include "pcsim/text.h"

namespace pcsim {

const Partner* calling_partner(const Call& call) {
  return call.world.partners.find(lower(call.principal.tenant_id));
}

std::string partner_key_of(const Partner& partner) { return lower(partner.domain); }

namespace {

/// A number above those of the entries of the same instant, so that ids stay apart.
std::string new_ticks(const World& world, Instant now) {
  auto ticks = partner_center::net_ticks(now);
  for (auto other = world.audit.rbegin(); other != world.audit.rend() && other->date == now;
       ++other) {
    ++ticks;
  }
  return std::to_string(ticks);
}

std::string shown(std::string_view operation_type, const std::string& json) {
  return json.empty()
             ? std::string{}
             : partner_center::audit_value(partner_center::audited_schema(operation_type), json);
}

}  // namespace

void append_audit(World& world, Instant now, AuditRecord record) {
  record.date = now;
  record.id = new_ticks(world, now);
  world.audit.push_back(std::move(record));
}

void record_audit(const Call& call, std::string_view resource_type, std::string_view operation_type,
                  const Customer* customer, std::vector<std::pair<std::string, std::string>> data,
                  const std::string& after, const std::string& before) {
  AuditRecord record;
  if (customer != nullptr) {
    // A partner who does not sell to the customer has its own log.
    const auto* partner = calling_partner(call);
    const bool other = partner != nullptr && !sees_customer(*partner, *customer);
    record.partner_key = other ? partner_key_of(*partner) : lower(customer->partner_key);
    record.customer_id = customer->id;
    record.customer_name = customer->company_name;
  } else if (const auto* partner = calling_partner(call)) {
    record.partner_key = partner_key_of(*partner);
  }
  record.user_principal_name = call.principal.user_principal_name;
  record.application_id = call.principal.application_id;
  record.correlation_id = call.request.headers.find("MS-CorrelationId").value_or("");
  record.resource_type = resource_type;
  record.operation_type = operation_type;
  record.new_value = shown(operation_type, after);
  record.old_value = shown(operation_type, before);
  record.data = std::move(data);
  append_audit(call.world, call.env.now, std::move(record));
}

}  // namespace pcsim
