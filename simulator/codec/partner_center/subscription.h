#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "domain/catalogue/catalogue.h"
#include "domain/world.h"

namespace pcsim {

/// The subscription's id as the wire shows it: upper case for the legacy offer.
std::string wire_id(const Subscription& subscription);

nlohmann::ordered_json subscription_json(const Subscription& subscription,
                                         const Catalogue& catalogue, const std::string& country);
nlohmann::ordered_json azure_entitlement_json(const AzureSubscription& azure);
nlohmann::ordered_json registration_json(const Subscription& subscription, std::string_view status);

}  // namespace pcsim
