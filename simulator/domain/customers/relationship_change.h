#pragma once

#include <span>
#include <string_view>

#include "domain/world.h"
#include "pcsim/ports.h"
#include "pcsim/result.h"

namespace pcsim {

/// A customer's acceptance of an invitation: of a partner, and of the reseller it buys through.
struct Acceptance {
  const Customer& customer;
  const Partner& partner;
  const Partner* reseller = nullptr;  ///< null for none
  bool delegated_access = false;      ///< whether the invitation asked for administration too
};

/// One rule: what is wrong when it is broken.
struct AcceptanceRule {
  std::string_view name, refusal;
  bool (*broken)(const Acceptance&);
};

/// The rules of an acceptance in their order.
/// Source: docs/reference/customers.md#relationship-requests.
std::span<const AcceptanceRule> acceptance_rules();

/// Carries an acceptance out, or says what is wrong with it.
std::string_view accept_relationship(World& world, const Acceptance& acceptance, Trace* trace);

/// What ends: the reseller relationship, or only the administration of the tenant.
enum class RelationshipEnd { Relationship, DelegatedAccess };

/// What the rules know of an end.
struct EndFacts {
  const World& world;
  const Customer& customer;
  const Partner& partner;
  RelationshipEnd end;
  const Env& env;
};

/// One rule of an end.
struct EndRule {
  std::string_view name;
  ErrorCode error;
  bool (*broken)(const EndFacts&);
};

/// The rules of an end in their order.
/// Source: docs/reference/customers.md#ending-a-relationship.
std::span<const EndRule> end_rules();

/// Judges an end by its rules.
Result<Done> check_end(const EndFacts& facts);

/// Ends it: a provider takes its reseller with it, a reseller leaves the customer to its provider;
/// who sells no more has no purchase permission to give.
void end_relationship(World& world, const std::string& customer_id, const Partner& partner,
                      RelationshipEnd end);

}  // namespace pcsim
