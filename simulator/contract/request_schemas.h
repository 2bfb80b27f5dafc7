// Whether a request body has the structure its operation asks for.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>

#include "pcsim/operation.h"
#include "pcsim/result.h"
#include "pcsim/schema.h"

namespace pcsim {

/// The first violation of the operation's request schema by `body`, whose member names are lower
/// case and whose explicit nulls count as absent. Nothing when it conforms, or when the operation
/// declares no request schema. The violation names members as the contract spells them; that of a
/// missing member points at the member. The first call of an operation compiles its schema. Any
/// number of threads may call.
std::optional<Violation> request_violation(const Operation& operation, const nlohmann::json& body);

/// The surface's refusal of a body with that violation: Partner Center 400 800002 (Partner Center
/// REST error codes), which tells the place and the reason in `data`, or ARM 400
/// InvalidRequestContent (Microsoft.Capacity ErrorResponseCode), which tells them in its message.
Error request_error(Surface surface, const Violation& violation);

}  // namespace pcsim
