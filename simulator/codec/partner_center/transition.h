#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "domain/commerce/transition.h"

namespace pcsim {

/// An upgrade a subscription could get, with its target as a legacy offer.
nlohmann::ordered_json upgrade_json(const Transition& transition, const Subscription& row,
                                    const std::string& country, Locale locale);

/// The outcome of an upgrade; `target` is empty when it was not done.
nlohmann::ordered_json upgrade_result_json(const Subscription& row, const std::string& target,
                                           TransitionType type,
                                           const std::vector<TransitionProblem>& problems,
                                           Locale locale);

/// Reads one of the upgrades a caller was shown; member names are in lower case.
TransitionWish read_transition_wish(const nlohmann::json& body);

}  // namespace pcsim
