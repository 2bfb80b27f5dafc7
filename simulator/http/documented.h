#pragma once

#include <string_view>

#include "pcsim/inventory.h"

namespace pcsim {

/// The documented row of a request that no operation takes; null when the documentation knows no
/// such method and path either. Literals win over parameters.
const InventoryRow* documented(std::string_view method, std::string_view host,
                               std::string_view path);

/// A row without an operation that says more precisely what `path` is than `operation` does, which
/// takes it for a parameter: `/customers/relationshiprequests` is no customer. Null as a rule.
const InventoryRow* documented_before(const Operation& operation, std::string_view path);

}  // namespace pcsim
