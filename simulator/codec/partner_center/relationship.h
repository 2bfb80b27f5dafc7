#pragma once

#include <nlohmann/json_fwd.hpp>

#include "domain/customers/relationships.h"

namespace pcsim::partner_center {

/// A PartnerRelationship with its state and location.
nlohmann::ordered_json relationship_json(const Partner& other, RelationshipType type);

/// The same as one of a customer shows it: without them.
nlohmann::ordered_json customer_relationship_json(const Partner& other, RelationshipType type);

/// A RelationshipRequest: the address where a customer accepts.
nlohmann::ordered_json invitation_json(const Invitation& invitation);

/// An MpnProfile.
nlohmann::ordered_json mpn_profile_json(const Partner& partner);

}  // namespace pcsim::partner_center
