#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/call.h"

namespace pcsim {

/// The partner the caller acts for, or null when the token's tenant is no partner.
const Partner* calling_partner(const Call& call);

/// The neutral key of a partner: its domain in lower case.
std::string partner_key_of(const Partner& partner);

/// Appends an entry that happened now; its id and date are filled in.
void append_audit(World& world, Instant now, AuditRecord record);

/// Appends one activity log entry of the calling partner; `customer` may be null.
/// `after` and `before` are the changed resource as an answer shows it (JSON text), empty when
/// there is none; the entry keeps them in the log's own form.
void record_audit(const Call& call, std::string_view resource_type, std::string_view operation_type,
                  const Customer* customer, std::vector<std::pair<std::string, std::string>> data,
                  const std::string& after = {}, const std::string& before = {});

}  // namespace pcsim
