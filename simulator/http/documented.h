#pragma once

#include <string_view>

#include "pcsim/inventory.h"

namespace pcsim {

/// The documented row of a request that no operation takes; null when the documentation knows no
/// such method and path either. Literals win over parameters.
const InventoryRow* documented(std::string_view method, std::string_view host,
                               std::string_view path);

}  // namespace pcsim
