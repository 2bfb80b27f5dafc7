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

/// Appends one activity log entry of the calling partner; `customer` may be null.
/// `new_value` is the changed resource as JSON text and may stay empty.
void record_audit(const Call& call, std::string_view resource_type, std::string_view operation_type,
                  const Customer* customer, std::vector<std::pair<std::string, std::string>> data,
                  std::string new_value = {});

}  // namespace pcsim
