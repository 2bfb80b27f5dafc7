#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "domain/world.h"
#include "pcsim/switches.h"

namespace pcsim::partner_center {

/// The id a record is shown under. Source: docs/reference/audit.md#identifiers.
std::string audit_record_id(const AuditRecord& record, const Partner& partner,
                            const Switches& switches);

/// An AuditRecord of `partner`.
nlohmann::ordered_json audit_record_json(const AuditRecord& record, const Partner& partner,
                                         const Switches& switches);

/// 100-nanosecond steps since year 1.
std::int64_t net_ticks(Instant instant);

/// Reads `2024-03-02`, ISO 8601 or `03/02/2024[ 00:00:00]`.
std::optional<Instant> parse_audit_date(std::string_view text);

/// Whether a date text has no time of day.
bool is_date_only(std::string_view text);

}  // namespace pcsim::partner_center
