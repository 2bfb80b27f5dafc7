#pragma once

#include <optional>

#include "app/acts/acts.h"

/// What Microsoft's support does; rows of the table in acts.cc.
namespace pcsim {

/// `ticketId`, `quantity`, `exchangeFor`, `location`, `term`, `cores`.
std::optional<ActRefusal> resolve_support_ticket(const ActScene& scene);

}  // namespace pcsim
