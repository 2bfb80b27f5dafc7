#pragma once

#include <string>
#include <string_view>

namespace pcsim::partner_center {

/// The name of the schema of the resource an audited operation changes, such as
/// "partner_center/order/order" for `create_order`; empty when the contract says none.
std::string_view audited_schema(std::string_view operation_type);

/// A resource as the activity log shows it: member names in PascalCase, and a null for every
/// member its schema knows and `json` lacks. `json` is the resource as an answer shows it.
/// Source: docs/reference/audit.md#values.
std::string audit_value(std::string_view schema, const std::string& json);

}  // namespace pcsim::partner_center
