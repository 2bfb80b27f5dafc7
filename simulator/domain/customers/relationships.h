#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/world.h"
#include "pcsim/result.h"

namespace pcsim {

/// What a partner is to another one.
enum class RelationshipType { IndirectProviderOf, IndirectResellerOf };

/// The type a query names, in any spelling of the enumeration.
std::optional<RelationshipType> relationship_type(std::string_view word);

/// The word of a type, as an answer shows it.
std::string_view relationship_word(RelationshipType type);

/// The partners that `partner` is `type` of, in the order of their tenants.
/// Source: docs/reference/customers.md#relationships.
std::vector<const Partner*> related_partners(const World& world, const Partner& partner,
                                             RelationshipType type);

/// Another partner, and what the caller is to it.
struct Relationship {
  const Partner* other;
  RelationshipType type;
};

/// The partner that shares `customer` with the caller, if any.
std::optional<Relationship> partner_beside(const World& world, const Partner& caller,
                                           const Customer& customer);

/// The partner with this MPN id, or null.
const Partner* partner_of_mpn(const World& world, std::string_view mpn_id);

/// The partner whose domain is `key`, or null.
const Partner* partner_of_key(const World& world, std::string_view key);

/// Whether `text` is digits and nothing else.
bool is_numeric(std::string_view text);

/// The partner that `mpn_id` names; without one the caller itself.
Result<const Partner*> asked_mpn_partner(const World& world, const Partner& caller,
                                         const std::optional<std::string>& mpn_id);

/// The partners an invitation speaks for: the provider is null unless a reseller invites.
struct Invitation {
  const Partner* inviting;
  const Partner* provider = nullptr;
};

/// Who invites when `caller` asks for an invitation and may name the other partner of an indirect
/// relationship by tenant id. Source: docs/reference/customers.md#relationship-requests.
Result<Invitation> asked_invitation(const World& world, const Partner& caller,
                                    std::string_view provider_id, std::string_view reseller_id);

}  // namespace pcsim
