#pragma once

#include <nlohmann/json_fwd.hpp>

#include "domain/policies/policy_rules.h"
#include "domain/world.h"

namespace pcsim::partner_center {

/// A SelfServePolicy of `partner`.
nlohmann::ordered_json policy_json(const SelfServePolicy& policy, const Partner& partner);

/// Reads a create or update request.
PolicyDraft read_policy(const nlohmann::json& body);

}  // namespace pcsim::partner_center
