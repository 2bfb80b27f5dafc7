#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "codec/json_writer.h"
#include "domain/catalogue/catalogue.h"
#include "domain/world.h"

namespace pcsim {

/// The subscription's id as the wire shows it: upper case for the legacy offer.
std::string wire_id(const Subscription& subscription);

/// The subscription as it stands at `now`.
void write_subscription(JsonPlace place, const Subscription& subscription,
                        const Catalogue& catalogue, const std::string& country, Instant now);
nlohmann::ordered_json azure_entitlement_json(const AzureSubscription& azure, bool active,
                                              const std::string& plan_id);
nlohmann::ordered_json registration_json(const Subscription& subscription, std::string_view status);

/// How far a subscription, settled by `as_of`, is provisioned.
nlohmann::ordered_json provisioning_status_json(const Subscription& subscription, Instant now);

nlohmann::ordered_json support_contact_json(const SupportContact& contact, const std::string& uri);
SupportContact read_support_contact(const nlohmann::json& body);

}  // namespace pcsim
